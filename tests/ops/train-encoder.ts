// Fifteen training steps of a small encoder on the current backend, for comparing weights bit by bit. It covers what
// train-recurrent.ts leaves out: embedding, positions, attention, layer norm, GELU, dropout, cross-entropy, RMSProp. Runs in Node
// and in a browser.
import * as tf from '@tensorflow/tfjs-core';
import { selfAttention } from '../../engine/ops/attention/attention.ts';
import { addPositions, sinePositions } from '../../engine/ops/attention/positions.ts';
import { dropout } from '../../engine/ops/dropout.ts';
import { embedding } from '../../engine/ops/embedding.ts';
import { gelu } from '../../engine/ops/gelu.ts';
import { lossAndGradients } from '../../engine/ops/gradients.ts';
import { layerNorm } from '../../engine/ops/layer-norm.ts';
import { linear } from '../../engine/ops/linear.ts';
import { crossEntropy } from '../../engine/ops/losses/cross-entropy.ts';
import { createRmspropState, rmspropStep } from '../../engine/ops/optimizers/rmsprop.ts';
import { numbersFrom } from './train-recurrent.ts';

const [batch, time, tokens] = [5, 21, 7];
const STEPS = 15;

export interface EncoderSize {
  readonly units: number;
  readonly hidden: number;
  readonly drops: boolean;
}

/** The trained weights, one after the other. */
export function trainEncoder({ units, hidden, drops }: EncoderSize): Float32Array[] {
  const next = numbersFrom(33);
  const shapes = {
    table: [tokens, units],
    projection: [units, 3 * units],
    output: [units, units],
    gain: [units],
    bias: [units],
    wide: [units, hidden],
    narrow: [hidden, units],
    head: [units, tokens],
  };
  const weights = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, tf.variable(next(shape, 0.4))]),
  ) as Record<keyof typeof shapes, tf.Variable>;
  const matrix = (name: keyof typeof shapes) => ({ kernel: weights[name] as tf.Tensor as tf.Tensor2D });
  const symbols = (): tf.Tensor =>
    tf.cast(tf.mul(tf.add(next([batch, time]), 1), (tokens - 0.01) / 2), 'int32');
  const [given, wanted] = [symbols(), symbols()];
  const mask = tf.cast(tf.greater(next([batch, time]), -0.6), 'float32') as tf.Tensor2D;
  const positions = tf.tensor2d(sinePositions(time, units), [time, units]);
  const parameters = Object.values(weights);
  const state = createRmspropState(parameters);
  for (let step = 0; step < STEPS; step++) {
    const loss = () => {
      const key = { seed: 1, stream: 2, step };
      const vectors = embedding(weights.table as tf.Tensor as tf.Tensor2D, given) as tf.Tensor3D;
      const x = addPositions(vectors, positions);
      const projected = linear(x, matrix('projection')) as tf.Tensor3D;
      const { outputs } = selfAttention(projected, {
        heads: 3,
        causal: true,
        mask,
        dropout: drops ? { rate: 0.1, key } : undefined,
      });
      const normed = layerNorm(tf.add(x, linear(outputs, matrix('output'))), {
        gain: weights.gain as tf.Tensor as tf.Tensor1D,
        bias: weights.bias as tf.Tensor as tf.Tensor1D,
      });
      const fed = linear(gelu(linear(normed, matrix('wide'))), matrix('narrow'));
      const sum = tf.add(normed, fed);
      const answer = linear(drops ? dropout(sum, { rate: 0.2, key }) : sum, matrix('head'));
      return crossEntropy(answer, wanted, { mask });
    };
    tf.tidy(() => {
      const { gradients } = lossAndGradients(loss, parameters);
      rmspropStep(parameters, gradients, state, { learningRate: 0.01, clipNorm: 1 });
    });
  }
  return parameters.map((parameter) => parameter.dataSync().slice() as Float32Array);
}
