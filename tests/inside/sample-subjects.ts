// A model with weights from a seed for each kind of task, on data that are made here, as a look inside is given it.
import { generatedPairs } from '../../engine/data/generated/pairs.ts';
import type { Picture, SampleTable } from '../../engine/data/samples/sample-table.ts';
import type { StoredWeights, Subject } from '../../engine/inside/forecaster/load.ts';
import { parseExperiment } from '../../engine/services/runs/start.ts';
import { Numbers } from '../ops/numbers.ts';
import { CAPTION_EXPERIMENT } from '../tasks/caption/caption-runs.ts';
import { CONFIGURATION, madeSamples, tableOf } from '../tasks/classify/made-samples.ts';
import { LONG, madeText, textTable } from '../tasks/generate/made-texts.ts';
import { subjectOf } from './subject.ts';

let made = 0;

export function samplesSubject(
  configuration: object,
  samples: SampleTable,
  stored: StoredWeights | null = null,
  fitted: unknown = null,
): Subject {
  made += 1;
  return {
    dataKey: `samples ${made}`,
    weightsKey: `weights ${made}`,
    experiment: parseExperiment(configuration),
    weights: stored ? 'best' : 'first',
    fitted,
    threads: { now: 1, most: 1, fixed: true },
    readData: async () => ({ kind: 'samples', name: 'made', samples }),
    readWeights: async (kind) => (kind === 'best' ? stored : null),
  };
}

const withColumn = (table: SampleTable, column: SampleTable['columns'][number]): SampleTable => ({
  ...table,
  columns: [...table.columns, column],
});

const common = { dataset: { name: 'made' }, pipeline: [] };
const stratified = { kind: 'samples', by: 'stratified', train: 0.6, validation: 0.2 };
const gru = { kind: 'gru', units: 5, bidirectional: false };
const reviews = madeSamples(60);

const pairs = [...generatedPairs('parts-of-speech-240.tsv')!]
  .slice(1, 41)
  .map((line) => line.trim().split('\t') as [string, string]);
const pairTable = withColumn(textTable(pairs.map(([source]) => source)), {
  name: 'target',
  kind: 'text',
  texts: pairs.map(([, target]) => target),
});

const noise = new Numbers(3);
const picture = (frames: number): Picture => ({
  width: 6,
  height: 6,
  channels: 1,
  pixels: Uint8Array.from(noise.array(frames * 36), (value) => 128 + 100 * value),
});
const pictures = (frames: number) => Array.from({ length: 40 }, () => picture(frames));
const pictureNames = pictures(1).map((_, row) => `picture ${row}`);
const pictureTable = tableOf(
  pictureNames,
  pictureNames.map(() => 'one'),
);

/** By kind of task, and by what else its model may be. */
export const SUBJECTS: Readonly<Record<string, (model?: object) => Subject>> = {
  forecast: (model = { kind: 'lstm', units: 4 }) => subjectOf({ model, rows: 400 }),
  classify: (model = gru) => samplesSubject({ ...CONFIGURATION, model }, reviews),
  tag: (model = gru) =>
    samplesSubject(
      {
        ...common,
        name: 'tags',
        task: { kind: 'tag', input: 'text', labels: 'topics', embedding: 4 },
        model,
      },
      withColumn(reviews, {
        name: 'topics',
        kind: 'labels',
        sets: reviews.names.map((_, row) => [0, 1, 2].filter((code) => (row >> code) % 2 === 0)),
        labels: ['food', 'money', 'sport'],
      }),
    ),
  estimate: (model = gru) =>
    samplesSubject(
      {
        ...common,
        name: 'stars',
        task: { kind: 'estimate', input: 'text', value: 'stars', embedding: 4 },
        model,
      },
      withColumn(reviews, {
        name: 'stars',
        kind: 'numeric',
        values: Float64Array.from(reviews.names, (_, row) => 100 + (row % 5)),
      }),
    ),
  label: (model = { kind: 'gru', units: 6, bidirectional: true }) =>
    samplesSubject(
      {
        ...common,
        name: 'speech',
        task: { kind: 'label', input: 'text', target: 'target', embedding: 8, mostSteps: 20 },
        model,
        split: stratified,
      },
      pairTable,
    ),
  translate: (model = { kind: 'encoder-decoder', units: 6, cell: 'lstm', attention: true }) =>
    samplesSubject(
      {
        ...common,
        name: 'pairs',
        task: { kind: 'translate', input: 'text', target: 'target', embedding: 6, mostSteps: 60 },
        model,
        split: stratified,
      },
      pairTable,
    ),
  generate: (model = { kind: 'lstm', units: 6 }) =>
    samplesSubject({ ...LONG, model }, textTable([madeText(700)])),
  caption: (model = { kind: 'encoder-decoder', units: 6, cell: 'gru', attention: true }) =>
    samplesSubject(
      {
        ...common,
        name: 'squares',
        // Captions of similar images are read beside the image.
        task: { ...CAPTION_EXPERIMENT.task, embedding: 8, neighbours: 2 },
        split: { kind: 'samples', by: 'stratified' },
        model,
      },
      withColumn(withColumn(pictureTable, { name: 'image', kind: 'image', pictures: pictures(1) }), {
        name: 'caption',
        kind: 'text',
        texts: pictureNames.map((_, row) => `a ${row % 2 ? 'dark' : 'light'} square`),
      }),
    ),
  video: (model = { kind: 'gru', units: 4 }) =>
    samplesSubject(
      {
        ...common,
        name: 'digits',
        task: { kind: 'video', input: 'frames', given: 4, ahead: 3, stride: 1, embedding: 16 },
        split: { kind: 'samples', by: 'stratified' },
        model,
      },
      withColumn(pictureTable, { name: 'frames', kind: 'frames', pictures: pictures(8) }),
    ),
};
