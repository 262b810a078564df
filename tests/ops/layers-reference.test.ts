// Attention, layers and losses against plain loops in float64 and their central differences, at the edges: single rows, sizes
// that fill no lane or several blocks, huge and tiny values, everything masked, NaN and infinity; on 1, 2 and 4 threads.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCpuBackend } from '../../engine/backends/cpu.ts';
import { registerSimdBackend } from '../../engine/backends/simd/index.ts';
import { type AttentionOptions, attention } from '../../engine/ops/attention/attention.ts';
import { sinePositions } from '../../engine/ops/attention/positions.ts';
import { type Arrays, centralDifferences, references, referenceWeights } from './layers-reference.ts';
import { expectClose, type Tolerance } from './numbers.ts';
import { inputsOf, type OpCase, opCases, outcomeOf, type Tensors } from './op-cases.ts';

const covered = opCases.filter(({ op }) => op in references);

function arraysOf(given: Tensors): Arrays {
  return Object.fromEntries(
    Object.entries(given).map(([name, tensor]) => [name, Float64Array.from(tensor.dataSync())]),
  );
}

/** Results, and gradients where `gradients` are wanted, against the reference. */
function check(opCase: OpCase, tolerance: Tolerance = {}, gradients = true): void {
  const made = inputsOf(opCase);
  const [given, weight] = [arraysOf(made.given), made.weight.dataSync()];
  tf.dispose([made.given as tf.NamedTensorMap, made.weight]);
  const outcome = outcomeOf(opCase);
  const expected = references[opCase.op]!(given, opCase.inputs, opCase.options ?? {});
  expectClose(outcome.result, expected, 'result', tolerance);
  if (!gradients) return;
  for (const [name, values] of Object.entries(outcome.gradients)) {
    const differences = centralDifferences(opCase, given, weight, name);
    expectClose(values, differences, `gradient of ${name}`, { relative: 1e-4, absolute: 2e-5, ...tolerance });
  }
}

const like = (name: string, change: Partial<OpCase>): OpCase => ({
  ...opCases.find((each) => each.name === name)!,
  ...change,
});

const EDGES: readonly (readonly [string, OpCase])[] = [
  [
    'attention of one query to one key',
    like('attention', { inputs: { query: [1, 1, 4], key: [1, 1, 4], value: [1, 1, 4] }, output: [1, 1, 4] }),
  ],
  [
    'attention with more queries than keys, causal',
    like('attention, causal', {
      options: { heads: 1, causal: true },
      inputs: { query: [2, 5, 3], key: [2, 3, 3], value: [2, 3, 3] },
      output: [2, 5, 3],
    }),
  ],
  [
    'attention with fewer queries than keys, causal',
    like('attention, causal', {
      options: { heads: 1, causal: true },
      inputs: { query: [1, 2, 5], key: [1, 11, 5], value: [1, 11, 5] },
      output: [1, 2, 5],
    }),
  ],
  ['attention with a scale of its own', like('attention', { options: { heads: 2, scale: 0.3 } })],
  [
    'attention of 17 heads of one feature',
    like('attention', {
      options: { heads: 17 },
      inputs: { query: [1, 3, 17], key: [1, 4, 17], value: [1, 4, 17] },
      output: [1, 3, 17],
    }),
  ],
  ['tiny values in attention', like('attention', { scale: 1e-30 })],
  ['layer-norm of one feature', like('layer-norm, plain', { inputs: { x: [3, 1] }, output: [3, 1] })],
  [
    'layer-norm of a single row',
    like('layer-norm', { inputs: { x: [1, 33], gain: [33], bias: [33] }, output: [1, 33] }),
  ],
  [
    'layer-norm of 130 rows, more than a piece',
    like('layer-norm', { inputs: { x: [130, 5], gain: [5], bias: [5] }, output: [130, 5] }),
  ],
  ['tiny values in layer-norm', like('layer-norm, plain', { scale: 1e-30 })],
  ['softmax of one class', like('softmax', { inputs: { x: [4, 1] }, output: [4, 1] })],
  ['gelu of one value', like('gelu', { inputs: { x: [1] }, output: [1] })],
  ['embedding of one column', like('embedding', { inputs: { table: [3, 1], index: [5] }, output: [5, 1] })],
  [
    'embedding in a table of 70 columns',
    like('embedding', { inputs: { table: [4, 70], index: [9] }, output: [9, 70] }),
  ],
  ['cross-entropy of one row', like('cross-entropy', { inputs: { logits: [1, 5], index: [1] } })],
  [
    'pinball of one level',
    like('pinball, masked', {
      options: { levels: [0.3] },
      inputs: { forecast: [9, 1], target: [9], mask: [9] },
    }),
  ],
];

/** Larger or extreme inputs, results only or with wider tolerances. */
const LARGE: readonly (readonly [string, OpCase, Tolerance])[] = [
  [
    'attention over several blocks of keys',
    like('attention', {
      options: { heads: 1 },
      inputs: { query: [1, 9, 4], key: [1, 1100, 4], value: [1, 1100, 4] },
      output: [1, 9, 4],
    }),
    {},
  ],
  [
    'causal attention over several blocks',
    like('attention', {
      options: { heads: 1, causal: true },
      inputs: { query: [1, 700, 3], key: [1, 700, 3], value: [1, 700, 3] },
      output: [1, 700, 3],
    }),
    {},
  ],
  ['attention with scores beyond 1e4', like('attention', { scale: 200 }), { relative: 1e-2, absolute: 1 }],
  ['layer-norm of 1e4', like('layer-norm', { scale: 1e4 }), { absolute: 1 }],
  ['softmax of 1e4', like('softmax', { scale: 1e4 }), {}],
  ['gelu of 1e4', like('gelu', { scale: 1e4 }), {}],
  ['mse of 1e4', like('mse', { scale: 1e4 }), {}],
  [
    'mse of 10,000 cells, several pieces',
    like('mse, masked', { inputs: { forecast: [10_000], target: [10_000], mask: [10_000] } }),
    {},
  ],
  [
    'cross-entropy of 300 rows, several pieces',
    like('cross-entropy, masked', { inputs: { logits: [300, 7], index: [300], mask: [300] } }),
    {},
  ],
  ['cross-entropy of 1e4', like('cross-entropy', { scale: 1e4 }), {}],
];

function everyEdge(): void {
  it.each(covered.map((opCase) => [opCase.name, opCase] as const))('%s', (_, opCase) => check(opCase));
  it.each(EDGES)('%s', (_, opCase) => check(opCase));
  it.each(LARGE)('%s', (_, opCase, tolerance) => check(opCase, tolerance, false));

  it("weights on request are the reference's", () => {
    for (const name of ['attention, causal and padded', 'attention, padded', 'attention']) {
      const opCase = like(name, {});
      tf.tidy(() => {
        const { given } = inputsOf(opCase);
        const { query, key, value, mask } = given as Record<string, tf.Tensor3D>;
        const options = { ...opCase.options, mask: mask as unknown as tf.Tensor2D } as AttentionOptions;
        const { weights } = attention(query!, key!, value!, { ...options, returnWeights: true });
        const [batch, queries, width] = query!.shape;
        const sizes = { batch, queries, keys: key!.shape[1], width };
        const arrays = arraysOf(given);
        const expected: number[] = [];
        for (let entry = 0; entry < batch; entry++) {
          for (let head = 0; head < options.heads; head++) {
            for (let row = 0; row < queries; row++) {
              expected.push(...referenceWeights(arrays, sizes, opCase.options!, { entry, head, row }));
            }
          }
        }
        expect(weights!.shape).toEqual([batch, options.heads, queries, sizes.keys]);
        expectClose(weights!.dataSync(), expected, 'weights');
      });
    }
  });

  it.each(['attention, padded', 'mse, masked', 'pinball, masked', 'cross-entropy, masked'])(
    '%s: nothing known gives zeros, and zero gradients',
    (name) => {
      const none = (given: Tensors) => ({ ...given, mask: tf.zerosLike(given.mask!) });
      const { result, gradients } = outcomeOf(like(name, {}), none);
      for (const values of [result, ...Object.values(gradients)])
        expect(values.every((value) => value === 0)).toBe(true);
    },
  );

  it.each(['attention, padded', 'mse, masked', 'huber, masked', 'pinball, masked', 'cross-entropy, masked'])(
    '%s: the values at padding have no influence, not even NaN',
    (name) => {
      const poison = (given: Tensors) => {
        const mask = given.mask!;
        const poisoned = Object.entries(given).map(([key, tensor]) => {
          const padded = ['key', 'value', 'target', 'logits'].includes(key);
          return [key, padded ? poisonAt(tensor, mask) : tensor] as const;
        });
        return Object.fromEntries(poisoned);
      };
      const clean = outcomeOf(like(name, {}));
      const dirty = outcomeOf(like(name, {}), poison);
      expect(dirty).toEqual(clean);
    },
  );

  it('NaN and infinity travel along their own rows', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (const name of ['attention', 'layer-norm', 'gelu', 'relu', 'softmax', 'mse']) {
        const opCase = like(name, {});
        const first = Object.keys(opCase.inputs)[0]!;
        const change = (given: Tensors) => ({ ...given, [first]: replaceFirst(given[first]!, value) });
        const given = arraysOf(change(inputsOf(opCase).given));
        const expected = references[opCase.op]!(given, opCase.inputs, opCase.options ?? {});
        const { result } = outcomeOf(opCase, change);
        expectClose(result, expected, `${name} with ${value}`);
      }
    }
  });

  it('sine positions', () => {
    for (const [time, features] of [
      [1, 1],
      [50, 6],
      [7, 9],
    ] as const) {
      const expected = Array.from({ length: time * features }, (_, index) => {
        const [t, column] = [Math.floor(index / features), index % features];
        const angle = t / 10_000 ** ((column - (column % 2)) / features);
        return column % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
      });
      expectClose(sinePositions(time, features), expected, 'positions', { absolute: 1e-7 });
    }
  });
}

/** NaN wherever the mask, repeated over trailing axes, is 0. */
function poisonAt(tensor: tf.Tensor, mask: tf.Tensor): tf.Tensor {
  const [values, known] = [tensor.dataSync().slice(), mask.dataSync()];
  const share = values.length / known.length;
  values.forEach((_, index) => {
    if (known[Math.floor(index / share)] === 0) values[index] = Number.NaN;
  });
  return tf.tensor(values, tensor.shape);
}

function replaceFirst(tensor: tf.Tensor, value: number): tf.Tensor {
  const values = tensor.dataSync().slice();
  values[0] = value;
  return tf.tensor(values, tensor.shape);
}

describe('compiled', () => {
  beforeAll(() => registerSimdBackend({ threads: 2 }));
  afterAll(() => tf.removeBackend('simd'));
  everyEdge();
});

describe('composed on cpu', () => {
  beforeAll(() => startCpuBackend());
  everyEdge();
});

describe('threads', () => {
  it('give the same bits, 1, 2 or 4', async () => {
    const wide = like('self-attention', {
      options: { heads: 4, causal: true },
      inputs: { projected: [5, 150, 60] },
      output: [5, 150, 20],
    });
    const cases = [
      ...opCases,
      wide,
      ...EDGES.map(([, opCase]) => opCase),
      ...LARGE.map(([, opCase]) => opCase),
    ];
    const outcomes: unknown[] = [];
    for (const threads of [1, 2, 4]) {
      await registerSimdBackend({ threads });
      outcomes.push(cases.map((opCase) => bitsOf(opCase)));
      tf.removeBackend('simd');
    }
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[2]).toEqual(outcomes[0]);
  });
});

function bitsOf(opCase: OpCase): unknown {
  const { result, gradients } = outcomeOf(opCase);
  const hex = (values: Float32Array) =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');
  return [opCase.name, hex(result), ...Object.values(gradients).map(hex)];
}
