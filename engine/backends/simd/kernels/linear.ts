// The linear layer y = f(x W + b) of the simd backend and the parts of its gradient.
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { ACTIVATION_CODES, type KernelActivation } from '../../../kernels/codes.ts';
import type { SimdBackend } from '../backend.ts';
import { countFastPath } from '../register.ts';
import { type MatmulOptions, matmul } from './matmul.ts';

/** [..., columns] as [rows, columns], of the same data. */
function asMatrix({ dataId, dtype, shape }: TensorInfo): TensorInfo {
  return { dataId, dtype, shape: [util.sizeFromShape(shape.slice(0, -1)), shape.at(-1)!] };
}

/** The layer's value from x [..., inputs] with its bias and activation, [..., outputs]. */
function product(
  backend: SimdBackend,
  x: TensorInfo,
  kernel: TensorInfo,
  options: MatmulOptions,
): TensorInfo {
  const { dataId, dtype, shape } = matmul(backend, asMatrix(x), kernel, options);
  return { dataId, dtype, shape: [...x.shape.slice(0, -1), shape[1]!] };
}

/** x [..., inputs], kernel [inputs, outputs], bias [outputs] -> [..., outputs] */
export function linearForward(
  backend: SimdBackend,
  x: TensorInfo,
  kernel: TensorInfo,
  bias: TensorInfo | undefined,
  activation: KernelActivation,
): TensorInfo {
  countFastPath('linear');
  return product(backend, x, kernel, { bias, activation });
}

/** As linearForward with GELU, and its derivative, of the same shape, if a gradient will need it. */
export function linearGeluForward(
  backend: SimdBackend,
  x: TensorInfo,
  kernel: TensorInfo,
  bias: TensorInfo | undefined,
  withSlope: boolean,
): TensorInfo[] {
  const slope = withSlope ? backend.allocate([...x.shape.slice(0, -1), kernel.shape[1]!]) : undefined;
  countFastPath('linear');
  const y = product(backend, x, kernel, { bias, activation: 'gelu', slope });
  return slope ? [y, slope] : [y];
}

/** dy f'(x W + b), where y is the layer's value, for GELU its derivative; written over y where nothing else holds it. */
export function activationGradient(
  backend: SimdBackend,
  activation: KernelActivation,
  y: TensorInfo,
  dy: TensorInfo,
): TensorInfo {
  const pointer = backend.pointerOf(y);
  const result = backend.takeOver(y);
  backend.kernels.exports.activationGradient(
    ACTIVATION_CODES[activation],
    util.sizeFromShape(y.shape),
    pointer,
    backend.pointerOf(dy),
    backend.pointerOf(result),
  );
  return result;
}

/** dz [..., outputs], kernel [inputs, outputs] -> dz kernel^T [..., inputs] */
export function linearInputGradient(backend: SimdBackend, dz: TensorInfo, kernel: TensorInfo): TensorInfo {
  return product(backend, dz, kernel, { transposeB: true });
}

export interface WeightGradients {
  /** [inputs, outputs] */
  readonly kernel: TensorInfo;
  /** [outputs], where it was asked for. */
  readonly bias: TensorInfo | undefined;
}

/** x [..., inputs] and dz [..., outputs], as rows -> x^T dz and the sum of dz's rows; zeros where there are no rows. */
export function weightGradients(
  backend: SimdBackend,
  x: TensorInfo,
  dz: TensorInfo,
  withBias: boolean,
): WeightGradients {
  const [rows, inputs] = asMatrix(x).shape as [number, number];
  const outputs = dz.shape.at(-1)!;
  const kernel = backend.allocate([inputs, outputs]);
  const bias = withBias ? backend.allocate([outputs]) : undefined;
  const shards = backend.kernels.exports.gradientShards(rows, inputs, outputs);
  // A single shard is summed where the gradients lie.
  const partialFloats = shards > 1 ? shards * (inputs + 1) * outputs : 0;
  backend.withScratch(4 * partialFloats, (partials) =>
    backend.kernels.exports.gradientProduct(
      rows,
      inputs,
      outputs,
      backend.pointerOf(x),
      backend.pointerOf(dz),
      backend.pointerOf(kernel),
      backend.pointerOrZero(bias),
      partials,
    ),
  );
  countFastPath('weightGradients');
  return { kernel, bias };
}

/** Sum of the rows of [rows, columns]. */
export function columnSums(backend: SimdBackend, matrix: TensorInfo): TensorInfo {
  const [rows, columns] = matrix.shape as [number, number];
  const result = backend.allocate([columns]);
  backend.kernels.exports.columnSums(rows, columns, backend.pointerOf(matrix), backend.pointerOf(result));
  return result;
}
