import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { startCpuBackend } from '../../engine/backends/cpu.ts';
import { ModelSchema } from '../../engine/contract/experiment/model.ts';
import { createForecastModel } from '../../engine/models/forecast-model.ts';
import { glorotUniform, orthogonalRows } from '../../engine/models/initializers.ts';
import {
  createParameterSet,
  initializeParameters,
  type NamedArray,
  sizeOf,
} from '../../engine/models/parameters.ts';
import { seedRandomStream } from '../../engine/training/random-streams.ts';
import { SMALL_MODELS } from './toys.ts';

beforeAll(startCpuBackend);

const SHAPE = { inputs: 3, lookback: 5, horizon: 4, targets: 2 };
const model = createForecastModel(
  ModelSchema.parse({ kind: 'lstm', units: 6, layers: 2, forgetBias: 1.5 }),
  SHAPE,
);

test('parameters are named by layer, with their shapes and their count', () => {
  expect(Object.fromEntries(model.specs.map(({ name, shape }) => [name, shape]))).toEqual({
    'lstm/0/kernel': [3, 24],
    'lstm/0/recurrentKernel': [6, 24],
    'lstm/0/bias': [24],
    'lstm/1/kernel': [6, 24],
    'lstm/1/recurrentKernel': [6, 24],
    'lstm/1/bias': [24],
    'head/kernel': [6, 8],
    'head/bias': [8],
  });
  expect(model.parameterCount).toBe(model.specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
  expect(model.parameterCount).toBe(24 * (3 + 6 + 1) + 24 * (6 + 6 + 1) + 8 * 7);
});

test('the forget gates start with their bias, the others at 0', () => {
  const first = initializeParameters(model.specs, seedRandomStream(1, 'init'));
  for (const layer of [0, 1]) {
    const { values } = first.find(({ name }) => name === `lstm/${layer}/bias`)!;
    expect([...values]).toEqual([6, 12, 18, 24].flatMap((end) => new Array(6).fill(end === 12 ? 1.5 : 0)));
  }
});

test.each(Object.entries(SMALL_MODELS))(
  '%s that starts at zero forecasts no change, and is the same before its head',
  (_, model) => {
    const shape = { inputs: 2, lookback: 8, horizon: 3, targets: 2 };
    const weightsOf = (startsAtZero: boolean) => {
      const built = createForecastModel(ModelSchema.parse(model), { ...shape, startsAtZero });
      return { built, weights: initializeParameters(built.specs, seedRandomStream(1, 'init')) };
    };
    const { built, weights } = weightsOf(true);
    const parameters = createParameterSet(built.specs, weights);
    const x = tf.randomUniform([4, shape.lookback, shape.inputs], -1, 1) as tf.Tensor3D;
    const answer = built.predict({ x }, parameters.weight);
    expect(answer.shape).toEqual([4, shape.horizon, shape.targets]);
    expect([...answer.dataSync()].every((value) => value === 0)).toBe(true);
    tf.dispose([x, answer]);
    parameters.dispose();
    const isHead = ({ name }: NamedArray) => name.startsWith('head/');
    const before = weightsOf(false).weights;
    expect(weights.filter((one) => !isHead(one))).toEqual(before.filter((one) => !isHead(one)));
    expect(before.filter(isHead).some(({ values }) => values.some((value) => value !== 0))).toBe(true);
  },
);

test('Glorot: uniform up to the limit', () => {
  const values = glorotUniform(seedRandomStream(1, 'init'), 30, 70);
  const limit = Math.sqrt(6 / 100);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  expect(high).toBeLessThanOrEqual(limit);
  expect(high).toBeGreaterThan(0.99 * limit);
  expect(low).toBeLessThan(-0.99 * limit);
  const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  expect(square).toBeCloseTo((limit * limit) / 3, 2);
});

test.each([
  [1, 4],
  [6, 24],
  [40, 40],
])('recurrent kernels: %i orthonormal rows of %i', (rows, columns) => {
  const values = orthogonalRows(seedRandomStream(9, 'init'), rows, columns);
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b <= a; b++) {
      let dot = 0;
      for (let i = 0; i < columns; i++) dot += values[a * columns + i]! * values[b * columns + i]!;
      expect(Math.abs(dot - (a === b ? 1 : 0))).toBeLessThan(1e-6);
    }
  }
});

/** Plain loops in float64. */
function reference(arrays: readonly NamedArray[], inputs: Float32Array, batch: number): number[] {
  const values = (name: string) => arrays.find((array) => array.name === name)!.values;
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const units = 6;
  const forecasts: number[] = [];
  for (let row = 0; row < batch; row++) {
    let sequence = Array.from({ length: 5 }, (_, t) => [
      ...inputs.subarray((row * 5 + t) * 3, (row * 5 + t + 1) * 3),
    ]);
    for (const layer of [0, 1]) {
      const [w, u, b] = ['kernel', 'recurrentKernel', 'bias'].map((part) =>
        values(`lstm/${layer}/${part}`),
      ) as [Float32Array, Float32Array, Float32Array];
      let h = new Array<number>(units).fill(0);
      let c = new Array<number>(units).fill(0);
      sequence = sequence.map((x) => {
        const z = Array.from(b, (bias, j) => {
          const fromInput = x.reduce((sum, value, i) => sum + value * w[i * 24 + j]!, bias);
          return h.reduce((sum, value, i) => sum + value * u[i * 24 + j]!, fromInput);
        });
        c = c.map((old, j) => sigmoid(z[units + j]!) * old + sigmoid(z[j]!) * Math.tanh(z[2 * units + j]!));
        h = c.map((cell, j) => sigmoid(z[3 * units + j]!) * Math.tanh(cell));
        return h;
      });
    }
    const last = sequence.at(-1)!;
    const kernel = values('head/kernel');
    values('head/bias').forEach((bias, j) => {
      forecasts.push(last.reduce((sum, value, i) => sum + value * kernel[i * 8 + j]!, bias));
    });
  }
  return forecasts;
}

test('predicts what plain loops give, [batch, horizon, targets]', () => {
  const random = seedRandomStream(2, 'init');
  const arrays = initializeParameters(model.specs, random);
  for (const { values } of arrays)
    for (let i = 0; i < values.length; i++) values[i]! += 0.1 * random.uniform();
  const inputs = Float32Array.from({ length: 2 * 5 * 3 }, () => 4 * random.uniform() - 2);
  const parameters = createParameterSet(model.specs, arrays);
  const forecast = tf.tidy(() => model.predict({ x: tf.tensor3d(inputs, [2, 5, 3]) }, parameters.weight));
  expect(forecast.shape).toEqual([2, 4, 2]);
  const expected = reference(arrays, inputs, 2);
  for (const [i, value] of forecast.dataSync().entries()) expect(value).toBeCloseTo(expected[i]!, 5);
  forecast.dispose();
  parameters.dispose();
});

test('a parameter set reads its values out as copies, and refuses another model', () => {
  const arrays: NamedArray[] = [{ name: 'a', shape: [2], values: Float32Array.of(1, 2) }];
  const specs = [{ name: 'a', shape: [2], initialize: () => Float32Array.of(0, 0) }];
  const before = tf.memory().numTensors;
  const parameters = createParameterSet(specs, arrays);
  arrays[0]!.values[1] = 7;
  const [copy] = parameters.read();
  expect(copy).toEqual({ name: 'a', shape: [2], values: Float32Array.of(1, 2) });
  copy!.values[0] = 9;
  expect([...parameters.weight('a').dataSync()]).toEqual([1, 2]);
  expect(() => parameters.weight('b')).toThrow('no parameter b');
  expect(() => createParameterSet(specs, [{ ...arrays[0]!, shape: [1, 2] }])).toThrow(
    /another model.*a \[2\].*a \[1,2\]/,
  );
  parameters.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
