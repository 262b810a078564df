// An exported language model: loaded by stock TensorFlow.js, with its own program and vocabulary, it writes what the run writes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, expect, test } from 'vitest';
import { selectBackend } from '../../../engine/backends/select.ts';
import { WritingOptionsSchema } from '../../../engine/contract/results/generation.ts';
import type { GenerateExperiment } from '../../../engine/contract/tasks/generate-experiment.ts';
import { openLayersModel } from '../../../engine/export/tfjs/artifacts.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { openText } from '../../../engine/tasks/generate/write-text.ts';
import { prepareTask } from '../../../engine/tasks/task-of.ts';
import { trainOn } from '../classify/made-samples.ts';
import { LONG, madeText, textTable } from './made-texts.ts';

const folder = mkdtempSync(join(tmpdir(), 'hindcast-exported-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In lines. */
const TABLE = textTable([madeText(600).replaceAll(' the ', '\nthe ')]);

async function exported(changes: object) {
  const configuration = { ...LONG, ...changes, training: { ...LONG.training, epochs: 2 } };
  const messages = await trainOn(TABLE, configuration);
  const { best } = messages.find((message) => message.type === 'ended')!;
  const { fitted } = messages.find((message) => message.type === 'prepared')!;
  const experiment = parseExperiment(configuration) as GenerateExperiment;
  const trained = { fitted, weights: best!.weights };
  const data = { kind: 'samples', name: 'sea', samples: TABLE } as const;
  const machine = await prepareTask(experiment, data).open();
  const training = {
    dataset: 'sea',
    datasetVersion: 1,
    dataHash: '',
    fingerprint: null,
    weightsHash: null,
    seed: 1,
  };
  // What a run says of its series is not a part of these files.
  const about = { name: 'sea', description: '', training, trainedOn: {} as never, scores: [] };
  return { experiment, trained, export: () => machine.exportModel!({ trained, about, threads: 1 }) };
}

test.each([
  ['lstm of two layers', { model: { kind: 'lstm', units: 10, layers: 2 } }],
  [
    'gru of words, tied',
    { model: { kind: 'gru', units: 8 }, task: { ...LONG.task, tied: true, tokens: { by: 'words' } } },
  ],
  ['gru of items', { model: { kind: 'gru', units: 8 }, task: { ...LONG.task, tokens: { by: 'items' } } }],
  [
    'rnn of pieces',
    { model: { kind: 'rnn', units: 8 }, task: { ...LONG.task, tokens: { by: 'pieces', most: 30 } } },
  ],
  [
    'attention, with more than it sees at once',
    {
      model: { kind: 'attention', units: 8, heads: 2, layers: 2, causal: true },
      task: { ...LONG.task, window: 16 },
    },
  ],
  [
    'attention with learned positions, tied, normalised after',
    {
      model: {
        kind: 'attention',
        units: 8,
        heads: 2,
        layers: 1,
        causal: true,
        positions: 'learned',
        normalization: 'post',
      },
      task: { ...LONG.task, tied: true },
    },
  ],
])('%s', async (name, changes) => {
  const { experiment, trained, export: exportIt } = await exported(changes);
  const files = new Map((await exportIt()).map((file) => [file.name, file.data]));
  expect([...files.keys()]).toEqual([
    'model.json',
    'weights.bin',
    'vocabulary.json',
    'generate.js',
    'about.json',
  ]);
  const textOf = (file: string) => new TextDecoder().decode(files.get(file));
  const path = join(folder, `${name.replaceAll(/\W/g, '-')}.mjs`);
  writeFileSync(path, textOf('generate.js'));
  const { write } = await import(pathToFileURL(path).href);
  expect(textOf('generate.js').trimEnd().split('\n').length).toBeLessThanOrEqual(
    experiment.task.tokens.by === 'pieces' ? 61 : experiment.model.kind === 'attention' ? 57 : 49,
  );
  await selectBackend('cpu', { allowFallback: false, threads: 1 });
  const model = await openLayersModel({
    json: textOf('model.json'),
    weights: Uint8Array.from(files.get('weights.bin')!),
  });
  const vocabulary = JSON.parse(textOf('vocabulary.json'));
  const before = tf.memory().numTensors;
  const written = (options: object): string => write(tf, model, vocabulary, options);
  // A line break is a token of these texts, not their end.
  const prompts = ['the whale', 'the sea\nthe', ''];
  expect(written({ prompt: 'the \u2603', length: 3, temperature: 0 }).length).toBeGreaterThan(0);
  const theirs = prompts.map((prompt) => written({ prompt, length: 30, temperature: 0 }));
  const drawn = [1, 1, 2, 3].map((seed) => written({ length: 40, temperature: 0.8, seed }));
  expect(drawn[1]).toBe(drawn[0]);
  expect(new Set(drawn).size).toBeGreaterThan(1);
  // Hardly any temperature is that of the most probable tokens.
  expect(written({ prompt: prompts[0], length: 30, temperature: 1e-6 })).toBe(theirs[0]);
  expect(tf.memory().numTensors).toBe(before);
  model.dispose();
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  for (const [index, prompt] of prompts.entries()) {
    const options = WritingOptionsSchema.parse({ prompt, temperature: 0 });
    const ours = openText(experiment, trained, options);
    expect(theirs[index]).toBe(ours.write(30).tokens.join(''));
    ours.dispose();
  }
});
