// SGD and RMSProp steps on the simd backend, over all parameters at once and in place.
import type { SimdBackend } from '../backend.ts';
import { countFastPath } from '../register.ts';
import type { OptimizerTable } from './optimizer.ts';

export interface SgdNumbers {
  readonly scale: number;
  readonly rate: number;
  readonly momentum: number;
  readonly decay: number;
  readonly nesterov: boolean;
}

export function sgd(backend: SimdBackend, { address, pieces }: OptimizerTable, numbers: SgdNumbers): void {
  const { scale, rate, momentum, decay, nesterov } = numbers;
  backend.kernels.exports.sgd(address, pieces, scale, rate, momentum, decay, nesterov ? 1 : 0);
  countFastPath('sgd');
}

export interface RmspropNumbers {
  readonly scale: number;
  readonly rate: number;
  readonly momentum: number;
  readonly decay: number;
  readonly alpha: number;
  readonly epsilon: number;
}

export function rmsprop(
  backend: SimdBackend,
  { address, pieces }: OptimizerTable,
  numbers: RmspropNumbers,
): void {
  const { scale, rate, momentum, decay, alpha, epsilon } = numbers;
  const kernels = backend.kernels.exports;
  kernels.rmsprop(address, pieces, scale, rate, momentum, decay, alpha, 1 - alpha, epsilon);
  countFastPath('rmsprop');
}
