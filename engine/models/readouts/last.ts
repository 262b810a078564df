// The last state of a body, or the vector of the last step.
import type { Readout } from './readout.ts';

export function createLastReadout(units: number): Readout {
  return { specs: [], units, read: ({ last }) => last };
}
