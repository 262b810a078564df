// Compiled attention, layers, losses and arithmetic against the composed and the stock ops over random shapes and options.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCpuBackend } from '../../engine/backends/cpu.ts';
import { fastPathCalls, registerSimdBackend, type SimdBackend } from '../../engine/backends/simd/index.ts';
import { type AttentionOptions, attention, selfAttention } from '../../engine/ops/attention/attention.ts';
import { attentionComposed } from '../../engine/ops/attention/attention-composed.ts';
import { addPositions } from '../../engine/ops/attention/positions.ts';
import { embedding } from '../../engine/ops/embedding.ts';
import { gelu, geluComposed } from '../../engine/ops/gelu.ts';
import {
  addLayerNorm,
  addLayerNormComposed,
  layerNorm,
  layerNormComposed,
  type NormalizedSum,
} from '../../engine/ops/layer-norm.ts';
import { crossEntropy, crossEntropyComposed } from '../../engine/ops/losses/cross-entropy.ts';
import { meanSquaredError } from '../../engine/ops/losses/mse.ts';
import { pinball } from '../../engine/ops/losses/pinball.ts';
import { expectClose, expectNoLeak, Numbers } from './numbers.ts';

let backend: SimdBackend;
const pieces = () => backend.kernels.allocator.statistics().piecesInUse;
beforeAll(async () => {
  await startCpuBackend();
  backend = await registerSimdBackend({ threads: 2 });
});
afterAll(() => tf.removeBackend('simd'));

type Op = (...inputs: tf.Tensor[]) => tf.Tensor;

/** Two ways of computing one thing: results and gradients agree. */
function compare(actual: Op, expected: Op, inputs: tf.Tensor[], weight: tf.Tensor): void {
  const all = [actual, expected].map((op) => {
    const gradients = tf.grads((...values) => tf.sum(tf.mul(op(...values), weight)))(inputs);
    return [op(...inputs), ...gradients];
  });
  all[1]!.forEach((tensor, index) => {
    const what = index === 0 ? 'result' : `gradient ${index - 1}`;
    expectClose(all[0]![index]!.dataSync(), tensor.dataSync(), what, { relative: 1e-4, absolute: 2e-5 });
  });
}

const extent = (max: number) => fc.integer({ min: 1, max });

const attentionShapes = fc.record({
  batch: extent(3),
  queries: extent(40),
  keys: extent(40),
  heads: extent(4),
  dim: extent(18),
  causal: fc.boolean(),
  masked: fc.boolean(),
  rate: fc.constantFrom(0, 0.1, 0.7),
  seed: extent(1e6),
});

describe('attention', () => {
  it('agrees over random shapes and options, and leaves nothing behind', () => {
    const check = (shape: typeof attentionShapes extends fc.Arbitrary<infer T> ? T : never) => {
      const { batch, queries, keys, heads, dim, causal, masked, rate, seed } = shape;
      const numbers = new Numbers(seed);
      const query = numbers.tensor([batch, queries, heads * dim], 2);
      const [key, value] = [1, 2].map(() => numbers.tensor([batch, keys, heads * dim], 2)) as [
        tf.Tensor,
        tf.Tensor,
      ];
      const known = numbers.array(batch * keys).map((number) => (number > -0.3 ? 1 : 0));
      const mask = masked ? tf.tensor2d(known, [batch, keys]) : undefined;
      const dropout = { rate, key: { seed, stream: 3, step: 0xffffffff } };
      const options: AttentionOptions = { heads, causal, mask, dropout: rate > 0 ? dropout : undefined };
      const run =
        (op: typeof attention): Op =>
        (q, k, v) =>
          op(q as tf.Tensor3D, k as tf.Tensor3D, v as tf.Tensor3D, options).outputs;
      compare(run(attention), run(attentionComposed), [query, key, value], numbers.tensor(query.shape));
    };
    fc.assert(
      fc.property(attentionShapes, (shape) => expectNoLeak(pieces, () => tf.tidy(() => check(shape)))),
      { numRuns: 60, seed: 7 },
    );
  });

  it('of a sequence to itself is attention of its parts, bit for bit', () => {
    tf.tidy(() => {
      const projected = new Numbers(5).tensor<tf.Rank.R3>([3, 21, 36]);
      const [q, k, v] = tf.split(projected, 3, 2) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
      const joined = selfAttention(projected, { heads: 2 }).outputs.dataSync();
      expect(joined).toEqual(attention(q, k, v, { heads: 2 }).outputs.dataSync());
    });
  });

  it('refuses heads that do not divide the width, and shapes that do not fit', () => {
    tf.tidy(() => {
      const x = tf.zeros<tf.Rank.R3>([1, 2, 6]);
      expect(() => attention(x, x, x, { heads: 4 })).toThrow('width 6 cannot have 4 heads');
      expect(() => attention(x, x, tf.zeros([1, 3, 6]), { heads: 2 })).toThrow('as many values as keys');
    });
  });
});

describe('layers', () => {
  it('layer-norm and gelu agree over random shapes', () => {
    const shapes = fc.record({
      rows: extent(200),
      columns: extent(70),
      seed: extent(1e6),
      weighted: fc.boolean(),
    });
    fc.assert(
      fc.property(shapes, ({ rows, columns, seed, weighted }) =>
        expectNoLeak(pieces, () =>
          tf.tidy(() => {
            const numbers = new Numbers(seed);
            const [x, weight] = [numbers.tensor([rows, columns], 3), numbers.tensor([rows, columns])];
            const weights = weighted ? [numbers.tensor([columns]), numbers.tensor([columns])] : [];
            const norm =
              (op: typeof layerNorm): Op =>
              (value, gain, bias) =>
                op(value!, { gain: gain as tf.Tensor1D, bias: bias as tf.Tensor1D }, 0.1);
            compare(norm(layerNorm), norm(layerNormComposed), [x, ...weights], weight);
            compare(gelu as Op, geluComposed as Op, [x], weight);
          }),
        ),
      ),
      { numRuns: 25, seed: 3 },
    );
  });

  it('layer-norm of a sum agrees in both of its results, of which one may be unused', () => {
    const shapes = fc.record({ rows: extent(100), columns: extent(40), seed: extent(1e6) });
    const used = {
      both: ({ sum, normal }: NormalizedSum<tf.Tensor>) => tf.add(tf.square(sum), normal),
      sum: ({ sum }: NormalizedSum<tf.Tensor>) => tf.square(sum),
      normal: ({ normal }: NormalizedSum<tf.Tensor>) => normal,
    };
    fc.assert(
      fc.property(shapes, fc.constantFrom('both', 'sum', 'normal'), ({ rows, columns, seed }, part) =>
        expectNoLeak(pieces, () =>
          tf.tidy(() => {
            const numbers = new Numbers(seed);
            const [x, addend, weight] = [3, 2, 1].map((scale) => numbers.tensor([rows, columns], scale));
            const norm =
              (op: typeof addLayerNorm): Op =>
              (value, other, gain, bias) =>
                used[part](op(value!, other!, { gain: gain as tf.Tensor1D, bias: bias as tf.Tensor1D }, 0.1));
            const weights = [numbers.tensor([columns]), numbers.tensor([columns])];
            // Where only the sum is used, the weights have no gradient.
            const inputs = part === 'sum' ? [x!, addend!] : [x!, addend!, ...weights];
            compare(norm(addLayerNorm), norm(addLayerNormComposed), inputs, weight!);
          }),
        ),
      ),
      { numRuns: 40, seed: 4 },
    );
  });

  it('layer-norm agrees over more rows than it has pieces of the usual size', () => {
    expectNoLeak(pieces, () =>
      tf.tidy(() => {
        const numbers = new Numbers(9);
        const [x, weight] = [numbers.tensor([70_001, 3], 3), numbers.tensor([70_001, 3], 0.01)];
        const norm =
          (op: typeof layerNorm): Op =>
          (value, gain) =>
            op(value!, { gain: gain as tf.Tensor1D });
        compare(norm(layerNorm), norm(layerNormComposed), [x, numbers.tensor([3])], weight);
      }),
    );
  });

  it('refuse indices and labels outside their table', () => {
    tf.tidy(() => {
      const table = tf.zeros<tf.Rank.R2>([3, 2]);
      expect(() => embedding(table, tf.tensor1d([0, 3], 'int32'))).toThrow('at position 1 is 3');
      expect(() => crossEntropy(tf.zeros([2, 3]), tf.tensor1d([-1, 0], 'int32'))).toThrow(
        'at position 0 is -1',
      );
      expect(() => addPositions(tf.zeros([1, 4, 2]), table)).toThrow('do not fit a sequence of 4 steps');
    });
  });
});

describe('losses', () => {
  it('cross-entropy agrees over random shapes', () => {
    const shapes = fc.record({ rows: extent(150), classes: extent(40), seed: extent(1e6) });
    fc.assert(
      fc.property(shapes, ({ rows, classes, seed }) =>
        expectNoLeak(pieces, () =>
          tf.tidy(() => {
            const numbers = new Numbers(seed);
            const logits = numbers.tensor([rows, classes], 5);
            const whole = numbers.array(rows).map((value) => Math.floor(((value + 1) / 2) * classes));
            const labels = tf.tensor1d(Int32Array.from(whole), 'int32');
            const mask = tf.tensor1d(numbers.array(rows).map((value) => (value > 0 ? 1 : 0)));
            const run = (values: tf.Tensor) => crossEntropy(values, labels, { mask });
            const composed = (values: tf.Tensor) => crossEntropyComposed(values, labels, mask);
            compare(run as Op, composed as Op, [logits], tf.scalar(1));
          }),
        ),
      ),
      { numRuns: 25, seed: 3 },
    );
  });

  it('refuse shapes and levels that make no sense', () => {
    tf.tidy(() => {
      expect(() => meanSquaredError(tf.zeros([2, 3]), tf.zeros([3, 2]))).toThrow('must have the shape [3,2]');
      expect(() => pinball(tf.zeros([2, 1]), tf.zeros([2]), { levels: [1.5] })).toThrow('1.5 is no level');
    });
  });
});

describe('arithmetic', () => {
  const shapes: readonly (readonly [number[], number[]])[] = [
    [
      [3, 5],
      [3, 5],
    ],
    [[3, 5], [5]],
    [[5], [3, 5]],
    [
      [2, 3, 5],
      [3, 5],
    ],
    [
      [2, 3, 5],
      [1, 1, 5],
    ],
    [[2, 3], []],
    [[], [2, 3]],
    [[4], [1, 4]],
    [[70_000], [70_000]],
    [[40_000, 1], [1]],
    [
      [3, 1],
      [1, 5],
    ],
    [
      [3, 5],
      [3, 1],
    ],
  ];
  const ops = { Add: tf.add, Sub: tf.sub, Multiply: tf.mul, RealDiv: tf.div };

  it.each(shapes)("of [%s] and [%s] has the stock kernels' bits", async (left, right) => {
    const numbers = new Numbers(11);
    const [a, b] = [left, right].map((shape) => numbers.array(tf.util.sizeFromShape(shape), 3)) as [
      Float32Array,
      Float32Array,
    ];
    for (const op of Object.values(ops)) {
      const on = async (name: string) => {
        await tf.setBackend(name);
        return tf.tidy(() => {
          const result = op(tf.tensor(a, left), tf.tensor(b, right));
          return [...result.shape, ...result.dataSync()];
        });
      };
      const theirs = await on('cpu');
      const ours = await on('simd');
      expect(ours).toEqual(theirs);
    }
  });

  it('takes the compiled kernels', () => {
    fastPathCalls.clear();
    tf.tidy(() => {
      for (const op of Object.values(ops)) op(tf.ones([2, 3]), tf.ones([3]));
    });
    expect([...fastPathCalls.keys()]).toEqual(Object.keys(ops));
  });
});
