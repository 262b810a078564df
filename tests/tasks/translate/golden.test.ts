// Loss and gradients of translators beside PyTorch, on two pairs of different lengths; and padding that changes nothing.
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { selectBackend } from '../../../engine/backends/select.ts';
import type { AttentionScores } from '../../../engine/contract/tasks/translate.ts';
import { createParameterSet } from '../../../engine/models/parameters.ts';
import { createTranslator } from '../../../engine/models/translation/create-translator.ts';
import { lossAndGradients } from '../../../engine/ops/gradients.ts';
import { crossEntropy } from '../../../engine/ops/losses/cross-entropy.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { targetBatch, tokenField } from '../../../engine/tasks/translate/pair-batch.ts';
import golden from '../../golden/pairs/translators.json' with { type: 'json' };

const modelOf = (model: object) =>
  parseExperiment({
    name: 'x',
    dataset: { name: 'x' },
    task: { kind: 'translate', input: 'a', target: 'b' },
    model,
  }).model;

const { recurrent, scaled, additive, attention } = golden;
const [sourceTokens = 0, targetTokens = 0] = golden.sizes;
const sizes = { sourceTokens, targetTokens, bidirectional: true };

const recurrentWith = (attentionScores: AttentionScores) =>
  createTranslator(modelOf({ kind: 'encoder-decoder', units: recurrent.units, dropout: 0 }), {
    ...sizes,
    attentionScores,
    embedding: recurrent.embedding,
    mostSteps: 8,
  });

const CASES = [
  ['recurrent, read from both ends, with attention', recurrent, recurrentWith('general')],
  ['the same, its scores scaled', scaled, recurrentWith('scaled-dot')],
  ['the same with additive attention', additive, recurrentWith('additive')],
  [
    'attention alone',
    attention,
    createTranslator(
      modelOf({
        kind: 'attention',
        units: attention.units,
        heads: attention.heads,
        layers: 1,
        positions: 'learned',
        dropout: 0,
      }),
      { ...sizes, attentionScores: 'general', embedding: 1, mostSteps: attention.steps },
    ),
  ],
] as const;

test.each(CASES)('%s: loss and gradients are those of PyTorch', async (_name, wanted, model) => {
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  const weights: Readonly<Record<string, { shape: number[]; values: number[] }>> = wanted.weights;
  const gradients: Readonly<Record<string, number[]>> = wanted.gradients;
  const arrays = model.specs.map(({ name }) => ({
    name,
    shape: weights[name]!.shape,
    values: Float32Array.from(weights[name]!.values),
  }));
  expect(arrays.map(({ name }) => name).toSorted()).toEqual(Object.keys(weights).toSorted());
  const parameters = createParameterSet(model.specs, arrays);
  const found = tf.tidy(() => {
    const source = tokenField(golden.sources.map((tokens) => Int32Array.from(tokens)));
    const target = targetBatch(golden.targets.map((tokens) => Int32Array.from(tokens)));
    const result = lossAndGradients(() => {
      const memory = model.encode(source, parameters.weight, {});
      const { logits } = model.decode(target.inputs, memory, { weight: parameters.weight, pass: {} });
      return crossEntropy(logits, target.targets, { mask: target.mask });
    }, parameters.variables);
    return {
      loss: result.loss.dataSync()[0]!,
      gradients: result.gradients.map((gradient) => [...gradient.dataSync()]),
    };
  });
  expect(found.loss).toBeCloseTo(wanted.loss, 5);
  for (const [at, { name }] of model.specs.entries())
    for (const [cell, value] of gradients[name]!.entries())
      expect(found.gradients[at]![cell], `${name} ${cell}`).toBeCloseTo(value, 5);
  parameters.dispose();
});
