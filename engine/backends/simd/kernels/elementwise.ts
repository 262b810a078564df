// Elementwise functions of the simd backend that only Hindcast's own ops use: GELU, the gradients of GELU and ReLU, dropout.
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type DropoutChoice, dropThreshold, keepFactor } from '../../../kernels/philox.ts';
import type { SimdBackend } from '../backend.ts';
import { countFastPath } from '../register.ts';

export function geluForward(backend: SimdBackend, x: TensorInfo): TensorInfo {
  const y = backend.allocate(x.shape);
  backend.kernels.exports.gelu(util.sizeFromShape(x.shape), backend.pointerOf(x), backend.pointerOf(y));
  countFastPath('geluForward');
  return y;
}

/** dx from x and dy, all of one shape. */
function gradient(
  name: 'geluGradient' | 'reluGradient',
): (backend: SimdBackend, x: TensorInfo, dy: TensorInfo) => TensorInfo {
  return (backend, x, dy) => {
    const dx = backend.allocate(x.shape);
    const count = util.sizeFromShape(x.shape);
    backend.kernels.exports[name](count, backend.pointerOf(x), backend.pointerOf(dy), backend.pointerOf(dx));
    countFastPath(name);
    return dx;
  };
}

export const geluGradient = gradient('geluGradient');
export const reluGradient = gradient('reluGradient');

/** Drops and scales; the gradient is the same function of dy. */
export function dropoutOf(backend: SimdBackend, x: TensorInfo, { rate, key }: DropoutChoice): TensorInfo {
  const y = backend.allocate(x.shape);
  backend.kernels.exports.dropout(
    util.sizeFromShape(x.shape),
    backend.pointerOf(x),
    backend.pointerOf(y),
    key.seed,
    key.stream,
    key.step,
    dropThreshold(rate),
    keepFactor(rate),
  );
  countFastPath('dropout');
  return y;
}
