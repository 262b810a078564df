// The interface of a body: it reads a sequence of vectors and returns one vector for every step and one for the whole sequence.
import type { ParameterSpec, WeightLookup } from '../parameters.ts';
import type { Pass } from '../pass.ts';
import type { Encoded, Sequence } from '../sequence.ts';

export interface Body {
  readonly specs: readonly ParameterSpec[];
  /** Length of a step's vector. */
  readonly units: number;
  /** Differentiable in the weights and in x. */
  encode(sequence: Sequence, weight: WeightLookup, pass: Pass): Encoded;
  /** Floats that one training step keeps for the backward pass, for the memory estimate. */
  activationFloats(batch: number, steps: number): number;
}
