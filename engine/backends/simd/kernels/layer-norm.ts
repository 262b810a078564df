// Layer normalisation of the simd backend and its gradient.
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.ts';
import { countFastPath } from '../register.ts';

export interface LayerNormInputs {
  /** [..., columns] */
  readonly x: TensorInfo;
  /** Of x's shape; added to it first. */
  readonly addend?: TensorInfo | undefined;
  /** [columns] */
  readonly gain?: TensorInfo | undefined;
  /** [columns] */
  readonly bias?: TensorInfo | undefined;
}

export interface LayerNormKept {
  /** What was normalised: x, or its sum with the addend. */
  readonly sum: TensorInfo;
  /** Both [rows]. */
  readonly means: TensorInfo;
  /** 1 / deviation */
  readonly scales: TensorInfo;
}

function sizesOf(x: TensorInfo): { rows: number; columns: number } {
  const columns = x.shape.at(-1)!;
  return { rows: util.sizeFromShape(x.shape) / columns, columns };
}

export function layerNormForward(
  backend: SimdBackend,
  { x, addend, gain, bias }: LayerNormInputs,
  epsilon: number,
): LayerNormKept & { readonly outputs: TensorInfo } {
  const { rows, columns } = sizesOf(x);
  const result = {
    outputs: backend.allocate(x.shape),
    means: backend.allocate([rows]),
    scales: backend.allocate([rows]),
    sum: addend ? backend.allocate(x.shape) : backend.share(x),
  };
  backend.kernels.exports.layerNorm(
    rows,
    columns,
    backend.pointerOf(x),
    backend.pointerOrZero(addend),
    backend.pointerOf(result.sum),
    backend.pointerOrZero(gain),
    backend.pointerOrZero(bias),
    epsilon,
    backend.pointerOf(result.outputs),
    backend.pointerOf(result.means),
    backend.pointerOf(result.scales),
  );
  countFastPath('layerNormForward');
  return result;
}

export interface LayerNormGradients {
  readonly sum: TensorInfo;
  readonly gain: TensorInfo | undefined;
  readonly bias: TensorInfo | undefined;
}

/** As in assembly/normalization.ts. */
const LEAST_PIECE_ROWS = 64;
const MOST_PIECES = 1024;

/** The gradient is written over the sum where nothing else holds it. */
export function layerNormBackward(
  backend: SimdBackend,
  { gain, bias }: Pick<LayerNormInputs, 'gain' | 'bias'>,
  { sum, means, scales }: LayerNormKept,
  dy: TensorInfo,
): LayerNormGradients {
  const { rows, columns } = sizesOf(sum);
  const gradients = {
    sum: backend.takeOver(sum),
    gain: gain && backend.allocate([columns]),
    bias: bias && backend.allocate([columns]),
  };
  const pieces = Math.ceil(
    rows / Math.max(LEAST_PIECE_ROWS, Math.floor((rows + MOST_PIECES - 1) / MOST_PIECES)),
  );
  backend.withScratch(4 * pieces * 2 * columns, (partials) =>
    backend.kernels.exports.layerNormGradient(
      rows,
      columns,
      backend.pointerOf(sum),
      backend.pointerOrZero(gain),
      backend.pointerOf(means),
      backend.pointerOf(scales),
      backend.pointerOf(dy),
      backend.pointerOf(gradients.sum),
      backend.pointerOrZero(gradients.gain),
      backend.pointerOrZero(gradients.bias),
      partials,
    ),
  );
  countFastPath('layerNormBackward');
  return gradients;
}
