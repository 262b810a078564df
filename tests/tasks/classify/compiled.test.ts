// A training step of every draft of samples, with the settings that a user gets, runs in compiled kernels: the stock JavaScript
// kernels that it calls move no values, so their share of a step is next to nothing.
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../../../engine/backends/select.ts';
import type { SamplesInfo } from '../../../engine/contract/datasets/samples.ts';
import type { ClassifyExperiment } from '../../../engine/contract/tasks/classify-experiment.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import type { SequenceShape } from '../../../engine/models/sequence-classifier.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { fieldOf } from '../../../engine/tasks/classify/batches.ts';
import { createClassLoss } from '../../../engine/tasks/classify/class-loss.ts';
import { modelFor } from '../../../engine/tasks/per-sample/sample-model.ts';
import { seedRandomStream } from '../../../engine/training/random-streams.ts';
import { stockKernelsOf, TRIVIAL, watchStockKernels } from '../../models/stock-kernels.ts';

const [ROWS, CLASSES] = [5, 3] as const;
const TOKENS = { kind: 'tokens', tokens: 9, embedding: 32 } as const;
const rows = (channels: number) => ({ kind: 'rows', channels }) as const;

/** The gradient of a product casts float32 to float32, which hands the same values on. */
const ALLOWED = [...TRIVIAL, 'Cast'];

interface Draft {
  /** Of the data. */
  readonly column: Pick<SamplesInfo['columns'][number], 'kind' | 'min' | 'mean' | 'max' | 'letters'>;
  readonly input: SequenceShape['input'];
  readonly steps: (row: number) => number;
  readonly model?: string;
  readonly task?: object;
}

const text = (min: number, mean: number, max: number) => ({ kind: 'text', min, mean, max }) as const;
const DRAFTS: Readonly<Record<string, Draft>> = {
  'first names': { column: text(2, 6, 12), input: TOKENS, steps: (row) => 3 + row },
  mails: { column: text(20, 3_000, 9_000), input: TOKENS, steps: (row) => 3 + row },
  'mails, each word by itself': {
    column: text(20, 3_000, 9_000),
    input: TOKENS,
    steps: (row) => 3 + row,
    model: 'dense',
  },
  'pieces of one length': { column: text(20, 20, 20), input: TOKENS, steps: () => 8 },
  'runs of letters of short texts': {
    column: { ...text(2, 6, 12), letters: 30 },
    input: TOKENS,
    steps: (row) => 3 + row,
    model: 'dense',
  },
  'runs of letters of pieces of one length': {
    column: { ...text(20, 20, 20), letters: 90 },
    input: TOKENS,
    steps: () => 8,
    model: 'dense',
  },
  'DNA with attention': { column: text(8, 8, 8), input: TOKENS, steps: () => 8, model: 'attention' },
  recordings: {
    column: { kind: 'audio', min: 0.2, mean: 0.5, max: 1 },
    input: rows(40),
    steps: (row) => 5 + row,
  },
  'recordings with attention': {
    column: { kind: 'audio', min: 0.2, mean: 0.5, max: 1 },
    input: rows(40),
    steps: (row) => 5 + row,
    model: 'attention',
  },
  readings: {
    column: { kind: 'sequence', min: 1, mean: 1, max: 1 },
    input: rows(2),
    steps: () => 1,
    model: 'dense',
  },
  'series, smoothed and weighted': {
    column: { kind: 'sequence', min: 4, mean: 9, max: 20 },
    input: rows(3),
    steps: (row) => 4 + row,
    task: { labelSmoothing: 0.1, classWeights: 'balanced' },
  },
};

function experimentOf({ column, model = 'gru', task }: Draft): ClassifyExperiment {
  const info = {
    form: 'x',
    input: 'x',
    label: 'label',
    group: null,
    groups: 0,
    parts: [],
    classes: [],
    duplicates: 0,
    columns: [{ name: 'x', missing: 0, categories: null, ...column }],
  };
  const draft = {
    name: 'x',
    dataset: { name: 'd' },
    task: { kind: 'classify', ...task },
    model: { kind: model },
  };
  const facts = { rows: 10, series: 0, frequency: null, startUs: null, endUs: null, samples: info };
  return parseExperiment(completeExperiment(draft, facts)) as ClassifyExperiment;
}

beforeAll(async () => {
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  watchStockKernels();
});

it.each(Object.entries(DRAFTS))('%s', (_, draft) => {
  const { input: shape, steps } = draft;
  const experiment = experimentOf(draft);
  const width = shape.kind === 'rows' ? shape.channels : 1;
  const encode = (row: number) => {
    const values = Array.from({ length: steps(row) * width }, (_cell, at) => (at + row) % 9);
    return shape.kind === 'tokens' ? Int32Array.from(values) : Float32Array.from(values);
  };
  const mostSteps = Math.max(...Array.from({ length: ROWS }, (_row, row) => steps(row)));
  const model = modelFor(experiment, { input: { shape }, classes: CLASSES, mostSteps });
  const createLoss = (weight: Parameters<typeof model.answer>[1]) => {
    const field = fieldOf({ shape, encode }, [...Array(ROWS).keys()]);
    const loss = createClassLoss(experiment.task, [7, 2, 4]);
    const truth = loss.truthOf(Int32Array.from({ length: ROWS }, (_row, row) => row % CLASSES));
    const pass = { dropout: seedRandomStream(9, 'dropout') };
    return () => loss.mean(model.answer(field, weight, pass), truth) as tf.Scalar;
  };
  const found = stockKernelsOf(model.specs, createLoss);
  expect(found.filter((name) => !ALLOWED.includes(name))).toEqual([]);
});
