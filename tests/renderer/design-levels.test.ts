// The two levels of the form: which fold holds a field, what counts as changed, and one draft for each model.
import { describe, expect, test } from 'vitest';
import type { DatasetSummary } from '../../engine/contract/datasets/dataset.ts';
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { completeExperiment } from '../../engine/defaults/experiment.ts';
import {
  comparedKinds,
  draftsOfAllModels,
  nameWithModel,
  offeredKinds,
} from '../../renderer/features/design/all-models.ts';
import { changedFields, modelOfKind, settingsLine } from '../../renderer/features/design/defaults.ts';
import { type Draft, withValue } from '../../renderer/features/design/draft.ts';
import { foldOf } from '../../renderer/features/design/folds.ts';
import { suggestForecast } from '../../renderer/tasks/forecast/suggest.ts';
import { automaticName, withFollowingName } from '../../renderer/tasks/screens-of.ts';
import { numberOf, sameNumber, wholeNumberProblem } from '../../renderer/ui/typed-number.ts';

/** Months of 60 years, as the CO2 sample has them. */
const dataset = {
  name: 'co2',
  columns: [
    { name: 'CO2', kind: 'numeric' },
    { name: 'adjusted', kind: 'numeric' },
  ],
  rows: 720,
  series: 1,
  frequency: '1 month',
  startUs: 0,
  endUs: 720 * 30.44 * 86_400e6,
} as unknown as DatasetSummary;
const draft = suggestForecast(dataset);
const complete = (of: Draft) => ExperimentSchema.parse(completeExperiment(of, dataset));
const changes = (of: Draft) => changedFields(of, complete(of), dataset);
const changed = (path: string, value: unknown) => changes(withValue(draft, path, value));

describe('what differs from the defaults', () => {
  test('nothing in a suggestion', () => expect(changes(draft)).toEqual([]));

  test.each<[string, unknown]>([
    ['task.lookback', 24],
    ['task.stride', 2],
    ['task.features', ['CO2', 'adjusted']],
    ['split', { kind: 'date', validationFrom: '1990', testFrom: '2000' }],
    ['split', { kind: 'fraction', train: 0.6, validation: 0.2 }],
    ['pipeline', []],
    ['model.units', 8],
    ['model.segment', null],
    ['model.dropout', 0.1],
    ['training.epochs', 3],
    ['training.earlyStopping', null],
    ['evaluation', { scale: 'standardized' }],
    ['seed', 7],
    ['backend', 'cpu'],
  ])('%s', (path, value) => {
    const found = changed(path, value);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${path}`));
  });

  test('first choices are none, and bring their own defaults', () => {
    expect(changed('name', 'mine')).toEqual([]);
    expect(changed('task.horizon', 3)).toEqual([]);
    const other = withValue(withValue(draft, 'task.targets', ['adjusted']), 'task.features', ['adjusted']);
    expect(changes(other)).toEqual([]);
    for (const kind of ['rnn', 'gru', 'attention', 'encoder-decoder']) {
      expect(changes({ ...draft, model: modelOfKind(draft, kind, dataset) }), kind).toEqual([]);
    }
  });

  test('another target of daily rows keeps all columns as inputs, and that is no change', () => {
    const daily = { ...dataset, frequency: '1 day', rows: 720, endUs: 719 * 86_400e6 };
    const next = withValue(suggestForecast(daily), 'task.targets', ['adjusted']);
    const parsed = ExperimentSchema.parse(completeExperiment(next, daily));
    expect(changedFields(next, parsed, daily)).toEqual([]);
  });

  test('another optimizer is one change, whatever fields it has', () => {
    expect(changed('training.optimizer', { kind: 'rmsprop' })).toEqual(['training.optimizer.kind']);
    expect(changed('training.optimizer', { kind: 'rmsprop', rho: 0.8 })).toEqual(
      expect.arrayContaining(['training.optimizer.kind', 'training.optimizer.rho']),
    );
  });
});

test('every field has its fold, and first choices have none', () => {
  const folds = ['task.targets.0', 'task.horizon', 'model.kind', 'dataset.name', ''].map(foldOf);
  expect(folds).toEqual([null, null, null, null, null]);
  expect(foldOf('task.lookback')).toBe('task');
  expect(foldOf('split.train')).toBe('split');
  expect(foldOf('pipeline.0.method')).toBe('pipeline');
  expect(foldOf('model.segment.length')).toBe('model');
  expect(foldOf('model')).toBe('model');
  expect(foldOf('training.optimizer.beta1')).toBe('training');
  expect(foldOf('evaluation.season')).toBe('scores');
  for (const path of ['name', 'seed', 'backend', 'whatever']) expect(foldOf(path)).toBe('run');
});

test('the line of defaults says what will be trained', () => {
  expect(settingsLine(complete(draft))).toBe(
    'The model sees 36 rows of the past, 12 read as one step, has 64 units and trains for at most 60 epochs at a learning rate of 0.006; 70\u00a0% of the rows train, 15\u00a0% validate, 15\u00a0% test.',
  );
  expect(
    settingsLine(complete({ ...draft, split: { kind: 'count', train: 500, validation: 100 } })),
  ).toContain('500 rows train, 100 validate, all the rest test.');
  const text = {
    name: 'x',
    dataset: { name: 'x' },
    task: { kind: 'generate', input: 'text' },
    model: { kind: 'gru', units: 8 },
    split: { kind: 'fraction', train: 0.8, validation: 0.1 },
  };
  expect(settingsLine(ExperimentSchema.parse(text))).toContain('80\u00a0% of each text train, 10');
});

test.each([
  [{ kind: 'generate', input: 'text', window: 128 }, 'The model reads 128 tokens at a time, has'],
  [
    { kind: 'video', input: 'frames', given: 10, ahead: 5 },
    'The model reads 10 frames, says the 5 after them, has',
  ],
  [
    { kind: 'video', input: 'frames', given: 1, ahead: 1 },
    'The model reads 1 frame, says the 1 after it, has',
  ],
  [
    { kind: 'caption', input: 'image', target: 'caption', mostSteps: 13, patches: { side: 6, step: 3 } },
    'The model reads patches of 6 x 6 pixels, writes up to 13 tokens, has',
  ],
  [
    { kind: 'translate', input: 'source', target: 'target', mostSteps: 40 },
    'The model reads and writes up to 40 tokens, has',
  ],
])('the line of defaults of %o', (task, line) => {
  const split = { kind: 'samples', by: 'stratified' };
  const model = { kind: 'target' in task ? 'encoder-decoder' : 'gru', units: 8 };
  const experiment = { name: 'x', dataset: { name: 'x' }, task, split, model };
  expect(settingsLine(ExperimentSchema.parse(experiment))).toContain(line);
});

describe('all models', () => {
  test.each([
    ['video', ['gru', 'lstm', 'rnn']],
    ['caption', ['attention', 'encoder-decoder']],
    ['translate', ['attention', 'encoder-decoder']],
    ['generate', ['attention', 'gru', 'lstm', 'rnn']],
  ])('of the task %s are those that can learn it, and the form offers no others', (kind, models) => {
    expect(comparedKinds(kind).toSorted()).toEqual(models);
    expect(offeredKinds(kind).toSorted()).toEqual(models);
  });

  test('are the recurrent ones and attention, each with the same data and settings, its name and its defaults', () => {
    const own = withValue(withValue(draft, 'model.units', 24), 'model.dropout', 0.1);
    const drafts = draftsOfAllModels(withValue(own, 'training.epochs', 5), dataset);
    expect(drafts.map(({ kind }) => kind)).toEqual(comparedKinds('forecast'));
    expect(comparedKinds('forecast').toSorted()).toEqual(['attention', 'gru', 'lstm', 'rnn']);
    for (const { kind, draft: one } of drafts) {
      const experiment = complete(one);
      expect(experiment.name).toBe(`co2 CO2 ${kind} 64`);
      expect(experiment.model).toMatchObject({ kind, units: 24, segment: { length: 12, stride: 12 } });
      expect({ ...experiment, name: '', model: null }).toEqual({
        ...complete(withValue(own, 'training.epochs', 5)),
        name: '',
        model: null,
      });
    }
    // The model that was designed stays as it is.
    expect(complete(drafts.find(({ kind }) => kind === 'lstm')!.draft).model).toMatchObject({ dropout: 0.1 });
  });

  test('an automatic name stays one', () => {
    for (const { draft: one } of draftsOfAllModels(
      withFollowingName(draft, withValue(draft, 'model.units', 24)),
      dataset,
    ))
      expect(one.name).toBe(automaticName(one));
  });

  test('a name with a model in it gets the other model, a long one room for it', () => {
    expect(nameWithModel('CO2 gru 32', 'lstm')).toBe('CO2 lstm 32');
    expect(nameWithModel('linear trend CO2 gru 32', 'lstm')).toBe('linear trend CO2 lstm 32');
    expect(nameWithModel('dates gru 32 without attention', 'lstm')).toBe('dates lstm 32 without attention');
    expect(nameWithModel('co2', 'rnn')).toBe('co2 rnn');
    expect(nameWithModel('x'.repeat(200), 'attention')).toHaveLength(200);
  });
});

describe('numbers as they are typed', () => {
  test.each<[string | number, number | null]>([
    [3, 3],
    ['0.', 0],
    ['-', null],
    ['', null],
    ['  ', null],
    ['99999999999999999999', 1e20],
    [Number.NaN, null],
  ])('%o is %o', (typed, number) => expect(numberOf(typed)).toBe(number));

  test('a text stands for the value that it was read as', () => {
    expect(sameNumber('0.', 0)).toBe(true);
    expect(sameNumber('-', '')).toBe(true);
    expect(sameNumber('', 3)).toBe(false);
    expect(sameNumber('0.', 5)).toBe(false);
  });

  test.each<[string | number, string]>([
    [1.5, 'This is 1.5; it must be a whole number from 1 to 100.'],
    [0, 'This is 0; it must be a whole number from 1 to 100.'],
    [1_000_000_000, 'This is 1000000000; it must be a whole number from 1 to 100.'],
    ['-', 'This is -; it must be a whole number from 1 to 100.'],
    ['', 'This is empty; it must be a whole number from 1 to 100.'],
  ])('%o is refused', (typed, sentence) => expect(wholeNumberProblem(typed, 1, 100)).toBe(sentence));

  test.each([1, 100, '7'])('%o is taken', (typed) => expect(wholeNumberProblem(typed, 1, 100)).toBeNull());
});
