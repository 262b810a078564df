// Direct multi-step forecast: one linear map from the encoding to all steps of all targets at once, so that no forecast is fed
// back as an input.
import * as tf from '@tensorflow/tfjs-core';
import { linear } from '../../ops/linear.ts';
import { softmax } from '../../ops/softmax.ts';
import { denseSpecs, startedAtZero } from '../dense.ts';
import { HEAD, type Writer } from './writer.ts';

export interface ForecastWriterShape {
  readonly units: number;
  readonly horizon: number;
  readonly targets: number;
  readonly bias: boolean;
  /** Its first answer is 0. Default: false. */
  readonly startsAtZero?: boolean | undefined;
  /** The targets are classes: softmax over them makes the answer probabilities. */
  readonly probabilities: boolean;
}

/** [batch, units] -> [batch, horizon, targets] */
export function createForecastWriter(shape: ForecastWriterShape): Writer<tf.Tensor2D, tf.Tensor3D> {
  const { units, horizon, targets, bias, probabilities, startsAtZero = false } = shape;
  const specs = denseSpecs(HEAD, units, horizon * targets, bias);
  return {
    specs: startsAtZero ? startedAtZero(specs) : specs,
    answer(encoding, weight) {
      const answer = linear(encoding, {
        kernel: weight<tf.Tensor2D>(`${HEAD}/kernel`),
        bias: bias ? weight<tf.Tensor1D>(`${HEAD}/bias`) : undefined,
      }); // [batch, horizon * targets]
      return tf.reshape(answer, [-1, horizon, targets]);
    },
    present: (answer) => (probabilities ? softmax(answer) : answer),
  };
}
