// The inside of a recurrent core is the same on every backend: gates, cells and the norms of the state's gradient, from one
// kernel or from stock ops.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCpuBackend } from '../../engine/backends/cpu.ts';
import { registerSimdBackend } from '../../engine/backends/simd/index.ts';
import { startTensorflowBackend } from '../../engine/backends/tensorflow.ts';
import { gru } from '../../engine/ops/recurrent/gru.ts';
import { lstm } from '../../engine/ops/recurrent/lstm.ts';
import type { GradientNorms } from '../../engine/ops/recurrent/recurrent-types.ts';
import { rnn } from '../../engine/ops/recurrent/rnn.ts';
import { expectClose, Numbers } from './numbers.ts';

const [BATCH, TIME, FEATURES, UNITS] = [3, 5, 2, 4] as const;
const OPS = { lstm, gru, rnn } as const;
const GATES = { lstm: 4, gru: 3, rnn: 1 } as const;
const KINDS = ['lstm', 'gru', 'rnn'] as const;
type Kind = (typeof KINDS)[number];

/** All that there is to see, in one pass forward and backward of the loss sum h_T^2. */
function look(kind: Kind, reverse: boolean): Record<string, Float32Array> {
  const seen: Record<string, Float32Array> = {};
  tf.tidy(() => {
    const numbers = new Numbers(12);
    const width = GATES[kind] * UNITS;
    const x = numbers.tensor<tf.Rank.R3>([BATCH, TIME, FEATURES]);
    const kernel = numbers.tensor<tf.Rank.R2>([FEATURES, width]);
    const recurrentKernel = numbers.tensor<tf.Rank.R2>([UNITS, width]);
    const bias = numbers.tensor<tf.Rank.R1>([width]);
    const mask = tf.tensor2d([1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 1, 1], [BATCH, TIME]);
    const onGradientNorms = ({ hidden, cell, squares }: GradientNorms) => {
      seen.hidden = hidden;
      seen.hiddenSquares = squares.hidden;
      if (cell) seen.cell = cell;
      if (squares.cell) seen.cellSquares = squares.cell;
    };
    const options = { mask, reverse, returnGates: true, onGradientNorms };
    tf.grad((weights) => {
      const given = { kernel, recurrentKernel: weights as tf.Tensor2D, bias };
      const result: ReturnType<typeof lstm> = OPS[kind](x, given, options) as ReturnType<typeof lstm>;
      const { gates, cells, finalHidden } = result;
      if (gates) seen.gates = gates.dataSync().slice() as Float32Array;
      if (cells) seen.cells = cells.dataSync().slice() as Float32Array;
      return tf.sum(tf.square(finalHidden));
    })(recurrentKernel);
  });
  return seen;
}

const cases = KINDS.flatMap((kind) => [false, true].map((reverse) => ({ kind, reverse })));
const names = {
  lstm: ['cell', 'cellSquares', 'cells', 'gates', 'hidden', 'hiddenSquares'],
  gru: ['gates', 'hidden', 'hiddenSquares'],
  rnn: ['hidden', 'hiddenSquares'],
};
let expected: Record<string, Float32Array>[];

beforeAll(async () => {
  await registerSimdBackend({ threads: 1 });
  expected = cases.map(({ kind, reverse }) => look(kind, reverse));
});
afterAll(() => tf.removeBackend('simd'));

function check({ kind, reverse }: (typeof cases)[number], index: number): void {
  const actual = look(kind, reverse);
  expect(Object.keys(actual).sort()).toEqual(names[kind]);
  for (const [name, values] of Object.entries(expected[index]!)) {
    expectClose(actual[name]!, values, name, { relative: 1e-4, absolute: 1e-6 });
  }
}

describe('gates that are looked at after the backward pass', () => {
  it.each(['lstm', 'gru'] as const)(
    '%s, one step of one row: they are still those of the forward pass',
    (kind) => {
      const numbers = new Numbers(7);
      const width = GATES[kind] * UNITS;
      tf.tidy(() => {
        const x = numbers.tensor<tf.Rank.R3>([1, 1, FEATURES]);
        const kernel = numbers.tensor<tf.Rank.R2>([FEATURES, width]);
        const bias = numbers.tensor<tf.Rank.R1>([width]);
        const kept: tf.Tensor[] = [];
        const before: number[][] = [];
        tf.grad((weights) => {
          const given = { kernel, recurrentKernel: weights as tf.Tensor2D, bias };
          const result = OPS[kind](x, given, { returnGates: true, onGradientNorms() {} });
          kept.push(tf.keep(result.gates!));
          before.push([...result.gates!.dataSync().slice()]);
          return tf.sum(tf.square(result.finalHidden));
        })(numbers.tensor<tf.Rank.R2>([UNITS, width]));
        expect([...kept[0]!.dataSync()]).toEqual(before[0]);
        tf.dispose(kept);
      });
    },
  );
});

describe('on cpu', () => {
  beforeAll(startCpuBackend);
  it.each(cases.map((one, index) => [one, index] as const))('%o as on simd', (one, index) => {
    check(one, index);
  });
});

const tensorflow = await startTensorflowBackend().then(
  () => ({ missing: false, reason: '' }),
  (error: Error) => ({ missing: true, reason: error.message }),
);

describe.skipIf(tensorflow.missing)(`on tensorflow ${tensorflow.reason}`, () => {
  beforeAll(() => tf.setBackend('tensorflow'));
  it.each(cases.map((one, index) => [one, index] as const))('%o as on simd', (one, index) => {
    check(one, index);
  });
});
