// Dropout from a counter-based stream: the generator's published values, the same numbers in kernels and in JavaScript, the share
// of dropped values, and independence of keys.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fastPathCalls, registerSimdBackend } from '../../engine/backends/simd/index.ts';
import { type Counter, dropoutFactors, philox } from '../../engine/kernels/philox.ts';
import { dropout, dropoutComposed } from '../../engine/ops/dropout.ts';
import { Numbers } from './numbers.ts';

const key = { seed: 0xdeadbeef, stream: 2, step: 17 };

describe('philox', () => {
  // Random123's known answers (kat_vectors, philox4x32 10).
  it.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('counter %s, key %s', (counter, [seed, stream], expected) => {
    expect(philox(counter as unknown as Counter, seed!, stream!)).toEqual(expected);
  });
});

describe('dropout', () => {
  beforeAll(() => registerSimdBackend({ threads: 2 }));
  afterAll(() => tf.removeBackend('simd'));

  it.each([1, 3, 16, 17, 50_001])(
    'of %d elements is the same in kernels and on the host, and so is its gradient',
    (count) => {
      tf.tidy(() => {
        const x = new Numbers(count).tensor([count]);
        const choice = { rate: 0.3, key };
        fastPathCalls.clear();
        const values = dropout(x, choice).dataSync();
        expect(values).toEqual(dropoutComposed(x, choice).dataSync());
        const gradient = tf
          .grad((value: tf.Tensor) => tf.sum(dropout(value, choice)))(x)
          .dataSync();
        expect(gradient).toEqual(dropoutFactors(count, choice));
        expect(fastPathCalls.get('dropout')).toBe(3);
      });
    },
  );

  it('drops the share that was asked for, and keeps the mean', () => {
    for (const rate of [0.1, 0.5, 0.9]) {
      const factors = dropoutFactors(40_000, { rate, key });
      const dropped = factors.filter((factor) => factor === 0).length / factors.length;
      expect(Math.abs(dropped - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / factors.length));
      expect(new Set(factors)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
    }
  });

  it('draws differently for another seed, position or step', () => {
    const kept = (change: Partial<typeof key>) =>
      dropoutFactors(4_000, { rate: 0.5, key: { ...key, ...change } }).map((factor) => (factor > 0 ? 1 : 0));
    const first = kept({});
    for (const change of [{ seed: 1 }, { stream: 3 }, { step: 18 }]) {
      const same = kept(change).filter((value, index) => value === first[index]).length;
      expect(Math.abs(same / 4_000 - 0.5)).toBeLessThan(0.04);
    }
    expect(kept({})).toEqual(first);
  });

  it('of rate 0 is the tensor itself, and impossible rates are refused', () => {
    tf.tidy(() => {
      const x = tf.ones([3]);
      expect(dropout(x, { rate: 0, key })).toBe(x);
      for (const rate of [-0.1, 1, Number.NaN]) {
        expect(() => dropout(x, { rate, key })).toThrow('choose one from 0 to below 1');
      }
    });
  });
});
