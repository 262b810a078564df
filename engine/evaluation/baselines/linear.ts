// NLinear in closed form (Zeng and others 2023): the last value of a window is subtracted, one linear map from look-back to
// horizon (shared by all series and targets) is applied, and the last value is added again.
import type { Baseline } from './baseline.ts';
import { createRidgeBaseline } from './linear/ridge-baseline.ts';

export interface LinearOptions {
  /** Added to the sums as it is; default: the best of a few on validation. */
  readonly ridge?: number;
}

export function createLinear({ ridge }: LinearOptions = {}): Baseline {
  const info = {
    subject: 'linear',
    meaning:
      'NLinear: one linear map from look-back to horizon for all series and targets, relative to the last value, by ridge regression.',
    asModel: 'model.kind linear',
  };
  return createRidgeBaseline(info, { isRelative: true, weighting: () => null }, ridge);
}

export const linear = createLinear();
