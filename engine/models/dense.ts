// A linear layer with named parameters: y = x W + b.
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { linear } from '../ops/linear.ts';
import { glorotUniform } from './initializers.ts';
import { type ParameterSpec, sizeOf, type WeightLookup } from './parameters.ts';

/** `path/kernel` [inputs, outputs], Glorot; `path/bias` [outputs], zeros. */
export function denseSpecs(path: string, inputs: number, outputs: number, bias = true): ParameterSpec[] {
  const kernel: ParameterSpec = {
    name: `${path}/kernel`,
    shape: [inputs, outputs],
    initialize: (random) => glorotUniform(random, inputs, outputs),
  };
  if (!bias) return [kernel];
  return [kernel, { name: `${path}/bias`, shape: [outputs], initialize: () => new Float32Array(outputs) }];
}

/** The same parameters, which begin with zeros: such a layer answers 0 at first. */
export const startedAtZero = (specs: readonly ParameterSpec[]): ParameterSpec[] =>
  specs.map((spec) => ({ ...spec, initialize: () => new Float32Array(sizeOf(spec.shape)) }));

/** x [..., inputs] -> [..., outputs] */
export function dense<T extends Tensor>(
  x: T,
  path: string,
  weight: WeightLookup,
  activation: 'linear' | 'relu' | 'tanh' | 'gelu' = 'linear',
): T {
  const weights = { kernel: weight<Tensor2D>(`${path}/kernel`), bias: weight<Tensor1D>(`${path}/bias`) };
  return linear(x, weights, activation) as T;
}
