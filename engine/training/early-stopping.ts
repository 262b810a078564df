// Decides from validation losses alone when to stop and which epoch was the best.
import type { Training } from '../contract/experiment.ts';

export interface Progress {
  /** Lowest validation loss so far. */
  readonly bestLoss: number;
  /** The loss that the next one must beat by more than minDelta to count as progress. */
  readonly referenceLoss: number;
  /** Epochs since the last progress. */
  readonly idleEpochs: number;
}

export const NO_PROGRESS: Progress = { bestLoss: Infinity, referenceLoss: Infinity, idleEpochs: 0 };

/** Progress after an epoch, and whether its weights are the best so far: any improvement makes them so, only a clear one renews the patience. */
export function afterEpoch(
  progress: Progress,
  validationLoss: number,
  earlyStopping: Training['earlyStopping'],
): { readonly progress: Progress; readonly best: boolean } {
  const best = validationLoss < progress.bestLoss;
  const clear = validationLoss < progress.referenceLoss - (earlyStopping?.minDelta ?? 0);
  return {
    best,
    progress: {
      bestLoss: best ? validationLoss : progress.bestLoss,
      referenceLoss: clear ? validationLoss : progress.referenceLoss,
      idleEpochs: clear ? 0 : progress.idleEpochs + 1,
    },
  };
}

export function isOutOfPatience(progress: Progress, earlyStopping: Training['earlyStopping']): boolean {
  return earlyStopping !== null && progress.idleEpochs >= earlyStopping.patience;
}
