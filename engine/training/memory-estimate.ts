// Will it fit? A model far too large is refused with the numbers before a step is tried, instead of a process killed for memory.
import { HindcastError } from '../contract/errors.ts';

const BYTES_PER_FLOAT = 4;
/** Copies of the parameters: values, variable, gradient (tensor and host), two optimizer arrays, best weights, a checkpoint of four. */
const PARAMETER_COPIES = 11;

export interface TrainingSize {
  readonly parameterCount: number;
  /** Floats that one step keeps for the backward pass. */
  readonly activationFloats: number;
}

/** Bytes that a training needs at its peak; a lower estimate. */
export function estimateTrainingBytes({ parameterCount, activationFloats }: TrainingSize): number {
  return BYTES_PER_FLOAT * (PARAMETER_COPIES * parameterCount + activationFloats);
}

/** @throws HindcastError `invalid-input` where the estimate is above `availableBytes`. */
export function checkMemory(size: TrainingSize, availableBytes: number): void {
  const needed = estimateTrainingBytes(size);
  if (needed <= availableBytes) return;
  const count = size.parameterCount.toLocaleString('en-US');
  throw new HindcastError(
    'invalid-input',
    `Training this model needs about ${gigabytes(needed)} (${count} parameters, ${gigabytes(BYTES_PER_FLOAT * size.activationFloats)} for one batch), more than the ${gigabytes(availableBytes)} that can be used here; lower model.units, model.layers, training.batchSize or task.lookback.`,
    { details: { neededBytes: needed, availableBytes, parameterCount: size.parameterCount } },
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GB`;
}
