// Language models beside independent values: n-grams beside counts in dictionaries, loss and gradients of carried windows beside PyTorch, and
// how tokens are drawn.
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { selectBackend } from '../../../engine/backends/select.ts';
import { createTextCoder, fitTextTokens } from '../../../engine/data/samples/text-tokens.ts';
import { nGrams } from '../../../engine/evaluation/language/baselines/n-grams.ts';
import type { LayerState } from '../../../engine/models/bodies/recurrent-layers.ts';
import { createLanguageModel } from '../../../engine/models/language-model.ts';
import { createParameterSet } from '../../../engine/models/parameters.ts';
import { lossAndGradients } from '../../../engine/ops/gradients.ts';
import { crossEntropy } from '../../../engine/ops/losses/cross-entropy.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { framed } from '../../../engine/tasks/generate/documents.ts';
import { drawToken, type SamplingOptions } from '../../../engine/tasks/generate/sampling.ts';
import golden from '../../golden/language/language.json' with { type: 'json' };

const finished = <Result>(work: Generator<void, Result, void>): Result => {
  for (let next = work.next(); ; next = work.next()) if (next.done) return next.value;
};

test('n-grams of all orders give the bits that dictionaries of counts give', () => {
  const { train, test: scored, size, nats } = golden.nGrams;
  const coder = createTextCoder(
    fitTextTokens({ by: 'characters', lowerCase: false, most: 100, fewest: 1 }, train),
  );
  expect(coder.size).toBe(size);
  const rangesOf = (texts: readonly string[]) =>
    texts.map((text) => {
      const tokens = framed(coder.encode(text), coder.end);
      return { tokens, from: 1, to: tokens.length };
    });
  const input = { size, train: rangesOf(train), textOf: () => '' };
  for (const [index, baseline] of nGrams.entries()) {
    const score = finished(baseline.learn(input));
    expect(finished(score(rangesOf(scored)))).toBeCloseTo(nats[index]!, 9);
  }
  expect(nGrams.map(({ subject }) => subject)).toEqual([1, 2, 3, 4, 5, 6, 7].map((order) => `${order}-gram`));
});

test('loss and gradients of two windows, the second from the state of the first, are those of PyTorch', async () => {
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  const { size, units, embedding, inputs, targets, weights, windows } = golden.lstm;
  const { model: options } = parseExperiment({
    name: 'x',
    dataset: { name: 'x' },
    task: { kind: 'generate', input: 'text' },
    model: { kind: 'lstm', units },
  });
  const model = createLanguageModel(options, { tokens: size, embedding, tied: false, window: 4 });
  const byName: Readonly<Record<string, { shape: number[]; values: number[] }>> = weights;
  const parameters = createParameterSet(
    model.specs,
    model.specs.map(({ name, shape }) => ({
      name,
      shape,
      values: Float32Array.from(byName[name]!.values),
    })),
  );
  let states: LayerState[] | undefined;
  for (const [index, { loss, gradients }] of windows.entries()) {
    const found = tf.tidy(() => {
      const x = tf.tensor2d(inputs[index]!, [2, 4], 'int32');
      const y = tf.tensor2d(targets[index]!, [2, 4], 'int32');
      const before = states;
      const result = lossAndGradients(() => {
        const answer = model.answer({ x }, { weight: parameters.weight, pass: {}, initial: before });
        states = answer.states.map(({ hidden, cell }) => ({
          hidden: tf.keep(hidden.clone()),
          cell: tf.keep(cell!.clone()),
        }));
        return crossEntropy(answer.logits, y);
      }, parameters.variables);
      return {
        loss: result.loss.dataSync()[0]!,
        gradients: result.gradients.map((gradient) => [...gradient.dataSync()]),
      };
    });
    expect(found.loss).toBeCloseTo(loss, 5);
    const wanted: Readonly<Record<string, number[]>> = gradients;
    for (const [at, { name }] of model.specs.entries())
      for (const [cell, value] of wanted[name]!.entries())
        expect(found.gradients[at]![cell], `${name} ${cell}`).toBeCloseTo(value, 5);
  }
  tf.dispose((states ?? []).flatMap(({ hidden, cell }) => [hidden, cell!]));
  parameters.dispose();
});

test('tokens are drawn as temperature, top-k, top-p and the penalty say', () => {
  const logits = [9, 2, 1, 0, 1.5];
  const plain: SamplingOptions = { temperature: 1, topK: null, topP: 1, repetitionPenalty: 1 };
  const draw = (options: Partial<SamplingOptions>, point: number, recent: number[] = []) =>
    drawToken(logits, { ...plain, ...options }, { refused: 0, recent, uniform: () => point });
  // The refused token is the most probable one and never comes; what it had is shared by the others.
  expect(draw({ temperature: 0 }, 0.99).token).toBe(1);
  expect(draw({}, 0).token).toBe(1);
  expect(draw({}, 0.999_999).token).toBe(4);
  expect(draw({ topK: 1 }, 0.999_999).token).toBe(1);
  expect(draw({ topK: 2 }, 0.999_999).token).toBe(4);
  expect(draw({ topP: 0.4 }, 0.999_999).token).toBe(1);
  expect(draw({ temperature: 0, repetitionPenalty: 2 }, 0, [1]).token).toBe(4);
  // The probability is the model's own.
  const all = logits.reduce((sum, value) => sum + Math.exp(value), 0);
  expect(draw({ temperature: 0, topK: 1 }, 0).probability).toBeCloseTo(Math.exp(2) / all, 12);
});

test.each(['characters', 'words', 'pieces'] as const)('texts of %s are put together again', (by) => {
  const text = 'Call me Ishmael.  "Yes,\nit is\tso" - he said; naïve cafés 42!\n\nThe end of the whale';
  const coder = createTextCoder(fitTextTokens({ by, lowerCase: false, most: 60, fewest: 1 }, [text, text]));
  const decoded = [...coder.encode(text)].map((token) => coder.textOf(token)).join('');
  expect(decoded).toBe(text);
  expect(coder.unknownOf('whale ¿')).not.toEqual([]);
  expect(coder.unknownOf('whale')).toEqual(by === 'words' ? ['whale'] : []);
});
