import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import { entropyOf } from '../../engine/inside/entropy.ts';
import { lagProfile } from '../../engine/inside/heads.ts';
import { readValues } from '../../engine/ops/values.ts';
import { Numbers } from '../ops/numbers.ts';

describe('the entropy of shares', () => {
  it('is that of the exact logarithm, whatever the shares', () => {
    const random = new Numbers(5);
    for (const count of [2, 7, 336]) {
      for (const power of [1, 4, 20]) {
        const raw = Float64Array.from(random.array(count), (value) => Math.abs(value) ** power);
        const sum = raw.reduce((all, one) => all + one, 0);
        const shares = Float32Array.from(raw, (value) => value / sum);
        const exact = shares.reduce((all, p) => (p > 0 ? all - p * Math.log(p) : all), 0);
        expect(Math.abs(entropyOf(shares) - exact)).toBeLessThan(1e-6);
      }
    }
  });

  it('is nothing where one share is everything, and ln n where all are equal', () => {
    expect(entropyOf(Float32Array.of(0, 1, 0))).toBeCloseTo(0, 7);
    expect(entropyOf(new Float32Array(64).fill(1 / 64))).toBeCloseTo(Math.log(64), 7);
    expect(entropyOf(Float32Array.of(1e-42, 1))).toBeCloseTo(0, 7);
  });
});

describe('the lag profile', () => {
  const plan = { layer: 0, heads: 1, causal: false, isAlignment: false };

  it('is the mean weight of the keys that far before their queries', () => {
    const weights = Float32Array.of(0.5, 0.3, 0.2, 0.6, 0.4, 0, 0.1, 0.2, 0.7);
    const found = lagProfile(weights, { ...plan, queries: 3, keys: 3 });
    expect(found).toEqual([expect.closeTo(1.6 / 3, 6), expect.closeTo(0.4, 6), expect.closeTo(0.1, 6)]);
  });

  it('of an alignment counts from the newest key', () => {
    const weights = Float32Array.of(0.1, 0.2, 0.7, 0.3, 0.3, 0.4);
    const found = lagProfile(weights, { ...plan, isAlignment: true, queries: 2, keys: 3 });
    expect(found).toEqual([expect.closeTo(0.55, 6), expect.closeTo(0.25, 6), expect.closeTo(0.2, 6)]);
  });
});

describe('values of a tensor', () => {
  it('are a copy, and leave no tensor behind', async () => {
    await selectBackend('simd', { allowFallback: false, threads: 1 });
    const x = tf.tensor1d([1, 2, 3]);
    const before = tf.memory().numTensors;
    expect([...readValues(() => tf.mul(x, 2))]).toEqual([2, 4, 6]);
    expect(tf.memory().numTensors).toBe(before);
    expect(() =>
      readValues(() => {
        tf.mul(x, 3);
        throw new Error('broken');
      }),
    ).toThrow('broken');
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
  });
});
