// Sums and means over neighbouring axes (for example the steps of a sequence), and the index of a row's largest value. A mean is
// a compiled sum of columns in a fixed order and one division; means over the last axis and over other combinations of axes are
// left to the CPU backend.
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { ARITHMETIC_CODES } from '../../../kernels/codes.ts';
import type { SimdBackend } from '../backend.ts';
import { countFastPath, overrideKernel } from '../register.ts';

interface Block {
  readonly outer: number;
  /** Values that become one. */
  readonly reduced: number;
  /** Neighbours that stay apart. */
  readonly inner: number;
  readonly shape: number[];
}

function blockOf(x: TensorInfo, axis: number | number[], keepDims: boolean): Block | null {
  const axes = util.parseAxisParam(axis, x.shape).toSorted((a, b) => a - b);
  const [first = 0] = axes;
  const last = axes.at(-1) ?? 0;
  if (x.dtype !== 'float32' || axes.length === 0 || last - first !== axes.length - 1) return null;
  const size = (from: number, to: number) => util.sizeFromShape(x.shape.slice(from, to));
  const [outer, reduced, inner] = [size(0, first), size(first, last + 1), size(last + 1, x.shape.length)];
  const kept = x.shape.map((extent, index) => (axes.includes(index) ? 1 : extent));
  const shape = keepDims ? kept : x.shape.filter((_, index) => !axes.includes(index));
  return outer * reduced * inner > 0 ? { outer, reduced, inner, shape } : null;
}

function meanOf(backend: SimdBackend, x: TensorInfo, { outer, reduced, inner, shape }: Block): TensorInfo {
  const result = backend.allocate(shape);
  const [from, to] = [backend.pointerOf(x), backend.pointerOf(result)];
  const { columnSums, arithmetic } = backend.kernels.exports;
  for (let block = 0; block < outer; block++) {
    columnSums(reduced, inner, from + 4 * block * reduced * inner, to + 4 * block * inner);
  }
  backend.withScratch(4, (divisor) => {
    new Float32Array(backend.kernels.memory.buffer, divisor, 1)[0] = reduced;
    arithmetic(ARITHMETIC_CODES.RealDiv[0], outer * inner, to, divisor, 1, to);
  });
  return result;
}

/** The stock kernel's bits: it sums in float64 too. */
function sumOf(backend: SimdBackend, x: TensorInfo, { outer, reduced, inner, shape }: Block): TensorInfo {
  const result = backend.allocate(shape);
  backend.kernels.exports.axisSums(outer, reduced, inner, backend.pointerOf(x), backend.pointerOf(result));
  return result;
}

/** Int32 positions on the last axis. */
function largestOf(backend: SimdBackend, x: TensorInfo): TensorInfo {
  const columns = x.shape.at(-1)!;
  const shape = x.shape.slice(0, -1);
  const result = backend.allocate(shape, 'int32');
  const [from, to] = [backend.pointerOf(x), backend.pointerOf(result)];
  backend.kernels.exports.argMax(util.sizeFromShape(shape), columns, from, to);
  return result;
}

export function registerReductions(): void {
  overrideKernel('Mean', ({ inputs, attrs, backend, fallback }) => {
    const x = inputs.x!;
    const block = blockOf(x, attrs.axis as number | number[], attrs.keepDims === true);
    if (!block || block.inner === 1) return fallback();
    countFastPath('Mean');
    return meanOf(backend, x, block);
  });
  overrideKernel('Sum', ({ inputs, attrs, backend, fallback }) => {
    const x = inputs.x!;
    const block = blockOf(x, attrs.axis as number | number[], attrs.keepDims === true);
    if (!block) return fallback();
    countFastPath('Sum');
    return sumOf(backend, x, block);
  });
  overrideKernel('ArgMax', ({ inputs, attrs, backend, fallback }) => {
    const x = inputs.x!;
    const [axis] = util.parseAxisParam(attrs.axis as number, x.shape);
    const isLast = axis === x.shape.length - 1;
    if (x.dtype !== 'float32' || !isLast || util.sizeFromShape(x.shape) === 0) return fallback();
    countFastPath('ArgMax');
    return largestOf(backend, x);
  });
}
