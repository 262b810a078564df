// Replaced kernels of the simd backend against the JavaScript kernels of the cpu backend: products over all transposes and
// batches, elementwise functions, softmax, fused products and convolutions; and no view outlives its tensor.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCpuBackend } from '../../../engine/backends/cpu.ts';
import { fastPathCalls, registerSimdBackend, type SimdBackend } from '../../../engine/backends/simd/index.ts';
import { BINARY_CODES, UNARY_CODES } from '../../../engine/kernels/codes.ts';
import { expectClose, Numbers } from '../../ops/numbers.ts';

let backend: SimdBackend;
beforeAll(async () => {
  await startCpuBackend();
  backend = await registerSimdBackend({ threads: 2 });
});
afterAll(() => tf.removeBackend('simd'));

/** The same computation on both backends. */
function both(compute: () => tf.Tensor): { actual: Float32Array; expected: Float32Array } {
  tf.setBackend('cpu');
  const expected = tf.tidy(() => compute().dataSync()) as Float32Array;
  tf.setBackend('simd');
  const actual = tf.tidy(() => compute().dataSync()) as Float32Array;
  return { actual, expected };
}

function agree(compute: () => tf.Tensor, what: string): void {
  const { actual, expected } = both(compute);
  expectClose(actual, expected, what, { relative: 2e-5, absolute: 2e-5 });
}

describe('products', () => {
  const shapes = fc.record({
    batchA: fc.constantFrom([], [1], [3], [2, 2]),
    batchB: fc.constantFrom([], [1], [3], [2, 2]),
    m: fc.integer({ min: 1, max: 70 }),
    n: fc.integer({ min: 1, max: 140 }),
    k: fc.integer({ min: 1, max: 30 }),
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
    seed: fc.integer({ min: 1, max: 1e6 }),
  });
  const size = (batch: readonly number[]) => batch.reduce((product, extent) => product * extent, 1);

  it('of any shape, transposes and batches agree', () => {
    fc.assert(
      fc.property(shapes, ({ batchA, batchB, m, n, k, transposeA, transposeB, seed }) => {
        fc.pre(size(batchA) === size(batchB) || size(batchA) === 1 || size(batchB) === 1);
        const matched = size(batchA) === size(batchB) ? batchA : batchB;
        agree(() => {
          const numbers = new Numbers(seed);
          const a = numbers.tensor([...batchA, ...(transposeA ? [k, m] : [m, k])]);
          const b = numbers.tensor([...matched, ...(transposeB ? [n, k] : [k, n])]);
          return tf.matMul(a, b, transposeA, transposeB);
        }, 'product');
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('longer than a block agree', () => {
    agree(
      () => tf.matMul(new Numbers(1).tensor([67, 1100]), new Numbers(2).tensor([1100, 9])),
      'long product',
    );
  });

  it.each([512, 1024])('of a depth of %i, whose rows meet in the first cache, agree', (depth) => {
    agree(
      () => tf.matMul(new Numbers(1).tensor([67, depth], 0.3), new Numbers(2).tensor([depth, 21], 0.3)),
      'product',
    );
  });

  it('fused with bias and activation agree, K = 100 and a transpose included', () => {
    for (const activation of ['linear', 'relu', 'sigmoid', 'elu', 'relu6'] as const) {
      agree(() => {
        const numbers = new Numbers(3);
        const [a, b] = [numbers.tensor<tf.Rank.R2>([5, 100]), numbers.tensor<tf.Rank.R2>([7, 100])];
        return tf.fused.matMul({ a, b, transposeB: true, bias: numbers.tensor([7]), activation });
      }, activation);
    }
  });
});

describe('elementwise functions', () => {
  it.each(Object.keys(UNARY_CODES) as (keyof typeof UNARY_CODES)[])('%s agrees and is compiled', (name) => {
    fastPathCalls.clear();
    const positive = ['Log', 'Sqrt', 'Rsqrt', 'Acosh'].includes(name);
    agree(() => {
      const x = new Numbers(4).tensor([3, 7]);
      return tf
        .engine()
        .runKernel(name, { x: positive ? tf.add(tf.square(x), 1.01) : tf.mul(x, 0.99) }) as tf.Tensor;
    }, name);
    expect(fastPathCalls.get(name)).toBeGreaterThanOrEqual(1);
  });

  it.each(Object.keys(BINARY_CODES))('%s agrees and is compiled, also when one side is repeated', (name) => {
    for (const [left, right] of [
      [
        [3, 5],
        [3, 5],
      ],
      [[3, 5], []],
      [[3, 1], [5]],
    ]) {
      agree(() => {
        const numbers = new Numbers(5);
        const [a, b] = [tf.add(tf.abs(numbers.tensor(left!)), 0.1), numbers.tensor(right!, 3)];
        return tf.engine().runKernel(name, { a, b }) as tf.Tensor;
      }, name);
    }
  });

  it('softmax agrees and is compiled', () => {
    fastPathCalls.clear();
    agree(() => tf.softmax(new Numbers(6).tensor([5, 3, 9], 8)), 'softmax');
    expect(fastPathCalls.get('Softmax')).toBe(1);
  });

  it('activations fused into convolutions are compiled', () => {
    fastPathCalls.clear();
    agree(() => {
      const numbers = new Numbers(7);
      const [x, filter] = [
        numbers.tensor<tf.Rank.R4>([1, 4, 4, 2]),
        numbers.tensor<tf.Rank.R4>([2, 2, 2, 3]),
      ];
      return tf.fused.conv2d({ x, filter, strides: 1, pad: 'same', activation: 'sigmoid' });
    }, 'convolution');
    expect(fastPathCalls.get('Sigmoid')).toBe(1);
  });
});

describe('ops that move values', () => {
  const x = (...shape: number[]) => new Numbers(8).tensor(shape);
  const cases: Record<string, [kernel: string, compute: () => tf.Tensor][]> = {
    slice: [
      ['Slice', () => tf.slice(x(3, 5, 4), [0, 4, 0], [-1, 1, -1])],
      ['Slice', () => tf.slice(x(3, 5, 4), [1, 1, 1], [2, 3, 2])],
      ['Slice', () => tf.slice(x(7), [2], [1])],
      ['Slice', () => tf.slice(x(2, 3, 2, 3, 2), [0, 1, 0, 1, 0], [2, 2, 1, 2, 1])],
    ],
    split: [
      ['SplitV', () => tf.concat(tf.split(x(3, 6, 2), 3, 1).reverse(), 1)],
      ['SplitV', () => tf.concat(tf.split(x(3, 6), [1, 2, 3], 1).reverse(), 1)],
      ['SplitV', () => tf.stack(tf.unstack(tf.split(x(4, 3), 4)[2]!))],
    ],
    concat: [
      ['Concat', () => tf.concat([x(2, 3), x(4, 3), x(1, 3)], 0)],
      ['Concat', () => tf.concat([x(2, 3, 2), x(2, 1, 2)], 1)],
      ['Concat', () => tf.concat([x(2, 3), x(2, 5)], -1)],
      [
        'Concat',
        () => tf.cast(tf.concat([tf.range(0, 3, 1, 'int32'), tf.range(5, 9, 1, 'int32')]), 'float32'),
      ],
    ],
    pad: [
      [
        'PadV2',
        () =>
          tf.pad(
            x(2, 3),
            [
              [1, 2],
              [0, 1],
            ],
            7,
          ),
      ],
      ['PadV2', () => tf.pad(x(5), [[3, 0]])],
    ],
    tile: [
      ['Tile', () => tf.tile(x(3, 1, 4), [1, 5, 1])],
      ['Tile', () => tf.tile(x(2, 3), [3, 2])],
    ],
    transpose: [
      ['Transpose', () => tf.transpose(x(3, 5, 4), [0, 2, 1])],
      ['Transpose', () => tf.transpose(x(2, 3, 4, 5), [3, 1, 2, 0])],
      ['Transpose', () => tf.transpose(x(6, 1, 7))],
    ],
    gather: [
      ['GatherV2', () => tf.gather(x(3, 5, 2), tf.tensor1d([4, 0, 0, 2], 'int32'), 1)],
      [
        'GatherV2',
        () =>
          tf.gather(
            x(3, 5),
            tf.tensor2d(
              [
                [1, 2],
                [0, 2],
              ],
              [2, 2],
              'int32',
            ),
          ),
      ],
      ['GatherV2', () => tf.gather(x(3, 4), tf.tensor1d([3, 3], 'int32'), -1)],
    ],
    mean: [
      ['Mean', () => tf.mean(x(3, 5, 4), 1)],
      ['Mean', () => tf.mean(x(3, 5, 4), [0, 1], true)],
    ],
  };
  it.each(Object.entries(cases))('%s agrees and is compiled', (_, list) => {
    for (const [index, [kernel, compute]] of list.entries()) {
      fastPathCalls.clear();
      agree(compute, `case ${index + 1}`);
      expect(fastPathCalls.get(kernel), `case ${index + 1}`).toBeGreaterThanOrEqual(1);
    }
  });

  it('of other types, of nothing and of too many axes are left to the CPU backend', () => {
    const flags = () => tf.greater(x(2, 3), 0);
    const others: (() => tf.Tensor)[] = [
      () => tf.cast(tf.slice(flags(), [0, 1], [2, 2]), 'float32'),
      () => tf.cast(tf.concat([flags(), flags()], 1), 'float32'),
      () => tf.concat([x(0, 3), x(2, 3)], 0),
      () => tf.slice(x(2, 3), [0, 0], [0, 3]),
      () => tf.transpose(x(2, 3, 2, 3, 2), [4, 1, 3, 0, 2]),
      () => tf.mean(x(3, 5, 4), [0, 2]),
      () => tf.mean(x(3, 5)),
    ];
    for (const [index, compute] of others.entries()) {
      fastPathCalls.clear();
      agree(compute, `case ${index + 1}`);
      const moved = ['Slice', 'Concat', 'Transpose', 'Mean'].filter((name) => fastPathCalls.has(name));
      expect(moved, `case ${index + 1}`).toEqual([]);
    }
  });

  it('slices and pads of any shape agree', () => {
    const axis = fc.record({ before: fc.nat(3), size: fc.integer({ min: 1, max: 4 }), after: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(axis, { minLength: 1, maxLength: 4 }), (axes) => {
        agree(() => {
          const whole = x(...axes.map(({ before, size, after }) => before + size + after));
          const begin = axes.map(({ before }) => before);
          const part = tf.slice(
            whole,
            begin,
            axes.map(({ size }) => size),
          );
          return tf.pad(part, axes.map(({ before, after }) => [after, before]) as [number, number][]);
        }, 'slice and pad');
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('indices that are not there are refused', () => {
    const wrong = () => tf.tidy(() => tf.gather(x(3, 2), tf.tensor1d([3], 'int32')));
    expect(wrong).toThrow();
  });
});

describe('memory', () => {
  it('keeps a slice that JavaScript made as a view of a tensor that is gone', () => {
    const whole = tf.tidy(() => tf.matMul(tf.ones([4, 4]), tf.ones([4, 4])));
    const part = tf.slice(whole, [1, 0], [2, 4]);
    whole.dispose();
    const other = tf.tidy(() => tf.matMul(tf.zeros([4, 4]), tf.ones([4, 4])));
    expect([...part.dataSync()]).toEqual(new Array(8).fill(4));
    tf.dispose([part, other]);
  });

  it('reads a comparison cast to float as floats', () => {
    const product = tf.tidy(() => {
      const ones = tf.cast(
        tf.greater(
          tf.tensor2d([
            [1, -1],
            [2, 3],
          ]),
          0,
        ),
        'float32',
      );
      return tf.matMul(ones, tf.ones([2, 1]));
    });
    expect([...product.dataSync()]).toEqual([1, 2]);
    product.dispose();
  });

  it('grows without detaching views, and refuses more than there is', () => {
    const small = tf.tidy(() => tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])));
    const view = backend.valuesOf(small) as Float32Array;
    const large = backend.allocate([40 * 2 ** 20]);
    expect([...view]).toEqual([2, 2, 2, 2]);
    expect(() => backend.allocate([2 ** 30])).toThrow(/memory is exhausted/);
    backend.disposeData(large.dataId);
    small.dispose();
  });
});
