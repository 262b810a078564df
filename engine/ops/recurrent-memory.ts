// How much memory a training step of a recurrent core needs, so that a model too large is refused before it starts.
import { HindcastError } from '../contract/errors.ts';
import { KERNEL_MEMORY_BYTES } from '../kernels/kernels.ts';

export interface RecurrentSize {
  readonly cell: 'lstm' | 'gru' | 'rnn';
  readonly batch: number;
  readonly time: number;
  readonly features: number;
  readonly units: number;
  /** Default 1. */
  readonly layers?: number | undefined;
  /** Default 1; 2 for both directions. */
  readonly directions?: 1 | 2 | undefined;
}

/** Floats kept of one step of one row for the backward pass: gates, cells, outputs; and their gradients while it runs. */
const KEPT = { lstm: 6, gru: 5, rnn: 1 } as const;
const GATES = { lstm: 4, gru: 3, rnn: 1 } as const;
/** Width of a step's gradients: of the gates' arguments (and the GRU's recurrent part). */
const GRADIENTS = { lstm: 4, gru: 4, rnn: 1 } as const;
/** Parameters, their gradients and two moments. */
const COPIES_OF_PARAMETERS = 4;
/** The allocator rounds sizes up by at most a quarter. */
const ROUNDING = 1.25;

/** Bytes of one training step with Adam, an upper estimate. */
export function estimateRecurrentBytes(size: RecurrentSize): number {
  const { cell, batch, time, units, layers = 1, directions = 1 } = size;
  const steps = batch * time;
  let floats = steps * size.features;
  let most = 0;
  for (let layer = 0; layer < layers; layer++) {
    const features = layer === 0 ? size.features : units * directions;
    const parameters = GATES[cell] * units * (features + units + 2);
    floats += directions * (steps * KEPT[cell] * units + COPIES_OF_PARAMETERS * parameters);
    // During the backward pass of a layer: gradients of the gates and of the input, packed steps, packed weights.
    most = Math.max(most, steps * (GRADIENTS[cell] * units + 2 * (features + units + 8)) + 2 * parameters);
  }
  return 4 * ROUNDING * (floats + most);
}

/** Throws, with the estimate, if a step would not fit the kernels' memory. */
export function assertRecurrentFits(size: RecurrentSize, limitBytes: number = KERNEL_MEMORY_BYTES): void {
  const bytes = estimateRecurrentBytes(size);
  if (bytes <= limitBytes) return;
  const gigabytes = (value: number) => `${(value / 2 ** 30).toFixed(1)} GiB`;
  throw new HindcastError(
    'invalid-input',
    `One training step of this ${size.cell} needs about ${gigabytes(bytes)}, and ${gigabytes(limitBytes)} are there. ` +
      'Make the batch, the look-back, the units or the layers smaller.',
    { details: { estimatedBytes: bytes, limitBytes, ...size } },
  );
}
