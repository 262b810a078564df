import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { RunDetail, Score } from '../../engine/contract/runs/run.ts';
import { RunIdSchema, StudyIdSchema } from '../../engine/contract/values/ids.ts';
import {
  compareRuns,
  configurationDifferences,
  protocolGroups,
} from '../../engine/services/runs/comparison.ts';
import { keepScores } from '../../engine/services/runs/standing.ts';
import { newRun } from '../store/content.ts';
import { createTestEngine } from './fixture.ts';

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
    { ...run(5, 'r', [score('model', 0)]), state: 'damaged' },
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

describe('a study that is compared as a whole', () => {
  const seeded = (id: number, seed: number, value: number, more: object = {}): RunDetail =>
    ({
      id,
      name: `run ${id}`,
      fingerprint: 'p',
      seed,
      configuration: { seed, ...more },
      scores: [score('model', value), score('repeat', 9)],
    }) as unknown as RunDetail;
  const study = {
    id: StudyIdSchema.parse(1),
    name: 'seeds',
    runs: [1, 2].map((id) => RunIdSchema.parse(id)),
  };
  const rowsOf = (runs: RunDetail[], siblings: RunDetail[] = []) =>
    protocolGroups(runs, { studies: [study], siblings })[0]!;

  test('has a row of mean and deviation before its runs, and competes for them', () => {
    const { rows } = rowsOf([seeded(3, 1, 8, { units: 4 }), seeded(1, 1, 2), seeded(2, 2, 4)]);
    expect(rows.map(({ label, value, deviation, best }) => [label, value, deviation, best])).toEqual([
      ['run 3', 8, null, false],
      ['seeds', 3, Math.SQRT2, true],
      ['run 1', 2, null, false],
      ['run 2', 4, null, false],
      ['repeat', 9, null, false],
    ]);
    expect(rows.map(({ studyId, runId }) => studyId ?? runId)).toEqual([3, 1, 1, 2, null]);
  });

  test('is not marked where its lead is within the spread of its seeds', () => {
    const { rows, remark } = rowsOf([seeded(3, 1, 4, { units: 4 }), seeded(1, 1, 2), seeded(2, 2, 4)]);
    expect(rows.filter(({ best }) => best)).toEqual([]);
    expect(remark).toContain('up to MAE 2 apart');
  });

  test('the seeds of a study count also where one of its runs is compared alone', () => {
    const alone = [seeded(3, 1, 4, { units: 4 }), seeded(1, 1, 2)];
    expect(protocolGroups(alone)[0]?.rows.some(({ best }) => best)).toBe(true);
    const group = protocolGroups(alone, { siblings: [seeded(2, 2, 4)] })[0];
    expect(group?.rows.map(({ label }) => label)).not.toContain('run 2');
    expect(group?.rows.some(({ best }) => best)).toBe(false);
  });

  test('scores of another unit do not widen the spread', () => {
    const both = (id: number, seed: number, value: number) => {
      const run = seeded(id, seed, value);
      return { ...run, scores: [...run.scores, score('model', 100 * value, { unit: 'standardized' })] };
    };
    const { remark } = rowsOf([both(1, 1, 2), both(2, 2, 2)]);
    expect(remark).toBeNull();
  });
});

test('of a run with damaged rows Compare shows no value, and says why; the other runs are compared', () => {
  const engine = createTestEngine();
  const { workspace } = engine;
  const runs = ['a', 'b'].map((name) => newRun(workspace, name));
  for (const [index, id] of runs.entries()) keepScores(workspace, id, [score('model', index + 1)]);
  expect(compareRuns(engine, runs).protocols[0]?.rows.map(({ value }) => value)).toEqual([1, 2]);
  const file = new Database(workspace.path);
  file.exec(`UPDATE score SET value = 1e-9 WHERE run_id = ${runs[0]}`);
  file.close();
  const { runs: shown, protocols } = compareRuns(engine, runs);
  expect(protocols.flatMap(({ rows }) => rows.map(({ value }) => value))).toEqual([2]);
  expect(shown).toMatchObject([
    { state: 'damaged', testScore: null, reason: expect.stringContaining('in the table "score"') },
    { state: 'queued', testScore: 2 },
  ]);
});

describe('the mark follows the verdict of a duel', () => {
  const study = StudyIdSchema.parse(4);
  const fought = (id: number, seed: number, values: readonly [mae: number, mse: number]): RunDetail =>
    ({
      id,
      name: `run ${id}`,
      fingerprint: 'p',
      seed,
      configuration: { seed, units: id % 2 },
      scores: [
        score('model', values[0]),
        score('model', values[1], { metric: 'mse' }),
        score('repeat', 9),
        score('repeat', 99, { metric: 'mse' }),
      ],
    }) as unknown as RunDetail;
  // Half a per cent apart, and less than two seeds of one configuration.
  const runs = [
    fought(1, 1, [2, 8]),
    fought(2, 1, [1.99, 8.1]),
    fought(3, 2, [2.1, 8]),
    fought(4, 2, [2.09, 8.1]),
  ];
  const duellists = new Map(
    runs.map(({ id }) => [id, { study, label: id % 2 === 1 ? 'odd' : 'even' }] as const),
  );
  const parts = [0, 1].map((part) => ({
    id: study,
    name: part === 0 ? 'fight: odd' : 'fight: even',
    runs: runs.filter(({ id }) => id % 2 !== part).map(({ id }) => id),
  }));
  const marked = (members: readonly RunDetail[], winner: string | null | undefined, studies = parts) => {
    const verdicts = new Map(winner === undefined ? [] : [[study, winner] as const]);
    const group = protocolGroups(members, { studies, duellists, verdicts })[0]!;
    return {
      group,
      best: group.rows.filter(({ best }) => best).map(({ label, metric }) => `${label} ${metric}`),
    };
  };

  test('each configuration has a row with mean and deviation over its seeds', () => {
    const rows = marked(runs, undefined).group.rows.filter(
      ({ studyId, metric }) => studyId === study && metric === 'mae',
    );
    expect(rows.map(({ label, value }) => [label, value])).toEqual([
      ['fight: odd', 2.05],
      ['fight: even', 2.04],
    ]);
    expect(rows[0]!.deviation).toBeCloseTo(0.0707, 4);
  });

  test('its winner is marked though it leads by little, and only where it leads', () => {
    const { best, group } = marked(runs, 'even');
    expect(best).toEqual(['fight: even mae']);
    expect(group.remark).toContain('The mark follows duel s4: even is better than each other configuration');
  });

  test('nobody is marked without evidence, without a verdict, or against it', () => {
    expect(marked(runs, null).best).toEqual([]);
    expect(marked(runs, null).group.remark).toContain('Duel s4 found no configuration better');
    expect(marked(runs, undefined).best).toEqual([]);
    expect(marked(runs, undefined).group.remark).toContain('Duel s4 has no verdict');
    expect(marked(runs, 'odd').best).toEqual(['fight: odd mse']);
  });

  test('also where two of its runs are compared by themselves', () => {
    expect(marked(runs.slice(0, 2), null, []).best).toEqual([]);
    expect(marked(runs.slice(0, 2), 'even', []).best).toEqual(['run 2 mae']);
  });

  test('a baseline that is ahead of the winner keeps the mark from it', () => {
    const beaten = runs.map((one) => ({
      ...one,
      scores: [...one.scores, score('linear', 1), score('linear', 1, { metric: 'mse' })],
    }));
    expect(marked(beaten as RunDetail[], 'even').best).toEqual(['linear mae', 'linear mse']);
  });
});
