// Will it fit? A model far too large is refused with the numbers before a step is tried, instead of a process killed for memory.
import { HindcastError } from '../contract/errors.ts';

const BYTES_PER_FLOAT = 4;
/** Copies of the parameters among the backend's tensors: variable, gradient, and one that an op makes on the way. */
const TENSOR_COPIES = 3;
/** Outside: values, gradients, two optimizer arrays, best weights, and a checkpoint of four. */
const HOST_COPIES = 9;

export interface TrainingSize {
  readonly parameterCount: number;
  /** Floats that one step keeps for the backward pass. */
  readonly activationFloats: number;
}

export interface AvailableMemory {
  /** Of this process. */
  readonly totalBytes: number;
  /** That the backend's tensors can have of it. */
  readonly tensorBytes: number;
}

/** Bytes that a training needs at its peak, beside the data; a low estimate. */
export function estimateTrainingBytes({ parameterCount, activationFloats }: TrainingSize): AvailableMemory {
  const tensorBytes = BYTES_PER_FLOAT * (TENSOR_COPIES * parameterCount + activationFloats);
  return { tensorBytes, totalBytes: tensorBytes + BYTES_PER_FLOAT * HOST_COPIES * parameterCount };
}

/** @throws HindcastError `invalid-input` where the estimate is above what is available. */
export function checkMemory(size: TrainingSize, available: AvailableMemory): void {
  const needed = estimateTrainingBytes(size);
  if (needed.totalBytes > available.totalBytes) {
    throw tooLarge(size, needed.totalBytes, available.totalBytes, 'this machine has');
  }
  if (needed.tensorBytes > available.tensorBytes) {
    throw tooLarge(size, needed.tensorBytes, available.tensorBytes, 'the backend can hold');
  }
}

function tooLarge(size: TrainingSize, needed: number, available: number, who: string): HindcastError {
  const parameters = `${size.parameterCount.toLocaleString('en-US')} parameters`;
  const batch = `${gigabytes(BYTES_PER_FLOAT * size.activationFloats)} for one batch`;
  return new HindcastError(
    'invalid-input',
    `Training this model needs about ${gigabytes(needed)} of memory (${parameters}, ${batch}), but ${who} ${gigabytes(available)}; lower model.units, model.layers, training.batchSize or task.lookback.`,
    {
      details: {
        field: 'model',
        neededBytes: needed,
        availableBytes: available,
        parameterCount: size.parameterCount,
      },
    },
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GB`;
}
