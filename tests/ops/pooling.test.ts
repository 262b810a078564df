// Pooling under a mask, log-softmax and the cross-entropy of a sigmoid: against plain loops in float64 with central differences, compiled
// against composed over random shapes, the same bits on 1, 2 and 4 threads; sums, positions and broadcasts with the stock kernels' bits.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCpuBackend } from '../../engine/backends/cpu.ts';
import { fastPathCalls, registerSimdBackend, type SimdBackend } from '../../engine/backends/simd/index.ts';
import { logSoftmax } from '../../engine/ops/log-softmax.ts';
import { sigmoidCrossEntropy } from '../../engine/ops/losses/sigmoid-cross-entropy.ts';
import { maskSteps } from '../../engine/ops/pooling/mask-steps.ts';
import { maxSteps } from '../../engine/ops/pooling/max-steps.ts';
import { meanSteps } from '../../engine/ops/pooling/mean-steps.ts';
import { expectClose, expectNoLeak, Numbers } from './numbers.ts';

type Reference = (
  x: Float64Array,
  sizes: Sizes,
  mask: ArrayLike<number>,
  target: ArrayLike<number>,
) => number[];

interface Sizes {
  readonly batch: number;
  readonly time: number;
  readonly units: number;
}

const OPS: Readonly<Record<string, (x: tf.Tensor3D, mask: tf.Tensor2D, target: tf.Tensor3D) => tf.Tensor>> = {
  mean: (x, mask) => meanSteps(x, mask),
  max: (x, mask) => maxSteps(x, mask),
  mask: (x, mask) => maskSteps(x, mask),
  logSoftmax: (x) => logSoftmax(x),
  sigmoid: (x, mask, target) =>
    sigmoidCrossEntropy(x, target, { mask: tf.tile(tf.expandDims(mask, 2), [1, 1, x.shape[2]]) }),
};

function known(sizes: Sizes, mask: ArrayLike<number>, b: number): number[] {
  return Array.from({ length: sizes.time }, (_, t) => t).filter((t) => mask[b * sizes.time + t] !== 0);
}

/** A value of every sequence and unit from its known steps. */
function pooled(pool: (values: number[]) => number): Reference {
  return (x, sizes, mask) =>
    Array.from({ length: sizes.batch * sizes.units }, (_, index) => {
      const [b, unit] = [Math.floor(index / sizes.units), index % sizes.units];
      return pool(known(sizes, mask, b).map((t) => x[(b * sizes.time + t) * sizes.units + unit]!));
    });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const REFERENCES: Readonly<Record<string, Reference>> = {
  mean: pooled((values) => sum(values) / Math.max(1, values.length)),
  max: pooled((values) => (values.length === 0 ? 0 : Math.max(...values))),
  mask: (x, { units }, mask) =>
    [...x].map((value, index) => (mask[Math.floor(index / units)] === 0 ? 0 : value)),
  logSoftmax: (x, { units }) =>
    [...x].map((value, index) => {
      const first = index - (index % units);
      return value - Math.log(sum([...x.subarray(first, first + units)].map(Math.exp)));
    }),
  sigmoid(x, { units }, mask, target) {
    const costs = [...x].flatMap((value, index) =>
      mask[Math.floor(index / units)] === 0
        ? []
        : [
            -target[index]! * Math.log(1 / (1 + Math.exp(-value))) -
              (1 - target[index]!) * Math.log(1 / (1 + Math.exp(value))),
          ],
    );
    return [costs.length === 0 ? 0 : sum(costs) / costs.length];
  },
};
const NAMES = Object.keys(OPS);

function inputsOf({ batch, time, units }: Sizes, seed: number) {
  const numbers = new Numbers(seed);
  const x = numbers.array(batch * time * units, 3);
  const mask = numbers.array(batch * time).map((value, index) => (index < time || value > -0.2 ? 1 : 0));
  const target = numbers.array(batch * time * units).map((value) => (value > 0 ? 1 : 0));
  return { x, mask, target };
}

/** Result, then the gradient of sum(weight * result) in x. */
function outcome(
  name: string,
  sizes: Sizes,
  seed: number,
): { result: Float32Array; gradient: Float32Array; weight: Float32Array } {
  const { x, mask, target } = inputsOf(sizes, seed);
  const shape: [number, number, number] = [sizes.batch, sizes.time, sizes.units];
  return tf.tidy(() => {
    const run = (value: tf.Tensor) =>
      OPS[name]!(
        value as tf.Tensor3D,
        tf.tensor2d(mask, [sizes.batch, sizes.time]),
        tf.tensor3d(target, shape),
      );
    const given = tf.tensor3d(x, shape);
    const result = run(given);
    const weight = new Numbers(seed + 1).array(result.size);
    const gradient = tf.grad((value) => tf.sum(tf.mul(run(value), tf.tensor(weight, result.shape))))(given);
    const floats = (tensor: tf.Tensor) => tensor.dataSync().slice() as Float32Array;
    return { result: floats(result), gradient: floats(gradient), weight };
  });
}

function checkReference(name: string, sizes: Sizes, seed: number): void {
  const { x, mask, target } = inputsOf(sizes, seed);
  const { result, gradient, weight } = outcome(name, sizes, seed);
  const reference = (values: Float64Array) => REFERENCES[name]!(values, sizes, mask, target);
  expectClose(result, reference(Float64Array.from(x)), 'result');
  const loss = (values: Float64Array) => sum(reference(values).map((value, index) => value * weight[index]!));
  const expected = Array.from(x, (value, index) => {
    const moved = (by: number) => loss(Float64Array.from(x).with(index, value + by));
    return (moved(1e-5) - moved(-1e-5)) / 2e-5;
  });
  expectClose(gradient, expected, 'gradient', { relative: 1e-4, absolute: 2e-5 });
}

const SIZES: readonly Sizes[] = [
  { batch: 1, time: 1, units: 1 },
  { batch: 3, time: 7, units: 5 },
  { batch: 2, time: 9, units: 16 },
  { batch: 5, time: 4, units: 3 },
];
const CASES = NAMES.flatMap((name) => SIZES.map((sizes) => [name, sizes] as const));

let backend: SimdBackend;
const pieces = () => backend.kernels.allocator.statistics().piecesInUse;

describe('on simd', () => {
  beforeAll(async () => {
    await startCpuBackend();
    backend = await registerSimdBackend({ threads: 2 });
  });
  afterAll(() => tf.removeBackend('simd'));

  it.each(CASES)('%s of %o is the reference and leaves nothing behind', (name, sizes) => {
    expectNoLeak(pieces, () => checkReference(name, sizes, 7));
  });

  it('take the compiled kernels', () => {
    fastPathCalls.clear();
    for (const name of NAMES) outcome(name, SIZES[1]!, 3);
    for (const path of ['poolMean', 'poolMax', 'logSoftmax']) {
      expect(fastPathCalls.get(`${path}Forward`), path).toBeGreaterThan(0);
      expect(fastPathCalls.get(`${path}Backward`), path).toBe(1);
    }
    expect(fastPathCalls.get('maskSteps')).toBeGreaterThan(1);
    expect(fastPathCalls.get('cellLossBackward')).toBe(1);
  });

  it('the values at padding have no influence, not even NaN; a sequence without steps gives 0', () => {
    tf.tidy(() => {
      const x = tf.tensor3d([1, Number.NaN, 3, Number.NaN, Number.NaN, Number.NaN], [2, 3, 1]);
      const mask = tf.tensor2d([1, 0, 1, 0, 0, 0], [2, 3]);
      for (const [op, expected] of [
        [meanSteps, [2, 0]],
        [maxSteps, [3, 0]],
      ] as const) {
        expect([...op(x, mask).dataSync()]).toEqual(expected);
        const [gradient] = tf.grads((value) => tf.sum(op(value as tf.Tensor3D, mask)))([x]);
        expect([...gradient!.dataSync()].every(Number.isFinite)).toBe(true);
      }
      expect([...maskSteps(x, mask).dataSync()]).toEqual([1, 0, 3, 0, 0, 0]);
      expect([...maxSteps(tf.tensor3d([1, Number.NaN, 3], [1, 3, 1])).dataSync()]).toEqual([Number.NaN]);
      const lowest = tf.fill<tf.Rank.R3>([1, 2, 1], Number.NEGATIVE_INFINITY);
      expect([...maxSteps(lowest).dataSync()]).toEqual([Number.NEGATIVE_INFINITY]);
    });
  });

  it('without a mask a mean is that of a mask of ones and of the stock op, to the bit, and takes the compiled kernel', () => {
    tf.tidy(() => {
      for (const [batch, time, units] of [
        [3, 7, 5],
        [2, 90, 32],
        [1, 1, 17],
      ] as const) {
        const x = new Numbers(9).tensor([batch, time, units], 3) as tf.Tensor3D;
        const weight = new Numbers(10).tensor([batch, units], 1);
        const ones = tf.ones([batch, time]) as tf.Tensor2D;
        const [own, masked, stock] = [
          (value: tf.Tensor) => meanSteps(value as tf.Tensor3D),
          (value: tf.Tensor) => meanSteps(value as tf.Tensor3D, ones),
          (value: tf.Tensor) => tf.mean(value, 1),
        ].map((mean) => {
          fastPathCalls.clear();
          const gradient = tf.grad((value) => tf.sum(tf.mul(mean(value), weight)))(x);
          return { values: [...mean(x).dataSync(), ...gradient.dataSync()], calls: new Map(fastPathCalls) };
        });
        expect(own!.values).toEqual(masked!.values);
        expect(own!.values).toEqual(stock!.values);
        expect(own!.calls.get('poolMeanBackward')).toBe(1);
      }
    });
  });

  it('logits of any size cost what they must', () => {
    tf.tidy(() => {
      const cost = (x: number, t: number) =>
        sigmoidCrossEntropy(tf.tensor1d([x]), tf.tensor1d([t])).dataSync()[0]!;
      expect(cost(1e4, 0)).toBeCloseTo(1e4, 2);
      expect(cost(-1e4, 1)).toBeCloseTo(1e4, 2);
      expect(cost(1e4, 1)).toBe(0);
      expect([...logSoftmax(tf.tensor2d([[1e4, 0]])).dataSync()]).toEqual([0, -1e4]);
    });
  });
});

describe('composed on cpu', () => {
  beforeAll(startCpuBackend);
  it.each(CASES)('%s of %o is the reference', (name, sizes) => checkReference(name, sizes, 7));
});

it('gives the same bits on 1, 2 and 4 threads', async () => {
  const results: Float32Array[][] = [];
  for (const threads of [1, 2, 4]) {
    await registerSimdBackend({ threads });
    results.push(
      NAMES.flatMap((name) => {
        const { result, gradient } = outcome(name, { batch: 9, time: 33, units: 21 }, 5);
        return [result, gradient];
      }),
    );
  }
  tf.removeBackend('simd');
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

describe('stock kernels that are compiled', () => {
  beforeAll(async () => {
    await startCpuBackend();
    backend = await registerSimdBackend({ threads: 2 });
  });
  afterAll(() => tf.removeBackend('simd'));

  function agree(compute: () => tf.Tensor): void {
    const [theirs, ours] = ['cpu', 'simd'].map((name) => {
      tf.setBackend(name);
      return tf.tidy(() => {
        const result = compute();
        return [...result.shape, ...result.dataSync()];
      });
    });
    expect(ours).toEqual(theirs);
  }

  const shapes = fc.record({
    shape: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
    first: fc.nat(3),
    axes: fc.integer({ min: 1, max: 4 }),
    keepDims: fc.boolean(),
    seed: fc.integer({ min: 1, max: 1e6 }),
  });

  it("Sum over neighbouring axes and ArgMax over the last have the stock kernels' bits", () => {
    fastPathCalls.clear();
    fc.assert(
      fc.property(shapes, ({ shape, first, axes, keepDims, seed }) => {
        const from = first % shape.length;
        const over = Array.from({ length: Math.min(axes, shape.length - from) }, (_, index) => from + index);
        agree(() => tf.sum(new Numbers(seed).tensor(shape, 3), over, keepDims));
        agree(() => tf.argMax(tf.round(new Numbers(seed).tensor(shape, 3)), shape.length - 1));
      }),
      { numRuns: 60, seed: 5 },
    );
    expect(fastPathCalls.get('Sum')).toBeGreaterThan(0);
    expect(fastPathCalls.get('ArgMax')).toBeGreaterThan(0);
  });

  const broadcasts = fc.record({
    extents: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
    left: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    right: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    cut: fc.nat(3),
    seed: fc.integer({ min: 1, max: 1e6 }),
  });

  it("arithmetic with any broadcast has the stock kernels' bits", () => {
    const ops = [tf.add, tf.sub, tf.mul, tf.div];
    fc.assert(
      fc.property(broadcasts, ({ extents, left, right, cut, seed }) => {
        const a = extents.map((extent, axis) => (left[axis] ? extent : 1));
        const b = extents
          .map((extent, axis) => (right[axis] ? extent : 1))
          .slice(Math.min(cut, extents.length - 1));
        for (const op of ops) {
          agree(() => {
            const numbers = new Numbers(seed);
            return op(numbers.tensor(a, 3), numbers.tensor(b, 3));
          });
        }
      }),
      { numRuns: 120, seed: 9 },
    );
  });

  it('a mask [batch, time, 1] and a mean over steps [batch, 1, units] are compiled', () => {
    tf.setBackend('simd');
    fastPathCalls.clear();
    tf.tidy(() => {
      tf.mul(tf.ones([2, 3, 5]), tf.ones([2, 3, 1]));
      tf.mul(tf.ones([2, 1, 5]), tf.ones([2, 3, 5]));
    });
    expect(fastPathCalls.get('Multiply')).toBe(2);
  });
});
