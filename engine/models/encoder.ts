// What an architecture is to the rest: it turns a window of inputs into one vector, which a head turns into the task's answer.
import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ParameterSpec, UniformSource, WeightLookup } from './parameters.ts';

/** What a pass through a model may be given, and whom it tells what happens inside. */
export interface Pass {
  /** Training: where dropout takes its random numbers. Absent: nothing is dropped. */
  readonly dropout?: UniformSource | undefined;
  /** Gets [batch, heads, queries, keys] of every layer with attention, from 0; disposed of with the enclosing scope. */
  readonly onAttention?: ((layer: number, weights: Tensor4D) => void) | undefined;
}

export interface Encoder {
  readonly specs: readonly ParameterSpec[];
  /** Length of the encoding. */
  readonly units: number;
  /** [batch, time, inputs] -> [batch, units]; differentiable in the weights. */
  encode(inputs: Tensor3D, weight: WeightLookup, pass: Pass): Tensor2D;
  /** Floats that one training step keeps for the backward pass, for the memory estimate. */
  activationFloats(batch: number, time: number): number;
}
