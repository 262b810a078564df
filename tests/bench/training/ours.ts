// Hindcast's contestant: the recurrent ops and Adam on the simd backend.
import * as tf from '@tensorflow/tfjs-core';
import { registerSimdBackend, type SimdBackend } from '../../../engine/backends/simd/index.ts';
import { startTensorflowBackend } from '../../../engine/backends/tensorflow.ts';
import { lossAndGradients } from '../../../engine/ops/gradients.ts';
import { linear } from '../../../engine/ops/linear.ts';
import { meanSquaredError } from '../../../engine/ops/losses/mse.ts';
import { adamStep, createAdamState } from '../../../engine/ops/optimizers/adam.ts';
import { gru } from '../../../engine/ops/recurrent/gru.ts';
import { lstm } from '../../../engine/ops/recurrent/lstm.ts';
import { rnn } from '../../../engine/ops/recurrent/rnn.ts';
import { CLIP_NORM, GATES, LEARNING_RATE, type Peer, type TrainingCase, values } from './cases.ts';
import { OTHERS } from './contestants.ts';
import { burstOf } from './measure.ts';

const OPS = { lstm, gru, rnn } as const;

/** A function that takes one step and returns the loss. */
export function ourStep(what: TrainingCase): () => number {
  const { cell, units, batch, time, features } = what;
  const width = GATES[cell] * units;
  const scale = 1 / Math.sqrt(units);
  const variable = (shape: number[], seed: number) => {
    const count = shape.reduce((product, extent) => product * extent, 1);
    return tf.tidy(() => tf.variable(tf.tensor(values(count, scale, seed), shape)));
  };
  const parameters = [
    variable([features, width], 1),
    variable([units, width], 2),
    variable([width], 3),
    ...(cell === 'gru' ? [variable([width], 4)] : []),
    variable([units, 1], 5),
    variable([1], 6),
  ];
  const [kernel, recurrentKernel, bias] = parameters as tf.Tensor[] as [
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor1D,
  ];
  const recurrentBias = cell === 'gru' ? (parameters[3] as tf.Tensor as tf.Tensor1D) : undefined;
  const [headKernel, headBias] = parameters.slice(-2) as tf.Tensor[] as [tf.Tensor2D, tf.Tensor1D];
  const weights = { kernel, recurrentKernel, bias, recurrentBias };
  const x = tf.tensor3d(values(batch * time * features, 1, 7), [batch, time, features]);
  const y = tf.tensor2d(values(batch, 1, 8), [batch, 1]);
  const state = createAdamState(parameters);
  const loss = () => {
    const { finalHidden } = OPS[cell](x, weights);
    const forecast = linear(finalHidden, { kernel: headKernel, bias: headBias });
    return meanSquaredError(forecast, y);
  };
  return () =>
    tf.tidy(() => {
      const { loss: value, gradients } = lossAndGradients(loss, parameters);
      adamStep(parameters, gradients, state, { learningRate: LEARNING_RATE, clipNorm: CLIP_NORM });
      return value.dataSync()[0]!;
    });
}

/** With a fixed number of threads out of the one backend's pool. */
export function ours(backend: SimdBackend, threads: number): Peer {
  return {
    name: `Hindcast, ${threads} thread${threads > 1 ? 's' : ''}`,
    async prepare(what) {
      tf.setBackend('simd');
      const step = ourStep(what);
      return async (steps) => {
        tf.setBackend('simd');
        backend.kernels.limitThreads(threads);
        return burstOf(step)(steps);
      };
    },
  };
}

/** The same model on TensorFlow's C library (BlockLSTMV2 for the LSTM), where tfjs-node is installed; else null. */
export async function oursOnTensorflow(): Promise<Peer | null> {
  const started = await startTensorflowBackend().then(
    () => true,
    () => false,
  );
  if (!started) return null;
  return {
    name: OTHERS.tensorflow,
    async prepare(what) {
      // Without such a kernel the other cells run step by step.
      if (what.cell !== 'lstm') return null;
      tf.setBackend('tensorflow');
      const step = ourStep(what);
      return async (steps) => {
        tf.setBackend('tensorflow');
        return burstOf(step)(steps);
      };
    },
  };
}

export function startOurs(threads: number): Promise<SimdBackend> {
  return registerSimdBackend({ threads });
}
