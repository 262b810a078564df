// The mean of all steps.
import { meanSteps } from '../../ops/pooling/mean-steps.ts';
import type { Readout } from './readout.ts';

export function createMeanReadout(units: number): Readout {
  return { specs: [], units, read: ({ steps, mask }) => meanSteps(steps, mask) };
}
