// Ops that only move values (slice, split, concat, pad, tile, transpose, gather), as compiled copies; the CPU backend copies
// element by element. Other types and more axes are left to the CPU backend; the values are the same.
import { backend_util, slice_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.ts';
import { countFastPath, overrideKernel } from '../register.ts';
import { type Axis, canMove, isMovable, move, stridesOf } from './layout.ts';

type Kernel = Parameters<typeof overrideKernel>[1];
type Numbers = 'float32' | 'int32';

const emptyLike = (backend: SimdBackend, shape: readonly number[], { dtype }: TensorInfo): TensorInfo =>
  backend.allocate(shape, dtype as Numbers);

/** Every axis of `extents` with the strides of either side. */
function axesOf(extents: readonly number[], from: readonly number[], to: readonly number[]): Axis[] {
  return extents.map((extent, axis) => ({ extent, from: from[axis]!, to: to[axis]! }));
}

const startOf = (begin: readonly number[], strides: readonly number[]): number =>
  begin.reduce((sum, index, axis) => sum + index * strides[axis]!, 0);

function sliceOf(backend: SimdBackend, x: TensorInfo, begin: number[], size: number[]): TensorInfo {
  const target = emptyLike(backend, size, x);
  const strides = stridesOf(x.shape);
  const axes = axesOf(size, strides, stridesOf(size));
  move(backend, { source: x, target, axes, sourceStart: startOf(begin, strides) });
  return target;
}

const slice: Kernel = ({ inputs, attrs, backend, fallback }) => {
  const x = inputs.x!;
  const [begin, size] = slice_util.parseSliceParams(
    x as Parameters<typeof slice_util.parseSliceParams>[0],
    attrs.begin as number[],
    attrs.size as number[],
  ) as [number[], number[]];
  slice_util.assertParamsValid(x as Parameters<typeof slice_util.assertParamsValid>[0], begin, size);
  const axes = axesOf(size, stridesOf(x.shape), stridesOf(size));
  if (!isMovable(x) || util.sizeFromShape(size) === 0 || !canMove(axes)) return fallback();
  return sliceOf(backend, x, begin, size);
};

const split: Kernel = ({ inputs, attrs, backend, fallback }) => {
  const x = inputs.x!;
  const axis = util.parseAxisParam(attrs.axis as number, x.shape)[0]!;
  const sizes = backend_util.prepareSplitSize(
    x as Parameters<typeof backend_util.prepareSplitSize>[0],
    attrs.numOrSizeSplits as number | number[],
    axis,
  );
  if (!isMovable(x) || sizes.includes(0)) return fallback();
  let first = 0;
  return sizes.map((extent) => {
    const begin = x.shape.map((_, other) => (other === axis ? first : 0));
    first += extent;
    return sliceOf(backend, x, begin, x.shape.with(axis, extent));
  });
};

const concat: Kernel = ({ inputs, attrs, backend, fallback }) => {
  const parts = inputs as unknown as TensorInfo[];
  const [first] = parts;
  if (!first || !parts.every((part) => isMovable(part) && part.dtype === first.dtype)) return fallback();
  const axis = util.parseAxisParam(attrs.axis as number, first.shape)[0]!;
  const shapes = parts.map((part) => part.shape);
  backend_util.assertParamsConsistent(shapes, axis);
  const target = emptyLike(backend, backend_util.computeOutShape(shapes, axis), first);
  const strides = stridesOf(target.shape);
  let offset = 0;
  for (const source of parts) {
    const axes = axesOf(source.shape, stridesOf(source.shape), strides);
    move(backend, { source, target, axes, targetStart: offset * strides[axis]! });
    offset += source.shape[axis]!;
  }
  return target;
};

const pad: Kernel = ({ inputs, attrs, backend, fallback }) => {
  const x = inputs.x!;
  const paddings = attrs.paddings as unknown as [before: number, after: number][];
  const shape = paddings.map(([before, after], axis) => before + x.shape[axis]! + after);
  const strides = stridesOf(shape);
  const axes = axesOf(x.shape, stridesOf(x.shape), strides);
  if (!isMovable(x) || !canMove(axes)) return fallback();
  const target = emptyLike(backend, shape, x);
  (backend.valuesOf(target) as Float32Array).fill(attrs.constantValue as number);
  const begin = paddings.map(([before]) => before);
  move(backend, { source: x, target, axes, targetStart: startOf(begin, strides) });
  return target;
};

const tile: Kernel = ({ inputs, attrs, backend, fallback }) => {
  const x = inputs.x!;
  const repeats = attrs.reps as number[];
  const shape = x.shape.map((extent, axis) => extent * repeats[axis]!);
  const [from, to] = [stridesOf(x.shape), stridesOf(shape)];
  const axes = x.shape.flatMap((extent, axis) => [
    { extent: repeats[axis]!, from: 0, to: extent * to[axis]! },
    { extent, from: from[axis]!, to: to[axis]! },
  ]);
  if (!isMovable(x) || util.sizeFromShape(shape) === 0 || !canMove(axes)) return fallback();
  const target = emptyLike(backend, shape, x);
  move(backend, { source: x, target, axes });
  return target;
};

const transpose: Kernel = ({ inputs, attrs, backend, fallback }) => {
  const x = inputs.x!;
  const order = attrs.perm as number[];
  const shape = order.map((axis) => x.shape[axis]!);
  const from = stridesOf(x.shape);
  const axes = axesOf(
    shape,
    order.map((axis) => from[axis]!),
    stridesOf(shape),
  );
  if (!isMovable(x) || !canMove(axes)) return fallback();
  const target = emptyLike(backend, shape, x);
  move(backend, { source: x, target, axes });
  return target;
};

const gather: Kernel = ({ inputs, attrs, backend, fallback }) => {
  const [x, indices] = [inputs.x!, inputs.indices!];
  const axis = util.parseAxisParam(attrs.axis as number, x.shape)[0]!;
  const rows = backend.valuesOf(indices) as Int32Array;
  const extent = x.shape[axis]!;
  const isKnown = (row: number) => row >= 0 && row < extent;
  if (!isMovable(x) || rows.length === 0 || attrs.batchDims !== 0 || !rows.every(isKnown)) return fallback();
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  const target = emptyLike(backend, shape, x);
  const inner = stridesOf(x.shape)[axis]!;
  const outer = util.sizeFromShape(x.shape.slice(0, axis));
  const axes = [
    { extent: outer, from: extent * inner, to: rows.length * inner },
    { extent: inner, from: 1, to: 1 },
  ];
  for (const [index, position] of rows.entries()) {
    move(backend, { source: x, target, axes, sourceStart: position * inner, targetStart: index * inner });
  }
  return target;
};

const KERNELS = {
  Slice: slice,
  SplitV: split,
  Concat: concat,
  PadV2: pad,
  Tile: tile,
  Transpose: transpose,
  GatherV2: gather,
} as const;

export function registerMoving(): void {
  for (const [name, kernel] of Object.entries(KERNELS)) {
    overrideKernel(name, (args) => {
      let isFast = true;
      const fallback = () => {
        isFast = false;
        return args.fallback();
      };
      const result = kernel({ ...args, fallback });
      if (isFast) countFastPath(name);
      return result;
    });
  }
}
