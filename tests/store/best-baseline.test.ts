// The best baseline beside a run's test score: kept with new scores, filled in for the runs of an older workspace.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Score } from '../../engine/contract/runs/run.ts';
import type { RunId } from '../../engine/contract/values/ids.ts';
import { fillStandings, keepScores } from '../../engine/services/runs/standing.ts';
import { newRun, newWorkspace, openTest, temporaryFolder } from './helpers.ts';
import { firstMigrations, insertOldRun, look, oldWorkspace } from './old-rows.ts';

const score = (subject: string, value: number, change: Partial<Score> = {}): Score => ({
  part: 'test',
  subject,
  metric: 'mae',
  unit: 'original',
  target: null,
  value,
  count: 10,
  ...change,
});

/** The metric of the experiment is MAE, its scale `original`. */
const CASES: readonly (readonly [
  string,
  readonly Score[],
  { baseline: string | null; value: number | null },
])[] = [
  ['no scores', [], { baseline: null, value: null }],
  ['a model without a rival', [score('model', 1)], { baseline: null, value: null }],
  ['a rival without a model', [score('repeat', 1)], { baseline: null, value: null }],
  [
    'the best of two',
    [score('model', 1), score('repeat', 3), score('seasonal-naive', 2.5)],
    { baseline: 'seasonal-naive', value: 2.5 },
  ],
  ['a tie', [score('model', 1), score('b', 3), score('a', 3)], { baseline: 'b', value: 3 }],
  [
    'other parts, metrics, units and targets',
    [
      score('model', 1),
      score('repeat', 0.1, { part: 'validation' }),
      score('repeat', 0.2, { metric: 'rmse' }),
      score('repeat', 0.3, { unit: 'standardized' }),
      score('repeat', 0.4, { target: 'close' }),
      score('repeat', 0.5),
    ],
    { baseline: 'repeat', value: 0.5 },
  ],
  [
    'a unit that was not asked for, where the model has no other',
    [
      score('repeat', 9),
      score('model', 1, { unit: 'standardized' }),
      score('repeat', 2, { unit: 'standardized' }),
    ],
    { baseline: 'repeat', value: 2 },
  ],
  [
    'the unit that was asked for, where the model has several',
    [
      score('model', 0.1, { unit: 'standardized' }),
      score('repeat', 0.2, { unit: 'standardized' }),
      score('model', 1),
      score('repeat', 2),
    ],
    { baseline: 'repeat', value: 2 },
  ],
  [
    'scores that are no numbers',
    [
      score('model', Number.NaN),
      score('a', Number.NaN),
      score('b', Number.NEGATIVE_INFINITY),
      score('c', Number.POSITIVE_INFINITY),
      score('d', 1e300),
    ],
    { baseline: 'd', value: 1e300 },
  ],
  ['none that is a number', [score('model', 1), score('a', Number.NaN)], { baseline: null, value: null }],
  ['a perfect one', [score('model', 1), score('a', 0), score('b', -1)], { baseline: 'b', value: -1 }],
];

test.each(CASES)('%s, with the scores', (_name, scores, { baseline, value }) => {
  const workspace = newWorkspace();
  const id = newRun(workspace);
  keepScores(workspace, id, [score('model', 1), score('repeat', 7)]);
  keepScores(workspace, id, scores);
  expect(workspace.runs.summary(id)).toMatchObject({ bestBaseline: baseline, bestBaselineScore: value });
});

test('an older workspace gets them from the scores that it has', () => {
  const path = join(temporaryFolder(), 'old.hindcast');
  oldWorkspace(path, firstMigrations(2));
  const runs = look(path, (database) =>
    CASES.map((_case, seed) => insertOldRun(database, `run ${seed}`, seed)),
  );
  writeOldScores(path, runs);

  const workspace = openTest(path);
  fillStandings(workspace);
  for (const [index, [name, scores, { baseline, value }]] of CASES.entries()) {
    const id = runs[index] as RunId;
    expect(workspace.runs.summary(id), name).toMatchObject({
      bestBaseline: baseline,
      bestBaselineScore: value,
      testMetric: scores.some(({ subject }) => subject === 'model') ? 'mae' : null,
    });
    expect(workspace.scores.of(id), name).toEqual(scores);
  }
  workspace.close();
});

/** As the program of that time did: NaN as text, the model's score in the list. */
function writeOldScores(path: string, runs: readonly RunId[]): void {
  const database = new Database(path, { fileMustExist: true });
  const insert = database.prepare('INSERT INTO score VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const listed = database.prepare('UPDATE run SET test_score = ? WHERE id = ?');
  const cell = (value: number): number | string => (Number.isNaN(value) ? 'NaN' : value);
  for (const [index, [, scores]] of CASES.entries()) {
    for (const [position, one] of scores.entries()) {
      const { part, subject, metric, unit, target, value, count } = one;
      insert.run(runs[index], position, part, subject, metric, unit, target, cell(value), count);
    }
    const model = scores.find(({ subject, part }) => subject === 'model' && part === 'test');
    listed.run(model ? cell(model.value) : null, runs[index]);
  }
  database.close();
}
