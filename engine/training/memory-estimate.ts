// Estimates the memory of a training, so that a model that is too large is refused with the numbers instead of being killed.
// Compared with the peak that the simd backend's allocator counts during training, the estimate of the tensors is between 6 % too
// low and 22 % too high over all kinds of models in tests/training/memory-estimate.test.ts. Other backends need more for
// attention.
import type { AvailableMemory } from '../backends/available-memory.ts';
import type { Training } from '../contract/experiment/training.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { type ParameterSpec, sizeOf } from '../models/parameters.ts';

const BYTES_PER_FLOAT = 4;
/** The allocator rounds sizes up: by a quarter at most, by this on average. */
const ROUNDING = 1.05;
/** What the largest parameter takes besides for a while: packed for a product, a gradient's sums, and a gradient on its way. */
const SHARE_OF_LARGEST = 2.2;
/** Arrays that an optimizer keeps for every parameter. */
const SLOTS = { adam: 2, adamw: 2, rmsprop: 1, sgd: 1 } as const;

/** What is known of a model before it has weights. */
export interface TaskModel {
  readonly specs: readonly ParameterSpec[];
  readonly parameterCount: number;
  /** Floats that a training step on that many examples keeps for the backward pass. */
  activationFloats(batch: number): number;
}

export interface TrainingSize {
  readonly parameterCount: number;
  readonly largestParameter: number;
  /** Floats that one step keeps for the backward pass. */
  readonly activationFloats: number;
  readonly optimizerSlots: number;
}

export function sizeOfTraining(
  model: TaskModel,
  { batchSize, optimizer }: Pick<Training, 'batchSize' | 'optimizer'>,
): TrainingSize {
  return {
    parameterCount: model.parameterCount,
    largestParameter: Math.max(0, ...model.specs.map(({ shape }) => sizeOf(shape))),
    activationFloats: model.activationFloats(batchSize),
    optimizerSlots: SLOTS[optimizer.kind],
  };
}

/** Bytes that a training needs at its peak, beside the data. */
export function estimateTrainingBytes(size: TrainingSize): AvailableMemory {
  const { parameterCount, largestParameter, activationFloats, optimizerSlots: slots } = size;
  // Variable, gradient and the optimizer's arrays.
  const tensors = (2 + slots) * parameterCount + SHARE_OF_LARGEST * largestParameter + activationFloats;
  // A probe takes less at its peak: half a batch, and copies of weights and gradients while no checkpoint is on its way.
  // A checkpoint on its way out: read from the tensors, as one block of bytes, and copied into a message; and the best weights.
  const outside = (1 + slots + 2 * (2 + slots) + 1) * parameterCount;
  const tensorBytes = Math.ceil(BYTES_PER_FLOAT * ROUNDING * tensors);
  return { tensorBytes, totalBytes: tensorBytes + BYTES_PER_FLOAT * outside };
}

/**
 * @param taskFields fields of the task that make a training smaller
 * @throws HindcastError `invalid-input` where the estimate is above what is available.
 */
export function checkMemory(
  size: TrainingSize,
  available: AvailableMemory,
  taskFields: readonly string[],
): void {
  const needed = estimateTrainingBytes(size);
  if (needed.totalBytes > available.totalBytes) {
    throw tooLarge(size, [needed.totalBytes, available.totalBytes], 'this machine has', taskFields);
  }
  if (needed.tensorBytes > available.tensorBytes) {
    throw tooLarge(size, [needed.tensorBytes, available.tensorBytes], 'the backend can hold', taskFields);
  }
}

const SIZE_FIELDS = ['model.units', 'model.layers', 'training.batchSize'];

function tooLarge(
  size: TrainingSize,
  [needed, available]: readonly [number, number],
  holder: string,
  taskFields: readonly string[],
): HindcastError {
  const fields = [...SIZE_FIELDS, ...taskFields];
  const lower = `${fields.slice(0, -1).join(', ')} or ${fields.at(-1)}`;
  const parameters = `${size.parameterCount.toLocaleString('en-US')} parameters`;
  const batch = `${gigabytes(BYTES_PER_FLOAT * size.activationFloats)} for one batch`;
  return new HindcastError(
    'invalid-input',
    `Training this model needs about ${gigabytes(needed)} of memory (${parameters}, ${batch}), but ${holder} ${gigabytes(available)}; lower ${lower}.`,
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
