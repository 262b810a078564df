// Losses by name. A new one is a name and its kind of answer in engine/contract/experiment/losses.ts, a function here, and its words in the
// form.
import type { Loss } from '../../contract/experiment/losses.ts';
import type { LossFunction } from './loss-function.ts';
import { crossEntropy } from './of-classes.ts';
import { gaussian, pinball } from './of-heads.ts';
import { absoluteError, huber, squaredError } from './of-values.ts';

export const LOSSES: Readonly<Record<Loss, LossFunction>> = {
  mse: squaredError,
  mae: absoluteError,
  huber,
  pinball,
  gaussian,
  'cross-entropy': crossEntropy,
};
