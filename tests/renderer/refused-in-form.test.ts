// Invalid input to the form: each draft is refused beside a field that the form has, in the form's words, by the sentence that the terminal
// gives, and no run is made of it. The dialogs of a backtest and of a duel refuse what their studies would.
import { describe, expect, test } from 'vitest';
import { parseRunList } from '../../engine/contract/runs/run-list.ts';
import { backtestSplits } from '../../engine/defaults/backtest.ts';
import { checkExperiment } from '../../engine/services/runs/experiment-check.ts';
import { startTrainableRun, startTrainableStudy } from '../../engine/services/runs/trainable.ts';
import { parsePlan } from '../../engine/studies/registry.ts';
import { duelSeedsProblem } from '../../renderer/features/compare/duel-seeds.ts';
import {
  BACKTEST_FIELDS,
  type BacktestForm,
  isSound,
  NEW_BACKTEST,
  planOf,
  problemOf,
  stretchesOf,
} from '../../renderer/features/design/backtest-form.ts';
import { formField, formWords } from '../../renderer/features/design/form-words.ts';
import { importColumns } from '../services/dataset.ts';
import { createTestEngine, runJobHere } from '../services/fixture.ts';

const ROWS = 300;
const column = (value: (row: number) => number) => Array.from({ length: ROWS }, (_, row) => value(row));
const COLUMNS = {
  level: column((row) => Math.sin(row / 3)),
  rain: column((row) => row % 4),
  price: column((row) => 5 + (row % 7)),
  constant: column(() => 3),
  weekly: column((row) => row % 7),
};

function createEngine() {
  const engine = { ...createTestEngine(), runJob: runJobHere };
  importColumns(engine.workspace, 'weather', COLUMNS);
  return engine;
}

const design = (task: object, rest: object = {}) => ({
  name: 'tried',
  dataset: { name: 'weather' },
  task: { kind: 'forecast', targets: ['level'], lookback: 4, horizon: 2, ...task },
  model: { kind: 'lstm', units: 2 },
  training: { epochs: 1, batchSize: 16 },
  ...rest,
});
const byCount = (rows: object) => ({ split: { kind: 'count', train: 200, validation: 30, ...rows } });
const byDate = (validationFrom: string, testFrom: string, rest: object = {}) => ({
  split: { kind: 'date', validationFrom, testFrom, ...rest },
});
const PRICE = { features: ['level', 'price'] };
const intervals = (rest: object) => design({ intervals: 'conformal', ...rest });
const scored = (metric: string, target: string, evaluation: object = {}) =>
  design({ targets: [target], features: [target], metrics: [metric] }, { evaluation });

const REFUSED: Readonly<Record<string, [draft: object, field: string, says: RegExp]>> = {
  'shares that leave no test': [
    design({}, { split: { kind: 'fraction', train: 0.8, validation: 0.2 } }),
    'Split',
    /must leave a part of the rows for the test/,
  ],
  'a training part shorter than a window': [
    design({ lookback: 40 }, byCount({ train: 20 })),
    'Split',
    /the training part of weather has 20 rows .* lower “Look-back” or “Horizon”/,
  ],
  'a validation part shorter than the horizon': [
    design({ horizon: 20 }, byCount({ validation: 10 })),
    'Split',
    /the validation part of weather has 10 rows .* lower “Horizon”/,
  ],
  'a test part shorter than the horizon': [
    design({ horizon: 20 }, byCount({ test: 10 })),
    'Split',
    /the test part of weather has 10 rows/,
  ],
  'a negative test part': [design({}, byCount({ test: -10 })), 'Test', /must be greater than 0/],
  'no whole number of rows': [design({}, byCount({ train: 200.5 })), 'Training', /a whole number/],
  'an embargo that leaves no validation': [
    design({}, byCount({ embargo: 200 })),
    'Embargo',
    /the validation part of weather has 0 rows .* lower “Embargo” or “Horizon”, or move the split/,
  ],
  'an embargo that leaves no test': [
    design({}, byCount({ embargo: 36 })),
    'Embargo',
    /the test part of weather has 0 rows/,
  ],
  'a negative embargo': [design({}, byCount({ embargo: -1 })), 'Embargo', /at least 0/],
  'all rows skipped': [design({}, byCount({ skip: 400 })), 'Skip', /lower “Skip” or “Look-back”/],
  'dates in the wrong order': [
    design({}, byDate('1970-09-01', '1970-07-01')),
    'Test from',
    /“Test from” \(1970-07-01\) must be later than “Validation from”/,
  ],
  'an empty date': [design({}, byDate('', '1970-07-01')), 'Validation from', /is empty/],
  'a test that ends before it begins': [
    design({}, byDate('1970-06-01', '1970-07-01', { testUntil: '1970-06-15' })),
    'Test until',
    /“Test until” \(1970-06-15\) must be later/,
  ],
  'a season longer than the data': [
    design({}, { evaluation: { season: 365 } }),
    'Season, rows',
    /“Season, rows” is 365 rows, but weather has 300/,
  ],
  'a season longer than the training part, for MASE': [
    scored('mase', 'level', { season: 250 }),
    'Metrics',
    /no two known training values are a season \(250 rows\) apart: choose mae instead/,
  ],
  'MASE of what repeats its season': [
    scored('mase', 'weekly', { season: 7 }),
    'Metrics',
    /the training part repeats the season before \(7 rows\) exactly: choose mae instead/,
  ],
  'MASE of a constant': [
    scored('mase', 'constant'),
    'Metrics',
    /the training part is constant: choose mae instead/,
  ],
  'OWA of a constant': [scored('owa', 'constant'), 'Metrics', /the training part is constant/],
  'R² of a constant': [scored('r2', 'constant'), 'Metrics', /no spread to explain: choose mae instead/],
  'MAPE at zeros': [scored('mape', 'rain'), 'Metrics', /values of rain .* are 0: choose wape or smape/],
  'MAPE at zeros of the second target': [
    design({ targets: ['price', 'rain'], features: ['price'], metrics: ['mae', 'mape'] }),
    'Metrics',
    /“Metrics” names mape, .* values of rain/,
  ],
  'CRPS without quantiles': [
    scored('crps', 'level'),
    'Metrics',
    /set “Intervals” to conformal or “Loss” to pinball/,
  ],
  'known ahead, but no input': [
    design({ features: ['level'], knownAhead: ['price'] }),
    'Known ahead',
    /“Known ahead” names "price", which is none of “Inputs”/,
  ],
  'known ahead, but forecast': [
    design({ ...PRICE, knownAhead: ['level'] }),
    'Known ahead',
    /what is forecast is not known ahead/,
  ],
  'known ahead, but no column': [
    design({ features: ['level', 'prise'], knownAhead: ['prise'] }),
    'Inputs',
    /no column "prise"/,
  ],
  'known ahead for longer than is read': [
    design({ ...PRICE, knownAhead: ['price'], horizon: 8 }),
    'Look-back',
    /horizon of 8 rows is longer than the look-back of 4; raise “Look-back”/,
  ],
  'levels that fall': [
    intervals({ quantiles: [0.9, 0.5, 0.1] }),
    'Quantile levels',
    /levels of quantiles rise, but 0.5 stands behind 0.9/,
  ],
  'a level twice': [
    intervals({ quantiles: [0.1, 0.5, 0.5, 0.9] }),
    'Quantile levels',
    /0.5 stands behind 0.5/,
  ],
  'levels without the median': [
    intervals({ quantiles: [0.1, 0.4, 0.9] }),
    'Quantile levels',
    /0.5, the median/,
  ],
  'a level of 0': [intervals({ quantiles: [0, 0.5, 0.9] }), 'Quantile levels', /greater than 0/],
  'a level that is no number': [intervals({ quantiles: [0.1, 'half', 0.9] }), 'Quantile levels', /a number/],
  'levels that few errors cannot tell': [
    intervals({ quantiles: [0.001, 0.5, 0.999] }),
    'Share that calibrates',
    /need 999 errors .* raise “Share that calibrates”/,
  ],
  'a calibration of all validation rows': [
    intervals({ calibrationShare: 0.99 }),
    'Share that calibrates',
    /leaves no window to stop by/,
  ],
  'quantiles of a map solved by squares': [
    design({ loss: 'pinball' }, { model: { kind: 'linear' } }),
    'Fit',
    /“Fit” ridge minimizes squared errors, but “Loss” is pinball/,
  ],
  'a batch that drops every test window': [
    design({}, { evaluation: { dropPartialBatchOf: 500 } }),
    'Drop partial batch of',
    /none would be scored/,
  ],
};

const PATH = /\b(?:task|split|model|training|evaluation)\.[a-z]/;

test('each is refused by the form and at the start, beside a field and in the words of the form', async () => {
  // One workspace for all, since none of them changes it.
  const engine = createEngine();
  for (const [name, [configuration, label, says]] of Object.entries(REFUSED)) {
    const { usable, issues } = await checkExperiment(engine, configuration, undefined);
    expect(usable, name).toBe(false);
    const [{ field, message } = { field: '', message: '' }] = issues;
    expect(formField(field), name).toBe(label);
    expect(formWords(message), name).toMatch(says);
    expect(formWords(message), name).not.toMatch(PATH);
    await expect(startTrainableRun(engine, { configuration }, undefined), name).rejects.toThrow(message);
  }
  expect(parseRunList(engine.workspace.runs.listText())).toEqual([]);
});

test('a constant target and an embargo larger than a part are allowed', async () => {
  const constant = await checkExperiment(createEngine(), design({ targets: ['constant'] }), undefined);
  expect(constant.usable).toBe(true);
  expect(constant.estimate?.notes.join()).toContain('there is nothing to learn from');
  expect(constant.estimate?.notes.join()).toContain('baseline: no target varies in the training part.');
  const embargoed = await checkExperiment(createEngine(), design({}, byCount({ embargo: 33 })), undefined);
  expect(embargoed.issues).toEqual([]);
});

describe('the dialog of a backtest', () => {
  const NEEDS = { rows: ROWS, lookback: 4, horizon: 2 };
  const problemsOf = (changes: Partial<BacktestForm>, needs = NEEDS) => {
    const form = { ...NEW_BACKTEST, ...changes };
    return BACKTEST_FIELDS.flatMap((field) => {
      const problem = problemOf(form, field, needs);
      return problem === null ? [] : [[field, problem] as const];
    });
  };

  test.each<[Partial<BacktestForm>, string, RegExp]>([
    [{ folds: 1 }, 'folds', /This is 1; it must be a whole number from 2 to 50/],
    [{ folds: '' }, 'folds', /is empty/],
    [{ folds: 2.5 }, 'folds', /whole number/],
    [{ refitEvery: 5 }, 'refitEvery', /from 1 to 4/],
    [{ embargo: -1 }, 'embargo', /from 0 to 300/],
    [{ embargo: 200 }, 'train', /validation and embargo take 520 of 300 rows/],
    [{ test: 1 }, 'test', /from 2 to 300/],
    [{ validation: 1 }, 'validation', /from 2 to 300/],
    [{ train: 5 }, 'train', /from 6 to 300/],
    [{ train: 250 }, 'train', /leaves 180 for the first fold to learn on/],
    [{ folds: 10, test: 30 }, 'train', /10 folds of 30 rows, validation take 330 of 300 rows/],
  ])('refuses %j', (changes, field, says) => {
    expect(problemsOf(changes)).toEqual([[field, expect.stringMatching(says)]]);
    expect(isSound({ ...NEW_BACKTEST, ...changes }, NEEDS)).toBe(false);
  });

  test.each<Partial<BacktestForm>>([
    {},
    { window: 'sliding', embargo: 3, train: 100 },
    { folds: 6, refitEvery: 5, test: 2, validation: 2 },
    { embargo: 40 },
  ])('what it takes trains: %j', async (changes) => {
    expect(problemsOf(changes)).toEqual([]);
    const plan = { kind: 'backtest', ...planOf({ ...NEW_BACKTEST, ...changes }, NEEDS) };
    expect(parsePlan(plan)).toEqual(plan);
    const engine = createEngine();
    const request = { configuration: design({}), plan };
    const { runs } = await startTrainableStudy(engine, request, undefined);
    expect(runs).toHaveLength(backtestSplits(planOf({ ...NEW_BACKTEST, ...changes }, NEEDS)).length);
  });

  test('the least rows that it takes train, and one less does not', async () => {
    // Five folds of two rows, two for validation, a window of six.
    const needs = { ...NEEDS, rows: 18 };
    const few = { test: 2, validation: 2 };
    expect(problemsOf(few, needs)).toEqual([]);
    expect(problemsOf(few, { ...needs, rows: 17 })).toEqual([
      ['train', expect.stringContaining('at least 6')],
    ]);
  });

  test('its bars cover all rows, with what is in no part', () => {
    const [, second] = backtestSplits(
      planOf({ ...NEW_BACKTEST, window: 'sliding', folds: 2, embargo: 5, train: 100, test: 40 }, NEEDS),
    );
    const stretches = stretchesOf({ ...second!.split, test: 40 }, ROWS);
    expect(stretches).toEqual([
      { part: null, rows: 40 },
      { part: 'train', rows: 100 },
      { part: null, rows: 5 },
      { part: 'validation', rows: 30 },
      { part: null, rows: 5 },
      { part: 'test', rows: 40 },
      { part: null, rows: 80 },
    ]);
  });
});

test.each([
  [1, /one seed a difference may be luck/],
  ['', /empty/],
  [21, /from 2 to 20/],
  [2.5, /whole number/],
  [2, null],
  [20, null],
])('a duel of %s seeds', (typed, says) => {
  const problem = duelSeedsProblem(typed);
  if (says === null) expect(problem).toBeNull();
  else expect(problem).toMatch(says);
});
