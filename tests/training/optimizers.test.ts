import { expect, test } from 'vitest';
import type { NamedArray } from '../../engine/models/parameters.ts';
import { clipFactor, gradientNorms } from '../../engine/training/gradients.ts';
import { createOptimizer } from '../../engine/training/optimizers.ts';
import { seedRandomStream } from '../../engine/training/random-streams.ts';

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

test('Adam follows the paper for ten steps, with changing rates and gradients of all sizes', () => {
  const parameters: NamedArray[] = [{ name: 'a', shape: [6], values: draw(6) }];
  const start = parameters[0]!.values.slice();
  const gradients = Array.from({ length: 10 }, (_, step) => draw(6, 10 ** (step % 4) / 100));
  const rate = (step: number): number => 0.01 / step;
  const adam = createOptimizer(OPTIONS, parameters, null);
  for (const [index, gradient] of gradients.entries()) adam.step([gradient], 1, rate(index + 1));
  const expected = referenceAdam(start, gradients, rate);
  for (const [i, value] of expected.entries()) expect(parameters[0]!.values[i]).toBeCloseTo(value, 6);
});

test('the factor scales the gradient before the moments see it', () => {
  const make = (): NamedArray[] => [{ name: 'a', shape: [3], values: Float32Array.of(1, 2, 3) }];
  const [scaled, plain] = [make(), make()];
  const gradient = Float32Array.of(4, -2, 0.5);
  const optimizer = createOptimizer(OPTIONS, scaled, null);
  optimizer.step([gradient], 0.25, 0.01);
  const other = createOptimizer(OPTIONS, plain, null);
  other.step([gradient.map((g) => g / 4)], 1, 0.01);
  expect(optimizer.state()).toEqual(other.state());
  expect(scaled).toEqual(plain);
});

test('goes on from its state, found by name and not by position', () => {
  const make = (): NamedArray[] =>
    ['a', 'b'].map((name) => ({ name, shape: [2], values: Float32Array.of(1, -1) }));
  const gradients = [Float32Array.of(1, 2), Float32Array.of(-3, 4)];
  const straight = make();
  const optimizer = createOptimizer(OPTIONS, straight, null);
  for (let step = 0; step < 4; step++) optimizer.step(gradients, 1, 0.01);

  const resumed = make();
  const before = createOptimizer(OPTIONS, resumed, null);
  for (let step = 0; step < 2; step++) before.step(gradients, 1, 0.01);
  const state = before.state();
  const shuffled = { ...state, arrays: [...state.arrays].reverse() };
  const after = createOptimizer(OPTIONS, resumed, shuffled);
  for (let step = 0; step < 2; step++) after.step(gradients, 1, 0.01);
  expect(resumed).toEqual(straight);
  expect(() => createOptimizer(OPTIONS, resumed, { ...state, arrays: state.arrays.slice(1) })).toThrow('m/a');
});

test('norms are Euclidean, for each parameter and over all', () => {
  const { all, each } = gradientNorms([Float32Array.of(3, 4), Float32Array.of(12)]);
  expect(each).toEqual([5, 12]);
  expect(all).toBe(13);
  // Squares beyond float32 are no trouble.
  expect(gradientNorms([Float32Array.of(1e30, 1e30)]).all / 1e30).toBeCloseTo(Math.SQRT2, 6);
  expect(gradientNorms([Float32Array.of(1, Number.NaN)]).all).toBeNaN();
});

test('clipping brings the norm down to the limit and leaves smaller ones alone', () => {
  expect(clipFactor(4, 1)).toBe(0.25);
  expect(clipFactor(0.5, 1)).toBe(1);
  expect(clipFactor(100, null)).toBe(1);
});
