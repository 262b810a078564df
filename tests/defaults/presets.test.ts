// Each preset makes an experiment of every model that its schema takes, and leaves what is forecast as it is.
import { expect, test } from 'vitest';
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { ModelSchema } from '../../engine/contract/experiment/model.ts';
import { completeExperiment } from '../../engine/defaults/experiment.ts';
import { PRESETS } from '../../engine/defaults/presets.ts';

const KINDS = ModelSchema.options.map((option) => option.shape.kind.value);
const facts = { rows: 17_420, series: 1, frequency: '1 hour', startUs: 0, endUs: 17_419 * 3600e6 };
const draft = (kind: string) => ({
  name: 'x',
  dataset: { name: 'ETTh1' },
  task: {
    kind: 'forecast',
    targets: ['OT', 'HUFL'],
    features: ['OT'],
    horizon: 96,
    loss: 'mae',
    lookback: 7,
  },
  model: { kind, ...(kind === 'linear' ? {} : { units: 7 }) },
  pipeline: [{ step: 'log' }],
  training: { epochs: 3 },
});

const made = (name: string, kind: string) =>
  ExperimentSchema.parse(
    completeExperiment(PRESETS.find((preset) => preset.name === name)!.apply(draft(kind)), facts),
  );

test.each(PRESETS.flatMap(({ name }) => KINDS.map((kind) => [name, kind])))('%s of %s', (name, kind) => {
  const { task, dataset, pipeline, training } = made(name!, kind!);
  const loss =
    name === 'published-ltsf' && ['rnn', 'gru', 'lstm', 'attention'].includes(kind!) ? 'mae' : 'mse';
  expect(task).toMatchObject({ targets: ['OT', 'HUFL'], horizon: 96, loss });
  expect(dataset).toEqual({ name: 'ETTh1' });
  expect(pipeline.map(({ step }) => step)).not.toContain('log');
  expect(training.epochs).not.toBe(3);
});

test('published-ltsf cuts ETTh1 as the tables do, every column by itself, standardized', () => {
  const { task, split, model, evaluation } = made('published-ltsf', 'gru');
  expect(task).toMatchObject({ lookback: 720, metrics: ['mse', 'mae'] });
  expect(task).toMatchObject({ features: ['OT', 'HUFL'] });
  expect(split).toEqual({ kind: 'count', train: 8_640, validation: 2_880, test: 2_880 });
  expect(model).toMatchObject({ kind: 'gru', units: 128, channelIndependent: true });
  expect(evaluation.scale).toBe('standardized');
});

test.each([
  ['lstm', 96, 720, 'subtract-last', 32],
  ['lstm', 336, 336, 'revin', 256],
  ['gru', 720, 336, 'revin', 256],
  ['gru', undefined, 720, 'subtract-last', 32],
  ['attention', 96, 720, 'subtract-last', 32],
  ['attention', 336, 336, 'subtract-last', 32],
  ['dense', 96, 336, 'subtract-last', 32],
  ['linear', 24, 336, 'subtract-last', 32],
])(
  'published-ltsf of %s reads for %s steps ahead %d rows, %s, by %d',
  (kind, horizon, lookback, level, batchSize) => {
    const written = draft(kind);
    const preset = PRESETS.find(({ name }) => name === 'published-ltsf')!;
    const made = preset.apply({ ...written, task: { ...written.task, horizon } });
    expect(made).toMatchObject({ task: { lookback }, training: { batchSize } });
    expect((made.pipeline as { readonly step: string }[]).at(-1)).toEqual({ step: level });
  },
);

test('fast-look is a linear map, solved in one epoch; good-default keeps the model and follows the data', () => {
  expect(made('fast-look', 'lstm')).toMatchObject({
    model: { kind: 'linear', fit: 'ridge' },
    training: { epochs: 1 },
  });
  expect(made('good-default', 'gru')).toMatchObject({
    model: { kind: 'gru', units: 32 },
    task: { lookback: 168 },
  });
});
