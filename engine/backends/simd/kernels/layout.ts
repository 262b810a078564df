// Describes the copy of a block of values from one tensor into another: axes with a stride in the source and in the destination.
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.ts';

export interface Axis {
  readonly extent: number;
  /** Elements from one index to the next; 0 repeats. */
  readonly from: number;
  readonly to: number;
}

const MOST_AXES = 4;
const NONE: Axis = { extent: 1, from: 0, to: 0 };

/** Elements from one index of an axis to the next, row-major. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let size = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = size;
    size *= shape[axis]!;
  }
  return strides;
}

/** Drops axes of length 1, and joins neighbouring axes that are contiguous on both sides. */
export function mergeAxes(axes: readonly Axis[]): Axis[] {
  const merged: Axis[] = [];
  for (const axis of axes) {
    if (axis.extent === 1) continue;
    const before = merged.at(-1);
    const joins = before && before.from === axis.from * axis.extent && before.to === axis.to * axis.extent;
    if (joins) merged[merged.length - 1] = { ...axis, extent: before.extent * axis.extent };
    else merged.push(axis);
  }
  return merged;
}

export const canMove = (axes: readonly Axis[]): boolean => mergeAxes(axes).length <= MOST_AXES;

/** Values of 32 bits, which the compiled copy moves. */
export const isMovable = ({ dtype, shape }: TensorInfo): boolean =>
  (dtype === 'float32' || dtype === 'int32') && util.sizeFromShape(shape) > 0;

export interface Move {
  readonly source: TensorInfo;
  readonly target: TensorInfo;
  /** At most four after `mergeAxes`. */
  readonly axes: readonly Axis[];
  /** First element on either side; default 0. */
  readonly sourceStart?: number;
  readonly targetStart?: number;
}

export function move(
  backend: SimdBackend,
  { source, target, axes, sourceStart = 0, targetStart = 0 }: Move,
): void {
  const merged = mergeAxes(axes);
  const [a, b, c, d] = [...new Array<Axis>(MOST_AXES - merged.length).fill(NONE), ...merged] as [
    Axis,
    Axis,
    Axis,
    Axis,
  ];
  const from = backend.pointerOf(source) + 4 * sourceStart;
  const to = backend.pointerOf(target) + 4 * targetStart;
  backend.kernels.exports.moveBlock(
    a.extent,
    b.extent,
    c.extent,
    d.extent,
    a.from,
    b.from,
    c.from,
    d.from,
    a.to,
    b.to,
    c.to,
    d.to,
    from,
    to,
  );
}
