// Readers, readouts and writers that no task uses alone, against plain loops in float64.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import { createParameterSet, type ParameterSpec, sizeOf } from '../../engine/models/parameters.ts';
import { createTokenReader } from '../../engine/models/readers/tokens.ts';
import { createAttentionPoolReadout } from '../../engine/models/readouts/attention-pool.ts';
import { createClassWriter } from '../../engine/models/writers/classes.ts';
import { createLabelWriter } from '../../engine/models/writers/labels.ts';
import { createStepWriter } from '../../engine/models/writers/per-step.ts';
import { createValueWriter } from '../../engine/models/writers/values.ts';
import { expectClose, Numbers } from '../ops/numbers.ts';
import { affine, naiveWeights, type Vector } from './naive.ts';

beforeAll(async () => {
  await selectBackend('simd', { allowFallback: false, threads: 1 });
});

function given(specs: readonly ParameterSpec[]) {
  const numbers = new Numbers(7);
  const arrays = specs.map(({ name, shape }) => ({ name, shape, values: numbers.array(sizeOf(shape)) }));
  return { ...createParameterSet(specs, arrays), naive: naiveWeights(arrays), numbers };
}

const softmax = (row: Vector): Vector => {
  const powers = row.map(Math.exp);
  return powers.map((power) => power / powers.reduce((sum, value) => sum + value, 0));
};
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

test.each([
  ['classes', createClassWriter(4, 3), softmax],
  ['labels', createLabelWriter(4, 3), (row: Vector) => row.map(sigmoid)],
  ['values', createValueWriter(4, 3), (row: Vector) => row],
] as const)('%s of a sequence', (_, writer, present) => {
  const { weight, naive, numbers, dispose } = given(writer.specs);
  tf.tidy(() => {
    const encoding = numbers.tensor<tf.Rank.R2>([2, 4]);
    const answers = (encoding.arraySync() as number[][]).map((row) =>
      affine(row, naive.matrix('head/kernel'), naive.vector('head/bias')),
    );
    const answer = writer.answer(encoding, weight);
    expectClose(answer.dataSync(), answers.flat(), 'answer');
    expectClose(writer.present(answer).dataSync(), answers.flatMap(present), 'presented');
  });
  dispose();
});

test.each([true, false])('an answer for every step, classes: %s', (probabilities) => {
  const writer = createStepWriter({ units: 4, outputs: 3, probabilities });
  const { weight, naive, numbers, dispose } = given(writer.specs);
  tf.tidy(() => {
    const steps = numbers.tensor<tf.Rank.R3>([2, 5, 4]);
    const expected = (steps.arraySync() as number[][][]).flat().flatMap((row) => {
      const answer = affine(row, naive.matrix('head/kernel'), naive.vector('head/bias'));
      return probabilities ? softmax(answer) : answer;
    });
    const shown = writer.present(writer.answer(steps, weight));
    expect(shown.shape).toEqual([2, 5, 3]);
    expectClose(shown.dataSync(), expected, 'shown');
  });
  dispose();
});

test('tokens are rows of a table; padding may hold anything, and reads as 0', () => {
  const reader = createTokenReader({ tokens: 4, units: 3 });
  const { weight, naive, dispose } = given(reader.specs);
  tf.tidy(() => {
    const table = naive.matrix('tokens');
    const plain = reader.read({ x: tf.tensor2d([[3, 0]], [1, 2], 'int32') }, weight);
    expectClose(plain.x.dataSync(), [...table[3]!, ...table[0]!], 'rows');
    const field = { x: tf.tensor2d([[1, 99, -1]], [1, 3], 'int32'), mask: tf.tensor2d([[1, 0, 0]]) };
    expectClose(reader.read(field, weight).x.dataSync(), [...table[1]!, 0, 0, 0, 0, 0, 0], 'masked');
    expect(() => reader.read({ x: field.x }, weight)).toThrow('index of an embedding');
  });
  dispose();
});

test('attention pooling weighs the steps by what it has learned', () => {
  const readout = createAttentionPoolReadout(4);
  const { weight, naive, numbers, dispose } = given(readout.specs);
  tf.tidy(() => {
    const steps = numbers.tensor<tf.Rank.R3>([2, 5, 4]);
    const mask = tf.tensor2d([
      [1, 1, 1, 1, 1],
      [0, 1, 1, 0, 0],
    ]);
    const [query] = naive.matrix('readout/query');
    const expected = (steps.arraySync() as number[][][]).flatMap((sequence, entry) => {
      const existing = sequence.filter((_, t) => entry === 0 || t === 1 || t === 2);
      const scores = existing.map((step) =>
        affine(step, naive.matrix('readout/key/kernel'), naive.vector('readout/key/bias'))
          .map(Math.tanh)
          .reduce((sum, value, unit) => sum + value * query![unit]!, 0),
      );
      const shares = softmax(scores);
      return [0, 1, 2, 3].map((unit) => existing.reduce((sum, step, t) => sum + shares[t]! * step[unit]!, 0));
    });
    const last = tf.zeros<tf.Rank.R2>([2, 4]);
    expectClose(readout.read({ steps, mask, last }, weight).dataSync(), expected, 'pooled');
  });
  dispose();
});
