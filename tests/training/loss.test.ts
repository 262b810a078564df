import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { countKnown, maskedLoss, maskedLossSum } from '../../engine/training/loss.ts';
import { useCpu } from './toy.ts';

beforeAll(useCpu);

const forecast = Float32Array.of(1, 2, 3, 4);
const target = Float32Array.of(0, 4, 0, 3.5);
const mask = Float32Array.of(1, 1, 0, 1);

test.each([
  ['mse', (1 + 4 + 0.25) / 3, [2 / 3, -4 / 3, 0, 1 / 3]],
  ['mae', (1 + 2 + 0.5) / 3, [1 / 3, -1 / 3, 0, 1 / 3]],
  ['huber', (0.5 + 1.5 + 0.125) / 3, [1 / 3, -1 / 3, 0, 0.5 / 3]],
] as const)('%s is the mean over known cells, and unknown ones have no gradient', (loss, value, gradient) => {
  const results = tf.tidy(() => {
    const score = (f: tf.Tensor) => maskedLoss(loss, f, tf.tensor1d(target), tf.tensor1d(mask), 3);
    const { value: got, grad } = tf.valueAndGrad(score)(tf.tensor1d(forecast));
    return { value: got.dataSync()[0]!, gradient: [...grad.dataSync()] };
  });
  expect(results.value).toBeCloseTo(value, 6);
  for (const [i, expected] of gradient.entries()) expect(results.gradient[i]).toBeCloseTo(expected, 6);
  expect(maskedLossSum(loss, { forecast, target, mask, classes: 4 })).toBeCloseTo(3 * value, 12);
});

test('a batch without a known cell has loss 0 and no gradient', () => {
  const none = tf.zeros([4]);
  const score = (f: tf.Tensor) => maskedLoss('mse', f, tf.tensor1d(target), none, 0);
  const { value, grad } = tf.tidy(() => tf.valueAndGrad(score)(tf.tensor1d(forecast)));
  expect(value.dataSync()[0]).toBe(0);
  expect([...grad.dataSync()].every((g) => g === 0)).toBe(true);
  tf.dispose([none, value, grad]);
  expect(countKnown(mask)).toBe(3);
});
