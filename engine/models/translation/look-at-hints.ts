// Texts that stand beside what is read, such as captions of similar images: an encoder reads them from both ends, the decoder looks at them,
// and the vector of the token that it looks at makes the same token of the answer more probable, so that words can be taken over.
import * as tf from '@tensorflow/tfjs-core';
import { attention } from '../../ops/attention/attention.ts';
import { linear } from '../../ops/linear.ts';
import { PLAIN_RECURRENCE } from '../bodies/plain-recurrence.ts';
import { createRecurrentBody } from '../bodies/recurrent.ts';
import { dense, denseSpecs } from '../dense.ts';
import type { ParameterSpec, WeightLookup } from '../parameters.ts';
import type { Pass } from '../pass.ts';
import type { Field } from '../readers/reader.ts';
import { createTokenReader } from '../readers/tokens.ts';

const READ = 'hints';
const QUERY = 'hints/query';
const COMBINE = 'hints/combine';

export interface HintShape {
  readonly cell: 'rnn' | 'gru' | 'lstm';
  /** Of a state of the decoder. */
  readonly units: number;
  /** Of a token's vector; even. */
  readonly embedding: number;
  /** The table of the vectors of tokens that are written. */
  readonly table: string;
  readonly tokens: number;
}

/** What was read of the hints. */
export interface HintMemory {
  /** [batch, tokens, embedding]: each token with those around it, and alone. */
  readonly steps: tf.Tensor3D;
  readonly values: tf.Tensor3D;
  /** [batch, tokens], 0 at padding. */
  readonly mask: tf.Tensor2D | undefined;
}

export interface Hints {
  readonly specs: readonly ParameterSpec[];
  activationFloats(batch: number, steps: number): number;
  read(field: Field<tf.Tensor2D>, weight: WeightLookup, pass: Pass): HintMemory;
  /** @param states [batch, time, units] @returns the states with what was seen, and what the seen tokens add to the logits */
  at(
    states: tf.Tensor3D,
    memory: HintMemory,
    weight: WeightLookup,
  ): { readonly seen: tf.Tensor3D; readonly copied: tf.Tensor3D };
}

export function createHints({ cell, units, embedding, table, tokens }: HintShape): Hints {
  const reader = createTokenReader({ tokens, units: embedding, table });
  const encoder = createRecurrentBody({
    ...PLAIN_RECURRENCE,
    cell,
    prefix: READ,
    part: 'encoder',
    inputs: embedding,
    // Both directions side by side are as long as a token's vector.
    units: embedding / 2,
    layers: 1,
    dropout: 0,
    bidirectional: true,
    truncateSteps: null,
  });
  return {
    specs: [
      ...encoder.specs,
      ...denseSpecs(QUERY, units, embedding, false),
      ...denseSpecs(COMBINE, units + embedding, units),
    ],
    activationFloats: (batch, steps) =>
      encoder.activationFloats(batch, steps) + batch * steps * 6 * embedding,
    read(field, weight, { dropout }) {
      const read = reader.read(field, weight);
      // Without listeners: its states are not those of the layers over what is read.
      const { steps } = encoder.encode(read, weight, { dropout });
      return { steps, values: read.x, mask: field.mask };
    },
    at(states, { steps, values, mask }, weight) {
      const query = linear(states, { kernel: weight<tf.Tensor2D>(`${QUERY}/kernel`) }) as tf.Tensor3D;
      const { outputs } = attention(query, steps, values, { heads: 1, mask });
      return {
        seen: dense(tf.concat([outputs, states], 2), COMBINE, weight, 'tanh'),
        copied: linear(outputs, { kernel: tf.transpose(weight<tf.Tensor2D>(table)) }) as tf.Tensor3D,
      };
    },
  };
}
