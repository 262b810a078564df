// Decides from validation alone when to stop and which epoch was the best: by the loss, or by what a task watches instead.
import type { Training } from '../contract/experiment/training.ts';

export interface Progress {
  /** Lowest validation loss so far, or the lowest value of what is watched instead. */
  readonly bestLoss: number;
  /** The value that the next one must beat by more than minDelta to count as progress. */
  readonly referenceLoss: number;
  /** Epochs since the last progress. */
  readonly idleEpochs: number;
  /** Lowest validation loss so far, where something else is watched. */
  readonly lowestLoss?: number | undefined;
}

/** Of a validation: the loss, and what is watched instead, if anything; lower is better. */
export interface Validated {
  readonly loss: number;
  readonly watched?: number | undefined;
}

export const NO_PROGRESS: Progress = { bestLoss: Infinity, referenceLoss: Infinity, idleEpochs: 0 };

/** Progress after an epoch, and whether its weights are the best so far: any improvement makes them so, only a clear one renews the patience. */
export function afterEpoch(
  progress: Progress,
  { loss, watched = loss }: Validated,
  earlyStopping: Training['earlyStopping'],
): { readonly progress: Progress; readonly best: boolean } {
  const best = watched < progress.bestLoss;
  const clear = watched < progress.referenceLoss - (earlyStopping?.minDelta ?? 0);
  const isOther = watched !== loss || progress.lowestLoss !== undefined;
  return {
    best,
    progress: {
      bestLoss: best ? watched : progress.bestLoss,
      referenceLoss: clear ? watched : progress.referenceLoss,
      idleEpochs: clear ? 0 : progress.idleEpochs + 1,
      ...(isOther && { lowestLoss: Math.min(progress.lowestLoss ?? Number.POSITIVE_INFINITY, loss) }),
    },
  };
}

export function isOutOfPatience(progress: Progress, earlyStopping: Training['earlyStopping']): boolean {
  return earlyStopping !== null && progress.idleEpochs >= earlyStopping.patience;
}
