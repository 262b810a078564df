import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { countKnown, type LossChoice, maskedLoss, maskedLossSum } from '../../engine/training/loss.ts';
import { useCpu } from './toy.ts';

beforeAll(useCpu);

const forecast = Float32Array.of(1, 2, 3, 4);
const target = Float32Array.of(0, 4, 0, 3.5);
const mask = Float32Array.of(1, 1, 0, 1);
const SURPRISE = { loss: 'cross-entropy', huberDelta: 1 } as const;

test.each([
  ['mse', (1 + 4 + 0.25) / 3, [2 / 3, -4 / 3, 0, 1 / 3]],
  ['mae', (1 + 2 + 0.5) / 3, [1 / 3, -1 / 3, 0, 1 / 3]],
  ['huber', (0.5 + 1.5 + 0.125) / 3, [1 / 3, -1 / 3, 0, 0.5 / 3]],
  ['huber', (0.455 + 1.155 + 0.125) / 3, [0.7 / 3, -0.7 / 3, 0, 0.5 / 3], 0.7],
  ['huber', (0.5 + 2 + 0.125) / 3, [1 / 3, -2 / 3, 0, 0.5 / 3], 5],
] as const)(
  '%s is the mean over known cells, and unknown ones have no gradient',
  (loss, value, gradient, huberDelta: number = 1) => {
    const choice: LossChoice = { loss, huberDelta };
    const results = tf.tidy(() => {
      const score = (f: tf.Tensor) => maskedLoss(choice, f, tf.tensor1d(target), tf.tensor1d(mask), 3);
      const { value: got, grad } = tf.valueAndGrad(score)(tf.tensor1d(forecast));
      return { value: got.dataSync()[0]!, gradient: [...grad.dataSync()] };
    });
    expect(results.value).toBeCloseTo(value, 6);
    for (const [i, expected] of gradient.entries()) expect(results.gradient[i]).toBeCloseTo(expected, 6);
    expect(maskedLossSum(choice, { forecast, target, mask, classes: 4 })).toBeCloseTo(3 * value, 12);
  },
);

test('a batch without a known cell has loss 0 and no gradient', () => {
  const none = tf.zeros([4]);
  const score = (f: tf.Tensor) => maskedLoss({ loss: 'mse', huberDelta: 1 }, f, tf.tensor1d(target), none, 0);
  const { value, grad } = tf.tidy(() => tf.valueAndGrad(score)(tf.tensor1d(forecast)));
  expect(value.dataSync()[0]).toBe(0);
  expect([...grad.dataSync()].every((g) => g === 0)).toBe(true);
  tf.dispose([none, value, grad]);
  expect(countKnown(mask)).toBe(3);
});

test('cross-entropy: -ln of the probability of what is true, a mean over known steps', () => {
  const probability = [0.7, 0.2, 0.1, 0.25, 0.5, 0.25, 0.1, 0.1, 0.8]; // [steps 3, classes 3]
  const truth = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const known = [1, 1, 1, 1, 1, 1, 0, 0, 0];
  const expected = -(Math.log(0.7) + Math.log(0.5)) / 2;
  const value = tf.tidy(() => {
    const cells = [probability, truth, known].map((values) => tf.tensor2d(values, [3, 3]));
    return maskedLoss(SURPRISE, cells[0]!, cells[1]!, cells[2]!, 6).dataSync()[0]!;
  });
  expect(value).toBeCloseTo(expected, 6);
  const [f, t, m] = [probability, truth, known].map((values) => Float32Array.from(values));
  const sum = maskedLossSum(SURPRISE, { forecast: f!, target: t!, mask: m!, classes: 3 });
  expect(sum / 6).toBeCloseTo(expected, 6);
});
