// Heads: quantiles that cannot cross, gradients by central differences, quantiles of the normal distribution, and models of every kind
// whose point forecast is one of their numbers.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import { ModelSchema } from '../../engine/contract/experiment/model.ts';
import { createForecastModel } from '../../engine/models/forecast-model.ts';
import { gaussianHead } from '../../engine/models/heads/gaussian.ts';
import { normalQuantile } from '../../engine/models/heads/normal-quantile.ts';
import { quantileHead } from '../../engine/models/heads/quantiles.ts';
import { createParameterSet, initializeParameters } from '../../engine/models/parameters.ts';
import { lossAndGradients } from '../../engine/ops/gradients.ts';
import { createTruth, maskedLoss, maskedLossSum } from '../../engine/training/loss.ts';
import { seedRandomStream } from '../../engine/training/random-streams.ts';
import { makeRandom } from '../data/made-series.ts';

beforeAll(() => selectBackend('simd', { allowFallback: false, threads: 1 }));

const LEVELS = [0.05, 0.3, 0.5, 0.6, 0.95];
const HEADS = { pinball: quantileHead(LEVELS), gaussian: gaussianHead(LEVELS) };
const random = makeRandom(8);
const drawn = (length: number, size = 3) => Float64Array.from({ length }, () => (random() - 0.5) * 2 * size);

describe.each(Object.entries(HEADS))('%s', (_name, head) => {
  test('quantiles rise, whatever the numbers are', () => {
    const out = new Float64Array(LEVELS.length);
    for (const size of [0.1, 3, 1e4]) {
      for (let turn = 0; turn < 200; turn += 1) {
        head.quantiles(drawn(head.width, size), out);
        for (let level = 1; level < out.length; level += 1) {
          expect(out[level]!).toBeGreaterThanOrEqual(out[level - 1]!);
        }
      }
    }
    const numbers = drawn(head.width);
    head.quantiles(numbers, out);
    expect(out[LEVELS.indexOf(0.5)]).toBeCloseTo(numbers[head.point]!, 12);
  });

  test('its sums, of which an export makes layers, are the same quantiles', () => {
    const { under, ofNumbers, ofRoots, constant } = head.sums;
    const out = new Float64Array(LEVELS.length);
    for (let turn = 0; turn < 50; turn += 1) {
      const numbers = drawn(head.width);
      head.quantiles(numbers, out);
      out.forEach((quantile, level) => {
        const parts = [...numbers].map(
          (value, at) => ofNumbers[at]![level]! * value + ofRoots[at]![level]! * Math.hypot(value, under),
        );
        expect(parts.reduce((sum, part) => sum + part, constant[level]!)).toBeCloseTo(quantile, 9);
      });
    }
  });

  test('the gradient is that of central differences', () => {
    const gradient = new Float64Array(head.width);
    const nothing = new Float64Array(head.width);
    for (let turn = 0; turn < 50; turn += 1) {
      const numbers = drawn(head.width);
      const truth = drawn(1)[0]!;
      head.loss(numbers, truth, gradient);
      numbers.forEach((value, at) => {
        const near = (step: number) => head.loss(numbers.with(at, value + step), truth, nothing);
        expect((near(1e-6) - near(-1e-6)) / 2e-6).toBeCloseTo(gradient[at]!, 4);
      });
    }
  });
});

test('losses by hand', () => {
  const gradient = new Float64Array(5);
  const values = new Float64Array(5);
  const numbers = Float64Array.of(0.2, -1, 4, 2, -3);
  HEADS.pinball.quantiles(numbers, values);
  const wanted = LEVELS.map((level, at) => {
    const error = 4.5 - values[at]!;
    return error >= 0 ? level * error : (level - 1) * error;
  });
  const mean = wanted.reduce((sum, one) => sum + one, 0) / 5;
  expect(HEADS.pinball.loss(numbers, 4.5, gradient)).toBeCloseTo(mean, 12);
  // A deviation of 1.001 at 0: ln(1.001) + ln(2 pi) / 2 + (2 / 1.001)^2 / 2.
  const likelihood = Math.log(1.001) + Math.log(2 * Math.PI) / 2 + (2 / 1.001) ** 2 / 2;
  expect(HEADS.gaussian.loss(Float64Array.of(1, 0), 3, gradient)).toBeCloseTo(likelihood, 9);
});

// scipy.stats.norm.ppf
test.each([
  [0.001, -3.090_232_306_167_81],
  [0.05, -1.644_853_626_951_47],
  [0.3, -0.524_400_512_708_04],
  [0.5, 0],
  [0.975, 1.959_963_984_540_054],
  [0.999_9, 3.719_016_485_455_68],
])('the quantile %s of the normal distribution is %s', (level, value) => {
  expect(normalQuantile(level)).toBeCloseTo(value, 7);
});

describe.each([
  ['gru', { kind: 'gru', units: 4 }],
  ['gru by channel', { kind: 'gru', units: 4, channelIndependent: true }],
  ['attention', { kind: 'attention', units: 4, heads: 2, layers: 1 }],
  ['encoder-decoder', { kind: 'encoder-decoder', units: 4 }],
  ['linear', { kind: 'linear', fit: 'gradient' }],
])('%s', (_name, settings) => {
  const shape = { inputs: 2, lookback: 5, horizon: 3, targets: 2 };
  const [batch, cells] = [4, 4 * 3 * 2];
  const x = Float32Array.from(drawn(batch * 5 * 2));
  const target = Float32Array.from(drawn(cells));
  const mask = Float32Array.from({ length: cells }, (_, at) => (at % 5 === 0 ? 0 : 1));

  test.each(['pinball', 'gaussian'] as const)('%s: its loss falls along its gradient', (loss) => {
    const head = HEADS[loss];
    const model = createForecastModel(ModelSchema.parse(settings), { ...shape, head });
    const parameters = createParameterSet(
      model.specs,
      initializeParameters(model.specs, seedRandomStream(1, 'init')),
    );
    const choice = { loss, huberDelta: 1, quantiles: LEVELS };
    const window = { x: tf.tensor3d(x, [batch, 5, 2]) };
    const truth = createTruth(choice, { target, mask }, [batch, 3, 2]);
    const lossNow = () => maskedLoss(choice, model.answer(window, parameters.weight, {}), truth);
    const variables = model.specs.map(({ name }) => parameters.weight(name) as tf.Variable);
    const { loss: before, gradients } = lossAndGradients(lossNow, variables);
    const answers = model.answer(window, parameters.weight, {}).dataSync() as Float32Array;
    const point = model.predict(window, parameters.weight).dataSync();
    expect(answers.length).toBe(cells * head.width);
    point.forEach((value, cell) => {
      expect(value).toBe(answers[cell * head.width + head.point]);
    });
    const known = mask.reduce((sum, one) => sum + one, 0);
    const onHost = maskedLossSum(choice, {
      forecast: new Float32Array(cells),
      answers,
      target,
      mask,
      classes: 2,
    });
    expect(before.dataSync()[0]).toBeCloseTo(onHost / known, 5);
    variables.forEach((variable, at) => {
      variable.assign(tf.sub(variable, tf.mul(gradients[at]!, 0.01)));
    });
    expect(lossNow().dataSync()[0]).toBeLessThan(before.dataSync()[0]!);
  });
});
