// Gradient of the input of a recurrent core: dx [batch, time, features] = dz kernel^T, written in x's order, where dz is [time,
// batch, row] and only the first `width` values of a row belong to the kernel [features, width].
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { ACTIVATION_CODES } from '../../../kernels/codes.ts';
import type { SimdBackend } from '../backend.ts';

export function inputGradient(backend: SimdBackend, dz: TensorInfo, kernel: TensorInfo): TensorInfo {
  const [time, batch, row] = dz.shape as [number, number, number];
  const [features, width] = kernel.shape as [number, number];
  const dx = backend.allocate([batch, time, features]);
  backend.withScratch(((features + 7) & ~7) * width * 4, (packed) =>
    backend.kernels.exports.matmul(
      time,
      batch,
      features,
      width,
      backend.pointerOf(dz),
      batch * row,
      row,
      1,
      backend.pointerOf(kernel),
      0,
      1,
      width,
      backend.pointerOf(dx),
      features,
      time * features,
      packed,
      0,
      ACTIVATION_CODES.linear,
    ),
  );
  return dx;
}
