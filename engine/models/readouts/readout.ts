// The interface of a readout: it makes one vector of the output of a body, for a writer that answers for the whole sequence.
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { ParameterSpec, WeightLookup } from '../parameters.ts';
import type { Encoded } from '../sequence.ts';

export interface Readout {
  readonly specs: readonly ParameterSpec[];
  /** Length of the vector. */
  readonly units: number;
  /** [batch, units]; padding has no influence. */
  read(encoded: Encoded, weight: WeightLookup): Tensor2D;
}
