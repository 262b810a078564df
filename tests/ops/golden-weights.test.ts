// Weights after 20 training steps, as a hash: golden for a version of the kernels, the same on 1, 2 and 4 threads. When the
// kernels change on purpose, so may the hashes: run with UPDATE_GOLDEN=1 and say why in the commit.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { registerSimdBackend, simdInfo } from '../../engine/backends/simd/index.ts';
import { adamStep, createAdamState } from '../../engine/ops/adam.ts';
import { gru } from '../../engine/ops/gru.ts';
import { linear } from '../../engine/ops/linear.ts';
import { lstm } from '../../engine/ops/lstm.ts';
import { rnn } from '../../engine/ops/rnn.ts';
import { Numbers } from './numbers.ts';

const file = new URL('../golden/ops/weights.json', import.meta.url);
const OPS = { lstm, gru, rnn } as const;
const GATES = { lstm: 4, gru: 3, rnn: 1 } as const;
const [batch, time, features, units] = [18, 11, 3, 13];

function train(cell: keyof typeof OPS): string {
  const numbers = new Numbers(21);
  const width = GATES[cell] * units;
  const shapes = [[features, width], [units, width], [width], [units, 2], [2]];
  const parameters = shapes.map((shape) => tf.variable(numbers.tensor(shape, 0.4)));
  const [kernel, recurrentKernel, bias, headKernel, headBias] = parameters as tf.Tensor[] as [
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor1D,
    tf.Tensor2D,
    tf.Tensor1D,
  ];
  const x = numbers.tensor<tf.Rank.R3>([batch, time, features]);
  const y = numbers.tensor<tf.Rank.R2>([batch, 2]);
  const state = createAdamState(parameters);
  const loss = () => {
    const { finalHidden } = OPS[cell](x, { kernel, recurrentKernel, bias });
    const forecast = linear(finalHidden, { kernel: headKernel, bias: headBias }, 'tanh');
    return tf.mean(tf.squaredDifference(tf.exp(forecast), tf.softplus(y))) as tf.Scalar;
  };
  for (let step = 0; step < 20; step++) {
    tf.tidy(() => {
      const { grads } = tf.variableGrads(loss, parameters);
      const gradients = parameters.map((parameter) => grads[parameter.name]!);
      adamStep(parameters, gradients, state, { learningRate: 0.01, weightDecay: 0.01, clipNorm: 0.5 });
    });
  }
  const hash = createHash('sha256');
  for (const parameter of parameters)
    hash.update(new Uint8Array((parameter.dataSync() as Float32Array).buffer));
  return hash.digest('hex');
}

describe('trained weights', () => {
  it('have the golden hashes without shared memory', async () => {
    const backend = await registerSimdBackend({ threads: 4, sharedMemory: false });
    expect(simdInfo()).toMatchObject({ threads: 1, sharedMemory: false });
    expect(backend.kernels.memory.buffer).toBeInstanceOf(ArrayBuffer);
    const hashes = { lstm: train('lstm'), gru: train('gru'), rnn: train('rnn') };
    tf.removeBackend('simd');
    expect(hashes).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it.each([1, 2, 4])('have the golden hashes on %s threads', async (threads) => {
    await registerSimdBackend({ threads });
    const hashes = { lstm: train('lstm'), gru: train('gru'), rnn: train('rnn') };
    tf.removeBackend('simd');
    if (process.env.UPDATE_GOLDEN && threads === 1)
      writeFileSync(file, `${JSON.stringify(hashes, null, 2)}\n`);
    expect(hashes).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });
});
