// The optimizers of a run: formulas, state by name, norms, clipping, skipped steps. On both backends that need no peer.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import { type Optimizer, OptimizerSchema } from '../../engine/contract/experiment/training.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { createParameterSet, type ParameterSet } from '../../engine/models/parameters.ts';
import { clipFactor, gradientNorms } from '../../engine/ops/optimizers/gradient-norm.ts';
import { createOptimizer, type OptimizerState, type StepSize } from '../../engine/training/optimizers.ts';
import { seedRandomStream } from '../../engine/training/random-streams.ts';
import { bitsOf } from './toy.ts';

const OPTIONS = { kind: 'adam', learningRate: 0.01, beta1: 0.8, beta2: 0.95, epsilon: 1e-6 } as const;

const random = seedRandomStream(4, 'init');
const draw = (length: number, scale = 1): Float32Array =>
  Float32Array.from({ length }, () => scale * (2 * random.uniform() - 1));

/** The formulas of the paper in float64, with powers. */
function referenceAdam(
  start: Float32Array,
  gradients: readonly Float32Array[],
  rate: (step: number) => number,
): number[] {
  const { beta1, beta2, epsilon } = OPTIONS;
  return Array.from(start, (first, i) => {
    let [w, m, v] = [first, 0, 0];
    for (const [index, gradient] of gradients.entries()) {
      const t = index + 1;
      const g = gradient[i]!;
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g ** 2;
      w -= (rate(t) * (m / (1 - beta1 ** t))) / (Math.sqrt(v / (1 - beta2 ** t)) + epsilon);
    }
    return w;
  });
}

function openSet(values: Readonly<Record<string, readonly number[]>>): ParameterSet {
  const arrays = Object.entries(values).map(([name, list]) => {
    const own = Float32Array.from(list);
    return { name, shape: [own.length], values: own, initialize: () => own };
  });
  return createParameterSet(arrays, arrays);
}

interface Steps {
  readonly options?: Optimizer;
  readonly saved?: OptimizerState | null;
  /** One step each, the gradients of all parameters. */
  readonly gradients: readonly (readonly ArrayLike<number>[])[];
  readonly size?: (step: number) => Partial<StepSize>;
}

/** Takes the steps; what they left, and whether each was taken. */
function run(parameters: ParameterSet, { options = OPTIONS, saved = null, gradients, size }: Steps) {
  const optimizer = createOptimizer(options, parameters, saved);
  const taken = gradients.map((ofStep, step) => {
    const tensors = ofStep.map((values) => tf.tensor1d(Float32Array.from(values)));
    const result = optimizer.step(tensors, { learningRate: 0.01, clipNorm: null, ...size?.(step) });
    tf.dispose(tensors);
    return result.taken;
  });
  const state = optimizer.state();
  optimizer.dispose();
  return { state, taken, weights: parameters.read() };
}

describe.each(['simd', 'cpu'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await selectBackend(backend, { allowFallback: false, threads: 1 });
  });
  afterAll(() => tf.setBackend('cpu'));

  test('Adam follows the paper for ten steps, with changing rates and gradients of all sizes', () => {
    const start = draw(6);
    const gradients = Array.from({ length: 10 }, (_, step) => draw(6, 10 ** (step % 4) / 100));
    const rate = (step: number): number => 0.01 / step;
    const { weights } = run(openSet({ a: [...start] }), {
      gradients: gradients.map((gradient) => [gradient]),
      size: (index) => ({ learningRate: rate(index + 1) }),
    });
    const expected = referenceAdam(start, gradients, rate);
    for (const [i, value] of expected.entries()) expect(weights[0]!.values[i]).toBeCloseTo(value, 6);
  });

  test('clipping scales the gradient before the moments see it', () => {
    const gradient = [4, -2, 4]; // norm 6
    const clipped = run(openSet({ a: [1, 2, 3] }), {
      gradients: [[gradient]],
      size: () => ({ clipNorm: 1.5 }),
    });
    const plain = run(openSet({ a: [1, 2, 3] }), { gradients: [[gradient.map((g) => g / 4)]] });
    for (const [index, { values }] of plain.state.arrays.entries()) {
      for (const [i, value] of values.entries()) {
        expect(clipped.state.arrays[index]!.values[i]).toBeCloseTo(value, 6);
      }
    }
    expect(clipped.state.numbers).toEqual(plain.state.numbers);
  });

  test.each(['adam', 'adamw', 'sgd', 'rmsprop'])('%s continues from its state, found by name', (kind) => {
    const options = OptimizerSchema.parse({ kind });
    const make = () => openSet({ a: [1, -1], b: [1, -1] });
    const gradients = Array.from({ length: 4 }, (_, step) => [
      [1, 2 + step],
      [-3, 4 - step],
    ]);
    const straight = run(make(), { options, gradients });
    const parameters = make();
    const { state } = run(parameters, { options, gradients: gradients.slice(0, 2) });
    const saved = { ...state, arrays: [...state.arrays].reverse() };
    const resumed = run(parameters, { options, saved, gradients: gradients.slice(2) });
    expect(bitsOf(resumed.weights)).toEqual(bitsOf(straight.weights));
    expect(bitsOf(resumed.state.arrays)).toEqual(bitsOf(straight.state.arrays));
    expect(resumed.state.numbers).toEqual(straight.state.numbers);
    const lacking = { ...state, arrays: state.arrays.slice(1) };
    expect(() => createOptimizer(options, parameters, lacking)).toThrow(state.arrays[0]!.name);
  });

  test('Adam takes its two numbers from the saved state and nothing else', () => {
    const gradients = [[[1, 2]], [[3, 4]]];
    const parameters = openSet({ a: [1, -1] });
    const { state } = run(parameters, { gradients: gradients.slice(0, 1) });
    for (const name of ['beta1Power', 'beta2Power']) {
      const { [name]: _, ...numbers } = state.numbers;
      const open = (): unknown => createOptimizer(OPTIONS, parameters, { ...state, numbers });
      expect(open).toThrow(HindcastError);
      expect(open).toThrow(name);
    }
    const strange = { ...state, numbers: { ...state.numbers, first: 0, second: 1 } };
    const resumed = run(parameters, { saved: strange, gradients: gradients.slice(1) });
    const straight = run(openSet({ a: [1, -1] }), { gradients });
    expect(bitsOf(resumed.weights)).toEqual(bitsOf(straight.weights));
    expect(resumed.state.numbers).toEqual(straight.state.numbers);
  });

  test.each(['adam', 'sgd', 'rmsprop'])('%s takes no step along a gradient that is not finite', (kind) => {
    const options = OptimizerSchema.parse({ kind });
    const before = run(openSet({ a: [1, 2], b: [3] }), { options, gradients: [[[1, 1], [1]]] });
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      const gradients = [
        [[1, 1], [1]],
        [[1, bad], [1]],
      ];
      const after = run(openSet({ a: [1, 2], b: [3] }), { options, gradients });
      expect(after.taken).toEqual([true, false]);
      expect(after).toEqual({ ...before, taken: after.taken });
    }
  });

  test('norms are Euclidean, for each parameter and over all, for values of any size', () => {
    const norms = (...values: number[][]) =>
      tf.tidy(() => {
        const { all, each } = gradientNorms(values.map((list) => tf.tensor1d(list)));
        return { all, each: [...each] };
      });
    expect(norms([3, 4], [12])).toEqual({ all: 13, each: [5, 12] });
    expect(norms([1e30, 1e30]).all / 1e30).toBeCloseTo(Math.SQRT2, 6);
    expect(norms([1e-30, 1e-30]).all / 1e-30).toBeCloseTo(Math.SQRT2, 6);
    expect(norms([0], [0, 0])).toEqual({ all: 0, each: [0, 0] });
    expect(norms([1, Number.NaN]).all).toBeNaN();
    expect(norms([1, -Infinity], [2])).toEqual({ all: Infinity, each: [Infinity, 2] });
  });
});

test('clipping brings the norm down to the limit and leaves smaller ones alone', () => {
  expect(clipFactor(4, 1)).toBeCloseTo(0.25, 6);
  expect(clipFactor(0.5, 1)).toBe(1);
  expect(clipFactor(100, undefined)).toBe(1);
});
