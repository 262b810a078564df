// How each state of a decoder looks at all that was read: scores of the tokens, a context from them, and both together as one vector.
import * as tf from '@tensorflow/tfjs-core';
import type { AttentionScores } from '../../contract/tasks/translate.ts';
import { additiveAttention } from '../../ops/attention/additive.ts';
import { attention } from '../../ops/attention/attention.ts';
import { linear } from '../../ops/linear.ts';
import { dense, denseSpecs } from '../dense.ts';
import type { ParameterSpec, WeightLookup } from '../parameters.ts';
import type { Pass } from '../pass.ts';
import type { TranslatorMemory } from './translator.ts';

const SCORE = 'attention/score';
const QUERY = `${SCORE}/query`;
const KEY = `${SCORE}/key`;
const VECTOR = `${SCORE}/vector`;
const COMBINE = 'attention/combine';

export interface LookShape {
  readonly scores: AttentionScores;
  /** Of a state of the decoder. */
  readonly units: number;
  /** Of what was read of a token. */
  readonly width: number;
}

export interface Look {
  readonly specs: readonly ParameterSpec[];
  /** What the scores need of what was read, whatever the state: made once a text. */
  keys(steps: tf.Tensor3D, weight: WeightLookup): tf.Tensor3D | undefined;
  /** tanh(W' [context, state]) of states [batch, time, units], of the same shape. */
  at(states: tf.Tensor3D, memory: TranslatorMemory, weight: WeightLookup, pass: Pass): tf.Tensor3D;
}

export function createLook(shape: LookShape): Look {
  const { units, width } = shape;
  const { specs, keys, context } = shape.scores === 'additive' ? additive(shape) : product(shape);
  return {
    specs: [...specs, ...denseSpecs(COMBINE, units + width, units)],
    keys,
    at: (states, memory, weight, pass) =>
      dense(tf.concat([context(states, memory, weight, pass), states], 2), COMBINE, weight, 'tanh'),
  };
}

interface Scoring extends Pick<Look, 'specs' | 'keys'> {
  readonly context: Look['at'];
}

/** state' W step (Luong et al. 2015, "general"), divided by the root of the width where it is scaled (Vaswani et al. 2017). */
function product({ scores, units, width }: LookShape): Scoring {
  const scale = scores === 'scaled-dot' ? 1 / Math.sqrt(width) : 1;
  return {
    specs: denseSpecs(SCORE, units, width, false),
    keys: () => undefined,
    context(states, { steps, mask }, weight, pass) {
      const query = linear(states, { kernel: weight<tf.Tensor2D>(`${SCORE}/kernel`) }) as tf.Tensor3D;
      pass.onProjections?.(0, states, { query, key: steps, value: steps });
      const returnWeights = pass.onAttention !== undefined;
      const { outputs, weights } = attention(query, steps, steps, { heads: 1, scale, mask, returnWeights });
      if (weights) pass.onAttention?.(0, weights);
      return outputs;
    },
  };
}

/** v' tanh(W state + U step + b) (Bahdanau et al. 2015), with the state after the token as Luong et al. take it. */
function additive({ units, width }: LookShape): Scoring {
  return {
    specs: [
      ...denseSpecs(QUERY, units, units, false),
      ...denseSpecs(KEY, width, units),
      ...denseSpecs(VECTOR, units, 1, false),
    ],
    keys: (steps, weight) => dense(steps, KEY, weight),
    context(states, { steps, mask, keys }, weight, pass) {
      const { outputs, weights } = additiveAttention({
        query: linear(states, { kernel: weight<tf.Tensor2D>(`${QUERY}/kernel`) }) as tf.Tensor3D,
        key: keys!,
        value: steps,
        vector: weight<tf.Tensor2D>(`${VECTOR}/kernel`),
        mask,
      });
      pass.onAttention?.(0, weights);
      return outputs;
    },
  };
}
