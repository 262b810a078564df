// Scores of a run: replaced as a whole each time they are computed.

import type { RunSummary, Score } from '../../contract/runs/run.ts';
import type { RunId } from '../../contract/values/ids.ts';
import type { DamagedScores } from '../checks/damaged-scores.ts';
import { isDamaged } from '../checks/row-checksums.ts';
import type { Connection } from '../file/connection.ts';
import { type FloatCell, fromFloatCell, toFloatCell } from '../float-cell.ts';
import type { RunList } from './run-list.ts';
import { assignRun } from './run-patch.ts';

/** What the run list shows of the scores. */
export type Standing = Pick<
  RunSummary,
  'testScore' | 'testMetric' | 'testUnit' | 'testOutcome' | 'bestBaseline' | 'bestBaselineScore'
>;

/** How the scores of a run compare with the baselines, for any set of metrics. */
export type StandingOf = (runId: RunId, scores: readonly Score[]) => Standing;

export interface Scores {
  /** Replaces all scores of the run, and what the run list shows of them. */
  replace(runId: RunId, scores: readonly Score[], standing: Standing): void;
  /** Its study does not show test scores yet. */
  hidesTest(runId: RunId): boolean;
  /** In the order in which they were given; without those of the test where they are not shown yet. */
  of(runId: RunId): Score[];
  /** The same without those that damage has changed. */
  whole(runId: RunId): Score[];
  /** How many runs show a score of the test part of that protocol. */
  looks(fingerprint: string): number;
  /** Fills in what the run list shows of runs that an older program scored. */
  standAll(standingOf: StandingOf): void;
}

type ScoreRow = Omit<Score, 'value'> & { readonly value: FloatCell };

const INSERT = `
  INSERT INTO score (run_id, position, part, subject, metric, unit, target, value, cell_count)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

export function createScores(
  connection: Connection,
  { runList, damagedScores }: { readonly runList: RunList; readonly damagedScores: DamagedScores },
): Scores {
  const hidesTest = (runId: RunId): boolean =>
    connection.value<number>(
      'SELECT hides_test FROM run JOIN study ON study.id = run.study_id WHERE run.id = ?',
      runId,
    ) === 1;

  const read = (runId: RunId, where: string): Score[] => {
    const scores = connection
      .all<ScoreRow>(
        `SELECT part, subject, metric, unit, target, value, cell_count AS count
         FROM score WHERE run_id = ? AND ${where} ORDER BY position`,
        runId,
      )
      .map((row) => ({ ...row, value: fromFloatCell(row.value) ?? Number.NaN }));
    return hidesTest(runId) ? scores.filter(({ part }) => part !== 'test') : scores;
  };

  const of = (runId: RunId): Score[] => read(runId, 'true');

  function stand(runId: RunId, standing: Standing): void {
    assignRun(connection, runId, standing);
    runList.forget(runId);
  }

  return {
    hidesTest,
    of,
    whole: (runId) => read(runId, `NOT ${isDamaged(connection, 'score')}`),
    replace(runId, scores, standing) {
      connection.transaction(() => {
        connection.run('DELETE FROM score WHERE run_id = ?', runId);
        for (const [position, score] of scores.entries()) {
          const { part, subject, metric, unit, target, value, count } = score;
          const cell = toFloatCell(value);
          connection.run(INSERT, runId, position, part, subject, metric, unit, target, cell, count);
        }
        damagedScores.forget(runId);
        stand(runId, standing);
      });
    },
    looks: (fingerprint) =>
      connection.value<number>(
        'SELECT count(*) FROM run WHERE fingerprint = ? AND test_score IS NOT NULL',
        fingerprint,
      ) ?? 0,
    standAll(standingOf) {
      const runs = connection.values<RunId>(
        'SELECT id FROM run WHERE best_baseline IS NOT NULL AND test_outcome IS NULL',
      );
      if (runs.length === 0) return;
      connection.transaction(() => {
        for (const runId of runs) stand(runId, standingOf(runId, of(runId)));
      });
    },
  };
}
