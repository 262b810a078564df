// Twenty training steps of each recurrent core on the current backend, for comparing weights bit by bit. Runs in Node and in a browser.
import * as tf from '@tensorflow/tfjs-core';
import { lossAndGradients } from '../../engine/ops/gradients.ts';
import { linear } from '../../engine/ops/linear.ts';
import { adamStep, createAdamState } from '../../engine/ops/optimizers/adam.ts';
import { gru } from '../../engine/ops/recurrent/gru.ts';
import { lstm } from '../../engine/ops/recurrent/lstm.ts';
import { rnn } from '../../engine/ops/recurrent/rnn.ts';

const OPS = { lstm, gru, rnn } as const;
const GATES = { lstm: 4, gru: 3, rnn: 1 } as const;

const [batch, time, features] = [18, 11, 3];

/** Uniform in [-1, 1); as tests/ops/numbers.ts, which needs Vitest. */
export function numbersFrom(seed: number): (shape: number[], scale?: number) => tf.Tensor {
  let state = seed;
  return (shape, scale = 1) => {
    const count = shape.reduce((product, extent) => product * extent, 1);
    const values = Float32Array.from({ length: count }, () => {
      state = (Math.imul(1664525, state) + 1013904223) >>> 0;
      return (state / 2 ** 31 - 1) * scale;
    });
    return tf.tensor(values, shape);
  };
}

/** The trained weights, one after the other. */
export function trainRecurrent(cell: keyof typeof OPS, units: number): Float32Array[] {
  const next = numbersFrom(21);
  const width = GATES[cell] * units;
  const shapes = [[features, width], [units, width], [width], [units, 2], [2]];
  const parameters = shapes.map((shape) => tf.variable(next(shape, 0.4)));
  const [kernel, recurrentKernel, bias, headKernel, headBias] = parameters as tf.Tensor[] as [
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor1D,
    tf.Tensor2D,
    tf.Tensor1D,
  ];
  const x = next([batch, time, features]) as tf.Tensor3D;
  const y = next([batch, 2]);
  const state = createAdamState(parameters);
  const loss = () => {
    const { finalHidden } = OPS[cell](x, { kernel, recurrentKernel, bias });
    const forecast = linear(finalHidden, { kernel: headKernel, bias: headBias }, 'tanh');
    return tf.mean(tf.squaredDifference(tf.exp(forecast), tf.softplus(y))) as tf.Scalar;
  };
  for (let step = 0; step < 20; step++) {
    tf.tidy(() => {
      const { gradients } = lossAndGradients(loss, parameters);
      adamStep(parameters, gradients, state, { learningRate: 0.01, weightDecay: 0.01, clipNorm: 0.5 });
    });
  }
  return parameters.map((parameter) => parameter.dataSync().slice() as Float32Array);
}
