// Adam with clipping against ten steps of PyTorch's AdamW and clip_grad_norm_ (tests/golden/ops/recurrent.py).
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCpuBackend } from '../../engine/backends/cpu.ts';
import { fastPathCalls, registerSimdBackend, type SimdBackend } from '../../engine/backends/simd/index.ts';
import { adamStep, createAdamState, disposeAdamState } from '../../engine/ops/optimizers/adam.ts';
import { gradientNorms } from '../../engine/ops/optimizers/gradient-norm.ts';
import { expectClose, Numbers } from './numbers.ts';

interface Golden {
  readonly decay: number;
  readonly norms: number[];
  readonly p: number[];
  readonly q: number[];
}
const golden = (
  JSON.parse(readFileSync(new URL('../golden/ops/recurrent.json', import.meta.url), 'utf8')) as {
    adam: Golden[];
  }
).adam;

function problem() {
  const numbers = new Numbers(77);
  const a = numbers.tensor<tf.Rank.R2>([6, 5]);
  const y = numbers.tensor<tf.Rank.R2>([6, 3]);
  const p = tf.variable(numbers.tensor<tf.Rank.R2>([5, 3]));
  const q = tf.variable(numbers.tensor<tf.Rank.R1>([3]));
  const loss = () => tf.sum(tf.square(tf.sub(tf.add(tf.matMul(a, p), q), y))) as tf.Scalar;
  return { parameters: [p, q] as tf.Variable[], loss };
}

function tenSteps(decay: number): { norms: number[]; values: Float32Array[] } {
  const { parameters, loss } = problem();
  const state = createAdamState(parameters);
  const norms: number[] = [];
  for (let step = 0; step < 10; step++) {
    tf.tidy(() => {
      const { grads } = tf.variableGrads(loss, parameters);
      const gradients = parameters.map((parameter) => grads[parameter.name]!);
      const options = { learningRate: 0.05, weightDecay: decay, clipNorm: 3 };
      norms.push(adamStep(parameters, gradients, state, options).norms.all);
    });
  }
  expect(state.beta1Power).toBeCloseTo(0.9 ** 10, 12);
  disposeAdamState(state);
  const values = parameters.map((parameter) => parameter.dataSync().slice() as Float32Array);
  tf.dispose(parameters);
  return { norms, values };
}

function check({ decay, norms, p, q }: Golden): void {
  tf.engine().startScope();
  const result = tenSteps(decay);
  tf.engine().endScope();
  expectClose(result.norms, norms, 'norms', { relative: 1e-5 });
  expectClose(result.values[0]!, p, 'p', { relative: 1e-5, absolute: 1e-5 });
  expectClose(result.values[1]!, q, 'q', { relative: 1e-5, absolute: 1e-5 });
}

let backend: SimdBackend;

describe('compiled', () => {
  beforeAll(async () => {
    backend = await registerSimdBackend({ threads: 2 });
  });
  afterAll(() => tf.removeBackend('simd'));

  it.each(golden)('matches PyTorch with decay $decay', (golden) => {
    fastPathCalls.clear();
    check(golden);
    expect(fastPathCalls.get('adam')).toBe(10);
  });

  it('writes in place, but never into a snapshot that shares the data', () => {
    const parameter = tf.variable(tf.tensor1d([1, 2, 3]));
    const snapshot = tf.clone(parameter);
    const state = createAdamState([parameter]);
    const gradient = tf.tensor1d([1, 1, 1]);
    adamStep([parameter], [gradient], state, { learningRate: 0.1 });
    expect([...snapshot.dataSync()]).toEqual([1, 2, 3]);
    snapshot.dispose();
    const address = backend.pointerOf(parameter);
    adamStep([parameter], [gradient], state, { learningRate: 0.1 });
    expect(backend.pointerOf(parameter)).toBe(address);
    expect(parameter.dataSync()[0]).toBeCloseTo(0.8, 4);
  });

  it('a gradient that is mostly zeros has the norm of all its values, to the bit, wherever they lie', () => {
    const numbers = new Numbers(8);
    for (const [size, places] of [
      [1_003, [0, 17, 31, 32, 600, 1_000, 1_002]],
      [64, [63]],
      [15, [14]],
      [4_096, []],
    ] as const) {
      const values = new Float32Array(size).fill(-0, 3, 9);
      for (const place of places) values[place] = numbers.array(1, 3)[0]!;
      const lanes = [0, 0, 0, 0];
      for (const [at, value] of values.entries()) lanes[at % 4]! += value * value;
      const expected = Math.sqrt(lanes[0]! + lanes[2]! + (lanes[1]! + lanes[3]!));
      expect(tf.tidy(() => gradientNorms([tf.tensor1d(values)]).all)).toBe(expected);
    }
    const lone = new Float32Array(640).fill(Number.NaN, 500, 501);
    expect(tf.tidy(() => gradientNorms([tf.tensor1d(lone)]).all)).toBeNaN();
  });

  it('sums the norm in the same pieces on 1, 2 and 4 threads', async () => {
    const norms: number[] = [];
    for (const threads of [1, 2, 4]) {
      await registerSimdBackend({ threads });
      const parameter = tf.variable(new Numbers(5).tensor<tf.Rank.R1>([100_003]));
      const state = createAdamState([parameter]);
      norms.push(adamStep([parameter], [tf.clone(parameter)], state, { learningRate: 0.1 }).norms.all);
      parameter.dispose();
    }
    expect(norms[1]).toBe(norms[0]);
    expect(norms[2]).toBe(norms[0]);
  });
});

describe('composed on cpu', () => {
  beforeAll(startCpuBackend);
  it.each(golden)('matches PyTorch with decay $decay', check);
});
