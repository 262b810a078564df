// BatchMatMul and _FusedMatMul: every transpose and broadcast batch by strides, bias and activation in one pass.
import { broadcast_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { ACTIVATION_CODES, type KernelActivation } from '../../../kernels/codes.ts';
import type { SimdBackend } from '../backend.ts';
import { countFastPath, overrideKernel, type SimdKernelArguments } from '../register.ts';
import { unary } from './unary.ts';

export interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** [n], added to every row. */
  readonly bias?: TensorInfo | undefined;
  readonly activation?: KernelActivation | undefined;
  /** Of the result's shape: takes the derivative of GELU. */
  readonly slope?: TensorInfo | undefined;
}

interface Operand {
  readonly batches: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

function operand(tensor: TensorInfo, transposed: boolean): Operand {
  const rank = tensor.shape.length;
  const [first, second] = [tensor.shape[rank - 2]!, tensor.shape[rank - 1]!];
  const batches = tensor.shape.slice(0, -2);
  return transposed
    ? { batches, rows: second, columns: first, rowStride: 1, columnStride: second }
    : { batches, rows: first, columns: second, rowStride: second, columnStride: 1 };
}

/** a [..., m, k] b [..., k, n] -> [..., m, n] in float32; batches must be equal, or one of them absent or of size 1. */
export function matmul(
  backend: SimdBackend,
  a: TensorInfo,
  b: TensorInfo,
  options: MatmulOptions,
): TensorInfo {
  const left = operand(a, options.transposeA ?? false);
  const right = operand(b, options.transposeB ?? false);
  util.assert(
    left.columns === right.rows,
    () => `matMul: inner sizes ${left.columns} and ${right.rows} of [${a.shape}] and [${b.shape}] differ.`,
  );
  const batchShape = broadcast_util.assertAndGetBroadcastShape([...left.batches], [...right.batches]);
  const batch = util.sizeFromShape(batchShape);
  const [m, n, k] = [left.rows, right.columns, left.columns];
  const output = backend.allocate([...batchShape, m, n]);
  const single = (tensor: Operand) => util.sizeFromShape([...tensor.batches]) === 1;
  const packedBytes = (single(right) ? 1 : batch) * ((n + 7) & ~7) * k * 4;
  const call = (packed: number) =>
    backend.kernels.exports.matmul(
      batch,
      m,
      n,
      k,
      backend.pointerOf(a),
      single(left) ? 0 : m * k,
      left.rowStride,
      left.columnStride,
      backend.pointerOf(b),
      single(right) ? 0 : k * n,
      right.rowStride,
      right.columnStride,
      backend.pointerOf(output),
      m * n,
      n,
      packed,
      backend.pointerOrZero(options.bias),
      ACTIVATION_CODES[options.activation ?? 'linear'],
      backend.pointerOrZero(options.slope),
    );
  backend.withScratch(packedBytes, call);
  countFastPath('matmul');
  return output;
}

/** True where the compiled product applies: float32, and batches equal or of size 1. */
function isCovered(a: TensorInfo, b: TensorInfo): boolean {
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return false;
  const sizeA = util.sizeFromShape(a.shape.slice(0, -2));
  const sizeB = util.sizeFromShape(b.shape.slice(0, -2));
  return sizeA === sizeB || sizeA === 1 || sizeB === 1;
}

function batchMatMul({ inputs, attrs, backend, fallback }: SimdKernelArguments) {
  const [a, b] = [inputs.a!, inputs.b!];
  return isCovered(a, b) ? matmul(backend, a, b, attrs as MatmulOptions) : fallback();
}

function fusedMatMul({ inputs, attrs, backend, fallback }: SimdKernelArguments) {
  const [a, b, bias] = [inputs.a!, inputs.b!, inputs.bias];
  const activation = (attrs.activation ?? 'linear') as string;
  const n = attrs.transposeB ? b.shape[b.shape.length - 2]! : b.shape[b.shape.length - 1]!;
  const plainBias = !bias || (bias.dtype === 'float32' && util.sizeFromShape(bias.shape) === n);
  if (!isCovered(a, b) || !plainBias || !(activation in ACTIVATION_CODES)) {
    return activation === 'elu' && isCovered(a, b) && plainBias
      ? eluMatmul(backend, a, b, attrs, bias)
      : fallback();
  }
  return matmul(backend, a, b, {
    ...(attrs as MatmulOptions),
    bias,
    activation: activation as KernelActivation,
  });
}

/** The CPU backend's fused product would call its own elu. */
function eluMatmul(
  backend: SimdBackend,
  a: TensorInfo,
  b: TensorInfo,
  attrs: SimdKernelArguments['attrs'],
  bias: TensorInfo | undefined,
): TensorInfo {
  const linear = matmul(backend, a, b, { ...(attrs as MatmulOptions), bias, activation: 'linear' });
  const output = unary(backend, 'Elu', linear);
  backend.disposeData(linear.dataId);
  return output;
}

export function registerMatmul(): void {
  overrideKernel('BatchMatMul', batchMatMul);
  overrideKernel('_FusedMatMul', fusedMatMul);
}
