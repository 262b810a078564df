// Losses of the simd backend: the mean over known cells in one pass, and its gradient.
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { LOSS_CODES } from '../../../kernels/codes.ts';
import type { SimdBackend } from '../backend.ts';
import { countFastPath } from '../register.ts';

export type CellLoss = keyof typeof LOSS_CODES;

export interface CellLossInputs {
  /** [..., columns] */
  readonly forecast: TensorInfo;
  /** One cell for `columns` neighbours of the forecast. */
  readonly target: TensorInfo;
  /** As the target, 0 where it is unknown. */
  readonly mask?: TensorInfo | undefined;
}

export interface CellLossOptions {
  readonly kind: CellLoss;
  /** Of the pinball loss, one for every column; else empty. */
  readonly levels: readonly number[];
  /** Of Huber's loss. */
  readonly delta: number;
}

export interface LossOutputs {
  /** Mean over the known cells, 0 if there are none; a scalar. */
  readonly mean: TensorInfo;
  /** 1 / number of known cells, or 0; a scalar. */
  readonly share: TensorInfo;
}

/** Cells, or rows of logits, of one partial sum; as in assembly/loss.ts and assembly/cross-entropy.ts. */
const CELLS_OF_PIECE = 4096;
const ROWS_OF_PIECE = 64;

/** Runs `use` with room for the pieces' sums and for the result's two floats, and makes tensors of these. */
function withMean(
  backend: SimdBackend,
  pieces: number,
  use: (partials: number, result: number) => void,
): LossOutputs {
  return backend.withScratch(16 * pieces + 8, (partials) => {
    const result = partials + 16 * pieces;
    use(partials, result);
    const values = new Float32Array(backend.kernels.memory.buffer, result, 2);
    const scalar = (value: number) => {
      const tensor = backend.allocate([]);
      (backend.valuesOf(tensor) as Float32Array)[0] = value;
      return tensor;
    };
    return { mean: scalar(values[0]!), share: scalar(values[1]!) };
  });
}

function withLevels<T>(backend: SimdBackend, levels: readonly number[], use: (address: number) => T): T {
  if (levels.length === 0) return use(0);
  return backend.withScratch(4 * levels.length, (address) => {
    new Float32Array(backend.kernels.memory.buffer, address, levels.length).set(levels);
    return use(address);
  });
}

function numberOf(backend: SimdBackend, scalar: TensorInfo): number {
  return (backend.valuesOf(scalar) as Float32Array)[0]!;
}

export function cellLossForward(
  backend: SimdBackend,
  { forecast, target, mask }: CellLossInputs,
  { kind, levels, delta }: CellLossOptions,
): LossOutputs {
  const count = util.sizeFromShape(forecast.shape);
  countFastPath('cellLossForward');
  return withLevels(backend, levels, (addressOfLevels) =>
    withMean(backend, Math.ceil(count / CELLS_OF_PIECE), (partials, result) =>
      backend.kernels.exports.loss(
        LOSS_CODES[kind],
        count,
        Math.max(1, levels.length),
        backend.pointerOf(forecast),
        backend.pointerOf(target),
        backend.pointerOrZero(mask),
        addressOfLevels,
        delta,
        partials,
        result,
      ),
    ),
  );
}

/** Gradient of the forecast; `dy` is the gradient of the mean. */
export function cellLossBackward(
  backend: SimdBackend,
  { forecast, target, mask }: CellLossInputs,
  { kind, levels, delta }: CellLossOptions,
  share: TensorInfo,
  dy: TensorInfo,
): TensorInfo {
  const gradient = backend.allocate(forecast.shape);
  withLevels(backend, levels, (addressOfLevels) =>
    backend.kernels.exports.lossGradient(
      LOSS_CODES[kind],
      util.sizeFromShape(forecast.shape),
      Math.max(1, levels.length),
      backend.pointerOf(forecast),
      backend.pointerOf(target),
      backend.pointerOrZero(mask),
      addressOfLevels,
      delta,
      numberOf(backend, dy) * numberOf(backend, share),
      backend.pointerOf(gradient),
    ),
  );
  countFastPath('cellLossBackward');
  return gradient;
}

export interface CrossEntropyInputs {
  /** [..., classes] */
  readonly logits: TensorInfo;
  /** [...] int32 */
  readonly labels: TensorInfo;
  readonly mask?: TensorInfo | undefined;
}

export interface CrossEntropyOutputs extends LossOutputs {
  /** log(sum e^x) of every row. */
  readonly logs: TensorInfo;
}

function rowsOf({ logits }: CrossEntropyInputs): [rows: number, classes: number] {
  const classes = logits.shape.at(-1)!;
  return [util.sizeFromShape(logits.shape) / classes, classes];
}

export function crossEntropyForward(backend: SimdBackend, inputs: CrossEntropyInputs): CrossEntropyOutputs {
  const [rows, classes] = rowsOf(inputs);
  const logs = backend.allocate([rows]);
  const outputs = withMean(backend, Math.ceil(rows / ROWS_OF_PIECE), (partials, result) =>
    backend.kernels.exports.crossEntropy(
      rows,
      classes,
      backend.pointerOf(inputs.logits),
      backend.pointerOf(inputs.labels),
      backend.pointerOrZero(inputs.mask),
      backend.pointerOf(logs),
      partials,
      result,
    ),
  );
  countFastPath('crossEntropyForward');
  return { ...outputs, logs };
}

/** Gradient of the logits. */
export function crossEntropyBackward(
  backend: SimdBackend,
  inputs: CrossEntropyInputs,
  { share, logs }: Pick<CrossEntropyOutputs, 'share' | 'logs'>,
  dy: TensorInfo,
): TensorInfo {
  const [rows, classes] = rowsOf(inputs);
  const gradient = backend.allocate(inputs.logits.shape);
  backend.kernels.exports.crossEntropyGradient(
    rows,
    classes,
    backend.pointerOf(inputs.logits),
    backend.pointerOf(inputs.labels),
    backend.pointerOrZero(inputs.mask),
    backend.pointerOf(logs),
    numberOf(backend, dy) * numberOf(backend, share),
    backend.pointerOf(gradient),
  );
  countFastPath('crossEntropyBackward');
  return gradient;
}
