// studies.folds: which runs of backtests belong together, what is refused, and what the answer says.
import { expect, test } from 'vitest';
import { CATALOGUE } from '../../engine/evaluation/catalogue.ts';
import { backtestFolds } from '../../engine/services/forecasts/backtest-folds.ts';
import { ensembleRuns } from '../../engine/services/runs/ensemble.ts';
import { startTrainableStudy } from '../../engine/services/runs/trainable.ts';
import { foldsWords } from '../../engine/words/scores/folds-words.ts';
import { wave } from '../data/made-series.ts';
import { importColumns } from './dataset.ts';
import { createTestEngine, runJobHere } from './fixture.ts';

const PLAN = { kind: 'backtest', folds: 3, train: 40, validation: 10, test: 12 };
const DESIGN = {
  name: 'waves',
  dataset: { name: 'made' },
  task: { kind: 'forecast', targets: ['y'], lookback: 4, horizon: 2 },
  model: { kind: 'linear' },
};

async function engineWith(...plans: object[]) {
  const engine = { ...createTestEngine(), runJob: runJobHere };
  importColumns(engine.workspace, 'made', { y: wave(100) });
  const studies = [];
  for (const plan of plans)
    studies.push(
      await startTrainableStudy(engine, { configuration: DESIGN, plan: plan as never }, undefined),
    );
  return { engine, studies };
}

test('a study without folds, and a backtest without trained folds, are refused', async () => {
  const { engine } = await engineWith(PLAN, { kind: 'seeds', seeds: [1, 2] });
  const ask = (...studies: string[]) => backtestFolds(engine, { studies, way: 'mean' }, undefined);
  await expect(ask('s2')).rejects.toThrow('Study s2 "waves" is no backtest, so it has no folds.');
  await expect(
    ensembleRuns(engine, { runs: ['s1'], way: 'mean', withTable: false }, undefined),
  ).rejects.toThrow('fold by fold: `hindcast folds s1`');
  await expect(ask('s1')).rejects.toThrow('Study s1 has no trained folds, and this takes two');
});

test('the words say the mean of each, and what the intervals hold', () => {
  const score = (subject: string, value: number, deviation: number | null) => ({
    subject,
    metric: 'mae',
    unit: 'original' as const,
    value,
    deviation,
  });
  const found = {
    means: [score('together', 1.25, 0.5), score('s1', 2, null)],
    folds: 4,
    levels: [0.05, 0.95] as const,
    catalogue: CATALOGUE,
  };
  const intervals = { coverage: 0.8825, width: 3, cells: 100 };
  expect(foldsWords({ ...found, intervals, judged: 3 })).toEqual([
    'Mean test MAE over 4 folds: together 1.25 ± 0.5, s1 2.',
    'Intervals of 90 %, calibrated by the errors of the folds before, hold 88.3 % of the true values of 3 folds.',
  ]);
  expect(foldsWords({ ...found, intervals: null, judged: 0 })[1]).toContain('too few errors');
});
