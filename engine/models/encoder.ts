// An encoder: a reader and a body, which turn a sequence of data into one vector for every step and one for the whole sequence.
import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { Body } from './bodies/body.ts';
import type { ParameterSpec, WeightLookup } from './parameters.ts';
import type { Pass } from './pass.ts';
import type { Reader } from './readers/reader.ts';
import type { Encoded, Sequence } from './sequence.ts';

export interface Encoder {
  readonly specs: readonly ParameterSpec[];
  /** Length of a step's vector. */
  readonly units: number;
  /** Differentiable in the weights; padding has no influence. */
  encode(sequence: Sequence, weight: WeightLookup, pass: Pass): Encoded;
  /** Floats that one training step keeps for the backward pass, for the memory estimate. */
  activationFloats(batch: number, time: number): number;
}

export function composeEncoder(reader: Reader<Tensor3D>, body: Body): Encoder {
  return {
    specs: [...reader.specs, ...body.specs],
    units: body.units,
    encode: (sequence, weight, pass) => body.encode(reader.read(sequence, weight), weight, pass),
    activationFloats: (batch, time) =>
      body.activationFloats(batch, reader.stepsOf(time)) + reader.activationFloats(batch),
  };
}
