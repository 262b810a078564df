// Presets: settings that go together, laid over a configuration. What is forecast and from which data stays as it is; pure.

import type { Model } from '../contract/experiment/model.ts';
import { isFields, type RecordedFields } from '../contract/values/fields.ts';

export interface Preset {
  readonly name: string;
  readonly label: string;
  /** One or two sentences: what it is for, and what it sets. */
  readonly words: string;
  apply(configuration: RecordedFields): RecordedFields;
}

const FOLLOWED: readonly string[] = [
  'dataset',
  'dataset.name',
  'task',
  'task.horizon',
  'model',
  'model.kind',
];

/** Whether a field decides what presets set: what is forecast, from which data and by which kind of model. */
export const isFollowed = (path: readonly string[]): boolean =>
  FOLLOWED.includes(path.join('.')) || (path[0] === 'task' && path[1] === 'targets');

const fieldsOf = (value: unknown): RecordedFields => (isFields(value) ? value : {});

/** Without those fields: they get their defaults again. */
function without(fields: RecordedFields, ...names: string[]): RecordedFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

const kindOf = ({ model }: RecordedFields): unknown => fieldsOf(model).kind;

const goodDefault: Preset = {
  name: 'good-default',
  label: 'Good default',
  words:
    'Look-back, size of the model and training as they suit the data and its season, changes from the last row, and early stopping.',
  apply: (configuration) => ({
    ...without(configuration, 'pipeline', 'training', 'evaluation'),
    task: without(fieldsOf(configuration.task), 'lookback', 'stride', 'firstForecast', 'loss', 'huberDelta'),
    model: { kind: kindOf(configuration) ?? 'lstm' },
  }),
};

/** Two weeks of hours, as the tables of long-term forecasts read them. */
const LOOKBACK = 336;
/** A month of hours, as SegRNN does (Lin and others 2023). */
const LONG_LOOKBACK = 720;
/** From this horizon on a longer past leaves too few windows apart from each other: validation is worse with it. */
const FAR = 336;
/** Cells, segments, dropout and loss of SegRNN; on ETTh1 validation prefers them to squared errors with less dropout. */
const CELLS: RecordedFields = {
  units: 128,
  segment: { length: 48, stride: 48 },
  channelIndependent: true,
  dropout: 0.5,
};
const RECURRENT: readonly unknown[] = ['rnn', 'gru', 'lstm'] satisfies Model['kind'][];
const IN_SEGMENTS: readonly unknown[] = [...RECURRENT, 'attention' satisfies Model['kind']];

interface Reading {
  /** Fields of the task. */
  readonly task: RecordedFields;
  /** The last step of the pipeline. */
  readonly level: 'subtract-last' | 'revin';
  readonly batchSize: number;
}

/** What of it depends on the horizon was chosen by the mean absolute error of validation on ETTh1 (docs/published.md). */
function readingOf(kind: unknown, horizon: unknown): Reading {
  if (!IN_SEGMENTS.includes(kind))
    return { task: { lookback: LOOKBACK }, level: 'subtract-last', batchSize: 32 };
  const isFar = Number(horizon) >= FAR;
  const task = { lookback: isFar ? LOOKBACK : LONG_LOOKBACK, loss: 'mae' };
  return isFar && RECURRENT.includes(kind)
    ? { task, level: 'revin', batchSize: 256 }
    : { task, level: 'subtract-last', batchSize: 32 };
}

/** By kind of model; one of them for all columns, each from its own past. */
const PUBLISHED: Readonly<Record<Model['kind'], RecordedFields>> = {
  rnn: CELLS,
  gru: CELLS,
  lstm: CELLS,
  attention: {
    units: 64,
    heads: 4,
    layers: 2,
    segment: { length: 48, stride: 48 },
    channelIndependent: true,
    readout: 'flatten',
    dropout: 0.3,
  },
  'encoder-decoder': { units: 128, dropout: 0.3 },
  linear: { channelIndependent: true },
  dense: { units: 128, channelIndependent: true, dropout: 0.3 },
};

/** The first 8,640 rows, then 2,880 and 2,880, as all tables cut these data; of others 70 %, 10 % and 20 %. */
const splitOf = (dataset: unknown): RecordedFields =>
  /^etth[12]$/i.test(String(dataset))
    ? { kind: 'count', train: 8_640, validation: 2_880, test: 2_880 }
    : { kind: 'fraction', train: 0.7, validation: 0.1 };

const publishedLtsf: Preset = {
  name: 'published-ltsf',
  label: 'Published LTSF',
  words:
    'The protocol of published tables of long-term forecasts: 336 or 720 rows of the past in segments, every column from its own past by one model, standardized scores, their split. MSE and MAE can be set beside printed ones.',
  apply(configuration) {
    const kind = kindOf(configuration) ?? 'gru';
    const own = Object.entries(PUBLISHED).find(([name]) => name === kind)?.[1] ?? {};
    const { targets, ...task } = fieldsOf(configuration.task);
    const reading = readingOf(kind, task.horizon);
    return {
      ...configuration,
      task: {
        ...without(
          task,
          'features',
          'stride',
          'firstForecast',
          'loss',
          'huberDelta',
          'metrics',
          'knownAhead',
          'staticFeatures',
          'calendar',
        ),
        targets,
        features: targets,
        calendar: [],
        ...reading.task,
        metrics: ['mse', 'mae'],
      },
      split: splitOf(fieldsOf(configuration.dataset).name),
      pipeline: [
        { step: 'fill', method: 'forward' },
        { step: 'standardize', scope: 'series' },
        { step: reading.level },
      ],
      model: { kind, ...own },
      training: {
        epochs: kind === 'linear' ? 1 : 10,
        batchSize: reading.batchSize,
        optimizer: { kind: 'adam', learningRate: 0.001 },
        schedule: { kind: 'cosine' },
        earlyStopping: { patience: 3 },
      },
      evaluation: { ...fieldsOf(configuration.evaluation), scale: 'standardized' },
    };
  },
};

const fastLook: Preset = {
  name: 'fast-look',
  label: 'Fast look',
  words:
    'A linear map solved in one step, in seconds: what a larger model has to beat, and whether there is anything to learn.',
  apply: (configuration) => ({
    ...without(configuration, 'pipeline', 'training'),
    task: without(fieldsOf(configuration.task), 'loss', 'huberDelta'),
    model: { kind: 'linear' },
  }),
};

export const PRESETS: readonly Preset[] = [goodDefault, publishedLtsf, fastLook];
