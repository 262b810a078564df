// A mean of the steps with learned weights (Yang et al. 2016, hierarchical attention networks): softmax over steps of v' tanh(W'
// h + b).
import * as tf from '@tensorflow/tfjs-core';
import { attention } from '../../ops/attention/attention.ts';
import { embedding } from '../../ops/embedding.ts';
import { dense, denseSpecs } from '../dense.ts';
import { glorotUniform } from '../initializers.ts';
import type { Readout } from './readout.ts';

const KEY = 'readout/key';
const QUERY = 'readout/query';

export function createAttentionPoolReadout(units: number): Readout {
  return {
    specs: [
      ...denseSpecs(KEY, units, units),
      { name: QUERY, shape: [1, units], initialize: (random) => glorotUniform(random, 1, units) },
    ],
    units,
    read({ steps, mask }, weight) {
      const keys = dense(steps, KEY, weight, 'tanh');
      // The one query for every sequence: rows of a table, whose gradient is compiled.
      const all = tf.zeros([steps.shape[0], 1], 'int32');
      const query = embedding(weight<tf.Tensor2D>(QUERY), all) as tf.Tensor3D;
      const { outputs } = attention(query, keys, steps, { heads: 1, scale: 1, mask });
      return tf.reshape(outputs, [-1, units]);
    },
  };
}
