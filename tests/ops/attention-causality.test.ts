// A hidden key has no influence on a query, not even on its last bit: neither later keys and values, nor later queries, nor
// padding, however large. Includes scores near the size from which the kernels compute a query differently.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend } from '../../engine/backends/simd/index.ts';
import { type AttentionOptions, attention } from '../../engine/ops/attention/attention.ts';
import { Numbers } from './numbers.ts';

const HEADS = 2;
const ROW = 2 * 16;

type Name = 'query' | 'key' | 'value' | 'dy';
type Inputs = Readonly<Record<Name, Float32Array>>;

function draw(time: number): Inputs {
  const numbers = new Numbers(time);
  const one = () => numbers.array(time * ROW);
  return { query: one(), key: one(), value: one(), dy: one() };
}

/** The inputs with every number of a row replaced by 500 in the tensors named. */
function withRow(inputs: Inputs, names: readonly Name[], row: number): Inputs {
  const changed = Object.fromEntries(
    names.map((name) => [name, inputs[name].slice().fill(500, row * ROW, (row + 1) * ROW)]),
  );
  return { ...inputs, ...changed };
}

/** Outputs, weights and the gradient of the queries; bits of the first `rows` queries. */
function bitsOf(inputs: Inputs, rows: number, options: Omit<AttentionOptions, 'heads'>): Int32Array[] {
  return tf.tidy(() => {
    const tensor = (name: Name) => tf.tensor3d(inputs[name], [1, inputs[name].length / ROW, ROW]);
    const [query, key, value, dy] = [tensor('query'), tensor('key'), tensor('value'), tensor('dy')];
    const call = { heads: HEADS, ...options };
    const loss = (x: tf.Tensor) =>
      tf.sum(tf.mul(attention(x as tf.Tensor3D, key, value, call).outputs, dy)) as tf.Scalar;
    const { outputs } = attention(query, key, value, call);
    const { weights } = attention(query, key, value, { ...call, returnWeights: true });
    const first = (given: tf.Tensor, axis: number) =>
      tf.slice(
        given,
        given.shape.map(() => 0),
        given.shape.map((size, index) => (index === axis ? rows : size)),
      );
    return [first(outputs, 1), first(tf.grad(loss)(query), 1), first(weights!, 2)].map(
      (part) => new Int32Array(part.dataSync().slice().buffer),
    );
  });
}

describe('hidden from a query', () => {
  beforeAll(() => registerSimdBackend({ threads: 2 }));
  afterAll(() => tf.removeBackend('simd'));

  // 24: the last query shares its panel of eight with seven others; 25: it has one of its own; 600: several blocks of keys.
  it.each([
    [24, ['key', 'value']],
    [24, ['query', 'dy']],
    [24, ['query', 'key', 'value', 'dy']],
    [25, ['query', 'key', 'value', 'dy']],
    [600, ['query', 'key', 'value', 'dy']],
  ] as const)('of %i steps the last, with another %j', (time, names) => {
    const inputs = draw(time);
    const changed = withRow(inputs, names, time - 1);
    const dropout = { rate: 0.3, key: { seed: 1, stream: 2, step: 3 } };
    for (const options of [{ causal: true }, { causal: true, dropout }]) {
      const expected = bitsOf(inputs, time - 1, options);
      bitsOf(changed, time - 1, options).forEach((bits, part) => {
        expect(bits, `part ${part}`).toEqual(expected[part]);
      });
    }
  });

  it('every later step, for every query', () => {
    const inputs = draw(24);
    for (let row = 1; row < 24; row++) {
      const changed = withRow(inputs, ['query', 'key', 'value'], row);
      expect(bitsOf(changed, row, { causal: true })).toEqual(bitsOf(inputs, row, { causal: true }));
    }
  });

  it('a large query beside it, and padding', () => {
    const inputs = draw(24);
    const mask = tf.tensor2d(
      Array.from({ length: 24 }, (_, step) => Number(step !== 23)),
      [1, 24],
    );
    const changed = withRow(inputs, ['query', 'key', 'value'], 23);
    expect(bitsOf(changed, 23, { mask })).toEqual(bitsOf(inputs, 23, { mask }));
    mask.dispose();
  });
});
