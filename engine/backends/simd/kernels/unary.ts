// Elementwise functions. They are compiled because JavaScript's exp, log, tanh, sin ... may differ in the last bit between
// engines (ECMA-262 leaves their results implementation-approximated).

import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { UNARY_CODES } from '../../../kernels/codes.ts';
import type { SimdBackend } from '../backend.ts';
import { countFastPath, overrideKernel } from '../register.ts';

export type UnaryName = keyof typeof UNARY_CODES;

/** y = f(x), float32, same shape. */
export function unary(backend: SimdBackend, name: UnaryName, x: TensorInfo): TensorInfo {
  const output = backend.allocate(x.shape);
  const count = util.sizeFromShape(x.shape);
  backend.kernels.exports.unary(UNARY_CODES[name], count, backend.pointerOf(x), backend.pointerOf(output));
  countFastPath(name);
  return output;
}

export function registerUnary(): void {
  for (const name of Object.keys(UNARY_CODES) as UnaryName[]) {
    overrideKernel(name, ({ inputs, backend, fallback }) =>
      inputs.x!.dtype === 'float32' ? unary(backend, name, inputs.x!) : fallback(),
    );
  }
}
