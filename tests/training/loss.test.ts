// Losses of a batch and their gradients computed by hand, on both backends that need no peer; evaluation gives the same numbers.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import { fastPathCalls } from '../../engine/backends/simd/index.ts';
import {
  countKnown,
  createTruth,
  type LossChoice,
  maskedLoss,
  maskedLossSum,
} from '../../engine/training/loss.ts';

const forecast = Float32Array.of(1, 2, 3, 4);
const target = Float32Array.of(0, 4, 0, 3.5);
const mask = Float32Array.of(1, 1, 0, 1);
const SURPRISE = { loss: 'cross-entropy', huberDelta: 1 } as const;

type Shape = readonly [batch: number, steps: number, targets: number];

interface Batch {
  readonly answer: Float32Array;
  readonly target: Float32Array;
  readonly mask: Float32Array;
  readonly shape: Shape;
}

/** Value and gradient in the answer; leaves nothing behind. */
function learn(choice: LossChoice, batch: Batch): { value: number; gradient: number[] } {
  const before = tf.memory().numTensors;
  const result = tf.tidy(() => {
    const truth = createTruth(choice, batch, batch.shape);
    const answer = tf.tensor3d(batch.answer, [...batch.shape]);
    const { value, grad } = tf.valueAndGrad((f: tf.Tensor) => maskedLoss(choice, f, truth))(answer);
    return { value: value.dataSync()[0]!, gradient: [...grad.dataSync()] };
  });
  expect(tf.memory().numTensors).toBe(before);
  return result;
}

describe.each(['simd', 'cpu'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await selectBackend(backend, { allowFallback: false, threads: 1 });
    fastPathCalls.clear();
  });
  afterAll(() => tf.setBackend('cpu'));

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
      const result = learn(choice, { answer: forecast, target, mask, shape: [1, 2, 2] });
      expect(result.value).toBeCloseTo(value, 6);
      for (const [i, expected] of gradient.entries()) expect(result.gradient[i]).toBeCloseTo(expected, 6);
      expect(maskedLossSum(choice, { forecast, target, mask, classes: 4 })).toBeCloseTo(3 * value, 12);
    },
  );

  test('a batch without a known cell has loss 0 and no gradient, whatever it contains', () => {
    const wild = Float32Array.of(Number.NaN, Infinity, 1, 2);
    for (const loss of ['mse', 'mae', 'huber', 'cross-entropy'] as const) {
      const batch = { answer: forecast, target: wild, mask: new Float32Array(4), shape: [1, 2, 2] as const };
      expect(learn({ loss, huberDelta: 1 }, batch)).toEqual({ value: 0, gradient: [0, 0, 0, 0] });
    }
  });

  test('cross-entropy: -ln of the probability of what is true, a mean over known steps', () => {
    const probability = [0.7, 0.2, 0.1, 0.25, 0.5, 0.25, 0.1, 0.1, 0.8]; // [steps 3, classes 3]
    const truth = [1, 0, 0, 0, 1, 0, 0, 0, 1];
    const known = [1, 1, 1, 1, 1, 1, 1, 0, 1]; // of the last step one class is unknown
    const expected = -(Math.log(0.7) + Math.log(0.5)) / 2;
    const { value, gradient } = learn(SURPRISE, {
      answer: Float32Array.from(probability, (p) => Math.log(p) + 3), // softmax takes the 3 out again
      target: Float32Array.from(truth),
      mask: Float32Array.from(known),
      shape: [1, 3, 3],
    });
    expect(value).toBeCloseTo(expected, 6);
    const slopes = probability.map((p, i) => (i < 6 ? (p - truth[i]!) / 2 : 0));
    for (const [i, slope] of slopes.entries()) expect(gradient[i]).toBeCloseTo(slope, 6);
    const cells = [probability, truth, known].map((values) => Float32Array.from(values.slice(0, 6)));
    const sum = maskedLossSum(SURPRISE, {
      forecast: cells[0]!,
      target: cells[1]!,
      mask: cells[2]!,
      classes: 3,
    });
    expect(sum / 6).toBeCloseTo(expected, 6);
  });

  test('cross-entropy learns from a class that was thought impossible', () => {
    const batch = {
      answer: Float32Array.of(60, 0, 0),
      target: Float32Array.of(0, 1, 0),
      mask: Float32Array.of(1, 1, 1),
      shape: [1, 1, 3] as const,
    };
    const { value, gradient } = learn(SURPRISE, batch);
    expect(value).toBeCloseTo(60, 4);
    expect(gradient).toEqual([1, -1, 0].map((slope) => expect.closeTo(slope, 6)));
  });

  test('the fast path was taken on simd, and only there', () => {
    for (const kernel of ['cellLossForward', 'cellLossBackward', 'crossEntropyForward']) {
      expect(fastPathCalls.has(kernel), kernel).toBe(backend === 'simd');
    }
  });
});

test.each([
  ['two classes', [1, 1, 0]],
  ['no class', [0, 0, 0]],
  ['shares', [0.25, 0.75, 0]],
  ['nothing known', [Number.NaN, 1, 0]],
])('cross-entropy refuses targets with %s, naming them', (_, cells) => {
  const batch = { target: Float32Array.from(cells), mask: Float32Array.of(1, 1, 1) };
  expect(() => createTruth(SURPRISE, batch, [1, 1, 3])).toThrow(
    new RegExp(`1 for the true class.*has ${cells.join(', ')} in model units; choose another task\\.loss`),
  );
});

test('known cells are counted', () => {
  expect(countKnown(mask)).toBe(3);
});
