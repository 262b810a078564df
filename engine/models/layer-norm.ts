// Layer normalisation (Ba et al. 2016) as a parameterised layer: every vector on the last axis gets mean 0 and variance 1,
// then a learned scale and shift.
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import {
  addLayerNorm as addAndNormalize,
  type NormalizedSum,
  layerNorm as normalize,
} from '../ops/layer-norm.ts';
import type { ParameterSpec, WeightLookup } from './parameters.ts';

/** As in PyTorch. */
export const NORM_EPSILON = 1e-5;

export function layerNormSpecs(path: string, units: number): ParameterSpec[] {
  return [
    { name: `${path}/gamma`, shape: [units], initialize: () => new Float32Array(units).fill(1) },
    { name: `${path}/beta`, shape: [units], initialize: () => new Float32Array(units) },
  ];
}

function weightsAt(path: string, weight: WeightLookup) {
  return { gain: weight<Tensor1D>(`${path}/gamma`), bias: weight<Tensor1D>(`${path}/beta`) };
}

/** x [..., units]; the same shape. */
export function layerNorm<T extends Tensor>(x: T, path: string, weight: WeightLookup): T {
  return normalize(x, weightsAt(path, weight), NORM_EPSILON);
}

/** x + addend and what comes of it, all [..., units]. */
export function addLayerNorm<T extends Tensor>(
  x: T,
  addend: T,
  path: string,
  weight: WeightLookup,
): NormalizedSum<T> {
  return addAndNormalize(x, addend, weightsAt(path, weight), NORM_EPSILON);
}
