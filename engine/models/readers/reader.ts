// The interface of a reader: it turns a field of the data into a sequence of vectors for a body.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { ParameterSpec, WeightLookup } from '../parameters.ts';
import type { Sequence } from '../sequence.ts';

export interface Field<T extends Tensor> {
  /** [batch, time, ...] */
  readonly x: T;
  /** [batch, time], 0 at padding. */
  readonly mask?: Tensor2D | undefined;
}

export interface Reader<T extends Tensor> {
  readonly specs: readonly ParameterSpec[];
  /** Length of a step's vector. */
  readonly features: number;
  /** Output steps for this many input steps. */
  stepsOf(time: number): number;
  /** Differentiable in the weights; values at padding are never read. */
  read(field: Field<T>, weight: WeightLookup): Sequence;
  /** Floats that one training step keeps for the backward pass, for the memory estimate. */
  activationFloats(batch: number): number;
}
