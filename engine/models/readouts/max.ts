// The largest value of every unit over all steps.
import { maxSteps } from '../../ops/pooling/max-steps.ts';
import type { Readout } from './readout.ts';

export function createMaxReadout(units: number): Readout {
  return { specs: [], units, read: ({ steps, mask }) => maxSteps(steps, mask) };
}
