import { expect, test } from 'vitest';
import type { RunDetail, Score } from '../../engine/contract/run.ts';
import { configurationDifferences, protocolGroups } from '../../engine/services/runs/comparison.ts';

test('only what differs is listed, in order, with null where a run lacks it; lists of names are one value', () => {
  const base = {
    task: { lookback: 30, features: ['close'] },
    training: { epochs: 5, earlyStopping: { patience: 3 } },
  };
  const other = {
    task: { lookback: 30, features: ['close', 'volume'] },
    training: { epochs: 9, earlyStopping: null },
  };
  expect(configurationDifferences([base, other])).toEqual([
    { path: 'task.features', values: [['close'], ['close', 'volume']] },
    { path: 'training.epochs', values: [5, 9] },
    { path: 'training.earlyStopping.patience', values: [3, null] },
  ]);
  expect(configurationDifferences([base, structuredClone(base)])).toEqual([]);
});

const score = (subject: string, value: number, more: Partial<Score> = {}): Score => ({
  part: 'test',
  subject,
  metric: 'mae',
  unit: 'original',
  target: null,
  value,
  count: 10,
  ...more,
});

const run = (id: number, fingerprint: string, scores: Score[]): RunDetail =>
  ({ id, name: `run ${id}`, fingerprint, scores }) as unknown as RunDetail;

test('runs are ranked within their protocol only, models before the baselines they share, NaN never best', () => {
  const groups = protocolGroups([
    run(1, 'p', [score('model', 3), score('model', 1, { part: 'validation' }), score('repeat', 2)]),
    run(2, 'q', [score('model', 0.1)]),
    run(3, 'p', [score('model', 2.5), score('model', 0, { target: 'close' }), score('repeat', 2)]),
    run(4, 'p', [score('model', Number.NaN), score('repeat', 2)]),
  ]);
  expect(groups.map(({ fingerprint, runs }) => [fingerprint, runs])).toEqual([
    ['p', [1, 3, 4]],
    ['q', [2]],
  ]);
  expect(groups[0]?.rows.map(({ label, value, best }) => [label, value, best])).toEqual([
    ['run 1', 3, false],
    ['run 3', 2.5, false],
    ['run 4', Number.NaN, false],
    ['repeat', 2, true],
  ]);
  expect(groups[1]?.rows.map(({ best }) => best)).toEqual([true]);
});
