// What an architecture is to the rest: it turns a window of inputs into one vector, which a head turns into the task's answer.
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { ParameterSpec, WeightLookup } from './parameters.ts';

export interface Encoder {
  readonly specs: readonly ParameterSpec[];
  /** Length of the encoding. */
  readonly units: number;
  /** [batch, time, inputs] -> [batch, units]; differentiable in the weights. */
  encode(inputs: Tensor3D, weight: WeightLookup): Tensor2D;
  /** Floats that one training step keeps for the backward pass, for the memory estimate. */
  activationFloats(batch: number, time: number): number;
}
