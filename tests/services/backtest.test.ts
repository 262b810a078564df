// A backtest: what each fold learns on and tests on, what its folds say together, and what is refused before a run exists.
import { expect, test } from 'vitest';
import type { Split } from '../../engine/contract/experiment/split.ts';
import { parseRunList } from '../../engine/contract/runs/run-list.ts';
import { splitRows } from '../../engine/data/split.ts';
import { backtestRows } from '../../engine/defaults/backtest.ts';
import { runDetail } from '../../engine/services/runs/runs.ts';
import { startTrainableStudy } from '../../engine/services/runs/trainable.ts';
import { backtest } from '../../engine/studies/backtest.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { makeExperiment, makeSeries, wave } from '../data/made-series.ts';
import { importColumns } from './dataset.ts';
import { createTestEngine, runJobHere } from './fixture.ts';

const PLAN = { kind: 'backtest', folds: 3, train: 40, validation: 10, test: 12 };
const DESIGN = {
  name: 'waves',
  dataset: { name: 'made' },
  task: { kind: 'forecast', targets: ['y'], lookback: 4, horizon: 2 },
  model: { kind: 'linear' },
};

function engineOf(rows: number) {
  const engine = { ...createTestEngine(), runJob: runJobHere };
  importColumns(engine.workspace, 'made', { y: wave(rows) });
  return engine;
}

async function splitsOf(plan: object, rows = 100): Promise<Split[]> {
  const engine = engineOf(rows);
  const { runs } = await startTrainableStudy(
    engine,
    { configuration: DESIGN, plan: { ...PLAN, ...plan } },
    undefined,
  );
  return runs.map((run) => runDetail(engine, run).configuration.split);
}

test('an expanding window learns on all rows before, a sliding one on as many as the first', async () => {
  const part = { kind: 'count', validation: 10, test: 12 };
  expect(await splitsOf({})).toEqual([
    { ...part, train: 40 },
    { ...part, train: 52 },
    { ...part, train: 64 },
  ]);
  expect(await splitsOf({ window: 'sliding', embargo: 2 })).toEqual([
    { ...part, train: 40, embargo: 2 },
    { ...part, train: 40, embargo: 2, skip: 12 },
    { ...part, train: 40, embargo: 2, skip: 24 },
  ]);
});

test('without refitting, one model tests the folds up to the next', async () => {
  expect(await splitsOf({ refitEvery: 2 })).toEqual([
    { kind: 'count', train: 40, validation: 10, test: 24 },
    { kind: 'count', train: 64, validation: 10, test: 12 },
  ]);
});

test('embargoed rows are in no part, and skipped rows change nothing of a fold', () => {
  const times = BigInt64Array.from({ length: 60 }, (_, row) => BigInt(row));
  expect(splitRows({ kind: 'count', train: 20, validation: 10, test: 10, embargo: 3 }, [times])).toEqual([
    { train: { from: 0, to: 20 }, validation: { from: 23, to: 33 }, test: { from: 36, to: 46 } },
  ]);
  const split = { kind: 'count', train: 30, validation: 10, test: 10, skip: 25 };
  const experiment = makeExperiment({}, { split, pipeline: [{ step: 'standardize' }] });
  const y = wave(80);
  const other = y.map((value, row) => (row < 25 ? 1e6 - row : value));
  const [one, two] = [y, other].map((values) =>
    prepareForecast(experiment, [makeSeries({ y: values })], 'made'),
  );
  expect(two!.fitted).toEqual(one!.fitted);
  expect(two!.fingerprint).toBe(one!.fingerprint);
  expect(one!.series[0]!.times[0]).toBe(makeSeries({ y }).times[25]);
});

test.each([
  [{ folds: 1 }, 100, /folds/],
  [{ refitEvery: 3 }, 100, /refitEvery is 3; it must be below the number of folds/],
  [{ folds: 5 }, 100, /Of fold 5: its test part has/],
  [{ folds: 4 }, 95, /Of fold 4: its test part has 9 of 12 rows/],
  [
    { embargo: 60 },
    100,
    /^Of fold 1: its validation part has 0 rows, and a window needs \d+; change the rows of the folds, /,
  ],
])('refused before a run exists: %j of %i rows', async (plan, rows, words) => {
  const engine = engineOf(rows);
  const request = { configuration: DESIGN, plan: { ...PLAN, ...plan } };
  await expect(startTrainableStudy(engine, request, undefined)).rejects.toThrow(words);
  expect(parseRunList(engine.workspace.runs.listText())).toEqual([]);
});

test('its findings are over the folds, though each has another protocol', () => {
  const run = (id: number, testScore: number | null, testOutcome: string | null) => ({
    id,
    testScore,
    testOutcome,
    testMetric: 'mae',
    testUnit: 'original',
    fingerprint: String(id),
    bestValidationLoss: 1,
  });
  const runs = [run(1, 2, 'better'), run(2, 4, 'worse'), run(3, null, null)] as never;
  const { test, note } = backtest.summary({} as never, runs);
  expect(test).toMatchObject({ mean: 3, count: 2, deviation: Math.SQRT2 });
  expect(note).toContain('Better than the best baseline in 1 of 2. 1 without a test score.');
});

test('the usual rows end with the data', () => {
  const { train, validation, test: tested } = backtestRows({ rows: 1000, horizon: 12, folds: 5, embargo: 3 });
  expect([tested, validation]).toEqual([60, 100]);
  expect(train + validation + 6 + 5 * tested).toBe(1000);
});
