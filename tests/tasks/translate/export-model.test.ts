// An exported translator: loaded by stock TensorFlow.js, with its own program and vocabularies, it writes what the run writes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, expect, test } from 'vitest';
import { selectBackend } from '../../../engine/backends/select.ts';
import type { TranslateExperiment } from '../../../engine/contract/tasks/translate-experiment.ts';
import { generatedPairs } from '../../../engine/data/generated/pairs.ts';
import { openLayersModel } from '../../../engine/export/tfjs/artifacts.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { prepareTask } from '../../../engine/tasks/task-of.ts';
import { translateTexts } from '../../../engine/tasks/translate/translate-text.ts';
import { pairTable, trainOn } from '../classify/made-samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'hindcast-translator-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PAIRS = [...generatedPairs('number-words-to-digits-80.tsv')!]
  .slice(1)
  .map((line) => line.trim().split('\t') as [string, string]);
const TABLE = pairTable(PAIRS);

async function exported(model: object, task: object) {
  const configuration = {
    name: 'numbers',
    dataset: { name: 'numbers' },
    task: { kind: 'translate', input: 'source', target: 'target', mostSteps: 60, beam: 1, ...task },
    model,
    split: { kind: 'samples', by: 'stratified', train: 0.8, validation: 0.1 },
    pipeline: [],
    training: { epochs: 3, batchSize: 8, optimizer: { kind: 'adam', learningRate: 0.02 }, probe: false },
  };
  const messages = await trainOn(TABLE, configuration);
  const { best } = messages.find((message) => message.type === 'ended')!;
  const { fitted } = messages.find((message) => message.type === 'prepared')!;
  const experiment = parseExperiment(configuration) as TranslateExperiment;
  const trained = { fitted, weights: best!.weights };
  const machine = await prepareTask(experiment, { kind: 'samples', name: 'numbers', samples: TABLE }).open();
  const training = {
    dataset: 'numbers',
    datasetVersion: 1,
    dataHash: '',
    fingerprint: null,
    weightsHash: null,
    seed: 1,
  };
  // What a run says of its series is not a part of these files.
  const about = { name: 'numbers', description: '', training, trainedOn: {} as never, scores: [] };
  return { experiment, trained, export: () => machine.exportModel!({ trained, about, threads: 1 }) };
}

test.each([
  [
    'lstm from both ends, words',
    { kind: 'encoder-decoder', units: 10 },
    { tokens: { by: 'words' }, attentionScores: 'scaled-dot' },
  ],
  [
    'gru of two layers, one end',
    { kind: 'encoder-decoder', cell: 'gru', units: 8, layers: 2 },
    { bidirectional: false, attentionScores: 'additive' },
  ],
  [
    'rnn without attention, pieces',
    { kind: 'encoder-decoder', cell: 'rnn', units: 8, attention: false, layers: 2 },
    { tokens: { by: 'pieces', most: 40 } },
  ],
  ['attention of two layers', { kind: 'attention', units: 8, heads: 2, layers: 2 }, {}],
  [
    'attention with learned positions, normalised after, words',
    {
      kind: 'attention',
      units: 8,
      heads: 1,
      layers: 1,
      positions: 'learned',
      normalization: 'post',
      activation: 'gelu',
    },
    { tokens: { by: 'words' } },
  ],
  [
    'attention without positions',
    { kind: 'attention', units: 8, heads: 4, layers: 1, positions: 'none' },
    {},
  ],
])('%s', async (name, model, task) => {
  const { experiment, trained, export: exportIt } = await exported(model, task);
  const files = new Map((await exportIt()).map((file) => [file.name, file.data]));
  const textOf = (file: string) => new TextDecoder().decode(files.get(file));
  const open = (part: string) => {
    expect(JSON.parse(textOf(`${part}.json`)).weightsManifest[0].paths).toEqual([`${part}.bin`]);
    return openLayersModel({
      json: textOf(`${part}.json`),
      weights: Uint8Array.from(files.get(`${part}.bin`)!),
    });
  };
  const path = join(folder, `${name.replaceAll(/\W/g, '-')}.mjs`);
  writeFileSync(path, textOf('translate.js'));
  const { translate } = await import(pathToFileURL(path).href);
  expect(textOf('translate.js').trimEnd().split('\n').length).toBeLessThanOrEqual(45);
  await selectBackend('cpu', { allowFallback: false, threads: 1 });
  const vocabulary = JSON.parse(textOf('vocabulary.json'));
  const [encoder, decoder] = [await open('encoder'), await open('decoder')];
  const texts = PAIRS.slice(0, 5).map(([source]) => source);
  const theirs = texts.map((text) => translate(tf, { encoder, decoder, vocabulary }, text));
  encoder.dispose();
  decoder.dispose();
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  const ours = translateTexts([{ runId: 1, experiment, trained }], texts, { beam: 1, lengthPenalty: 0 });
  expect(theirs).toEqual(ours.map(({ text }) => text));
});
