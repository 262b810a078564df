// Pooling of sequences under a mask: means and maxima over the known steps, and zeros at the others.
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.ts';
import { countFastPath } from '../register.ts';

type Sizes = readonly [batch: number, time: number, units: number];

type Three<T> = readonly [T, T, T];

const pointersOf = (backend: SimdBackend, ...[a, b, c]: Three<TensorInfo>): Three<number> => [
  backend.pointerOf(a),
  backend.pointerOf(b),
  backend.pointerOf(c),
];

const sizesOf = ({ shape }: TensorInfo) => shape as unknown as Sizes;

/** x [batch, time, units], mask [batch, time] or none -> [batch, units] */
export function poolMeanForward(
  backend: SimdBackend,
  x: TensorInfo,
  mask: TensorInfo | undefined,
): TensorInfo {
  const [batch, time, units] = sizesOf(x);
  const y = backend.allocate([batch, units]);
  backend.kernels.exports.poolMean(
    batch,
    time,
    units,
    backend.pointerOf(x),
    backend.pointerOrZero(mask),
    backend.pointerOf(y),
  );
  countFastPath('poolMeanForward');
  return y;
}

/** dy [batch, units], mask [batch, time] or none -> [batch, time, units] */
export function poolMeanBackward(
  backend: SimdBackend,
  time: number,
  mask: TensorInfo | undefined,
  dy: TensorInfo,
): TensorInfo {
  const [batch, units] = dy.shape as [number, number];
  const dx = backend.allocate([batch, time, units]);
  backend.kernels.exports.poolMeanGradient(
    batch,
    time,
    units,
    backend.pointerOrZero(mask),
    backend.pointerOf(dy),
    backend.pointerOf(dx),
  );
  countFastPath('poolMeanBackward');
  return dx;
}

/** x [batch, time, units], mask [batch, time] -> maxima [batch, units], and the steps of them, int32. */
export function poolMaxForward(
  backend: SimdBackend,
  x: TensorInfo,
  mask: TensorInfo | undefined,
): [y: TensorInfo, steps: TensorInfo] {
  const [batch, time, units] = sizesOf(x);
  const y = backend.allocate([batch, units]);
  const steps = backend.allocate([batch, units], 'int32');
  backend.kernels.exports.poolMax(
    batch,
    time,
    units,
    backend.pointerOf(x),
    backend.pointerOrZero(mask),
    backend.pointerOf(y),
    backend.pointerOf(steps),
  );
  countFastPath('poolMaxForward');
  return [y, steps];
}

export function poolMaxBackward(
  backend: SimdBackend,
  time: number,
  steps: TensorInfo,
  dy: TensorInfo,
): TensorInfo {
  const [batch, units] = dy.shape as [number, number];
  const dx = backend.allocate([batch, time, units]);
  const [at, from, to] = pointersOf(backend, steps, dy, dx);
  backend.kernels.exports.poolMaxGradient(batch, time, units, at, from, to);
  countFastPath('poolMaxBackward');
  return dx;
}

/** x [batch, time, units] with zeros where the mask [batch, time] is 0; the gradient is the same function of dy. */
export function maskStepsOf(backend: SimdBackend, x: TensorInfo, mask: TensorInfo): TensorInfo {
  const y = backend.allocate(x.shape);
  const [from, known, to] = pointersOf(backend, x, mask, y);
  backend.kernels.exports.maskSteps(...sizesOf(x), from, known, to);
  countFastPath('maskSteps');
  return y;
}
