// Reproducible numbers for tests (the same generator as tests/golden/ops/*.py), and comparisons with stated tolerances.
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

export class Numbers {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }

  /** Uniform in [-1, 1). */
  next(): number {
    this.#state = (Math.imul(1664525, this.#state) + 1013904223) >>> 0;
    return this.#state / 2 ** 31 - 1;
  }

  array(count: number, scale = 1): Float32Array {
    return Float32Array.from({ length: count }, () => this.next() * scale);
  }

  tensor<R extends tf.Rank>(shape: number[], scale = 1): tf.Tensor<R> {
    const count = shape.reduce((product, extent) => product * extent, 1);
    return tf.tensor(this.array(count, scale), shape as tf.ShapeMap[R]);
  }
}

/** |a - e| <= absolute + relative |e|; NaN and each infinity match only themselves. */
export function isClose(actual: number, expected: number, relative: number, absolute: number): boolean {
  if (Object.is(actual, expected) || actual === expected) return true;
  if (!Number.isFinite(actual) || !Number.isFinite(expected))
    return Number.isNaN(actual) && Number.isNaN(expected);
  return Math.abs(actual - expected) <= absolute + relative * Math.abs(expected);
}

export interface Tolerance {
  readonly relative?: number;
  readonly absolute?: number;
}

export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  what: string,
  { relative = 1e-5, absolute = 2e-6 }: Tolerance = {},
): void {
  expect(actual.length, what).toBe(expected.length);
  for (let index = 0; index < expected.length; index++) {
    if (!isClose(actual[index]!, expected[index]!, relative, absolute)) {
      expect.fail(`${what}[${index}] is ${actual[index]}, expected ${expected[index]}`);
    }
  }
}

/** Leak check around `use`: tensors of the engine and pieces of the kernels' memory. */
export function expectNoLeak(pieces: () => number, use: () => void): void {
  const before = [tf.memory().numTensors, pieces()];
  use();
  expect([tf.memory().numTensors, pieces()]).toEqual(before);
}
