// Softmax over the last axis, its logarithm, and their gradients, for Hindcast's own ops.
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.ts';
import { countFastPath } from '../register.ts';

function sizesOf(x: TensorInfo): [rows: number, columns: number] {
  const columns = x.shape.at(-1)!;
  return [util.sizeFromShape(x.shape) / columns, columns];
}

export function softmaxForward(backend: SimdBackend, x: TensorInfo): TensorInfo {
  const y = backend.allocate(x.shape);
  backend.kernels.exports.softmax(...sizesOf(x), backend.pointerOf(x), backend.pointerOf(y));
  countFastPath('softmaxForward');
  return y;
}

export function softmaxBackward(backend: SimdBackend, y: TensorInfo, dy: TensorInfo): TensorInfo {
  const dx = backend.allocate(y.shape);
  const [rows, columns] = sizesOf(y);
  backend.kernels.exports.softmaxGradient(
    rows,
    columns,
    backend.pointerOf(y),
    backend.pointerOf(dy),
    backend.pointerOf(dx),
  );
  countFastPath('softmaxBackward');
  return dx;
}

export function logSoftmaxForward(backend: SimdBackend, x: TensorInfo): TensorInfo {
  const y = backend.allocate(x.shape);
  backend.kernels.exports.logSoftmax(...sizesOf(x), backend.pointerOf(x), backend.pointerOf(y));
  countFastPath('logSoftmaxForward');
  return y;
}

export function logSoftmaxBackward(backend: SimdBackend, y: TensorInfo, dy: TensorInfo): TensorInfo {
  const dx = backend.allocate(y.shape);
  const [value, from, to] = [y, dy, dx].map((tensor) => backend.pointerOf(tensor)) as [
    number,
    number,
    number,
  ];
  backend.kernels.exports.logSoftmaxGradient(...sizesOf(y), value, from, to);
  countFastPath('logSoftmaxBackward');
  return dx;
}
