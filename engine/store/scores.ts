// Scores of a run: replaced as a whole when they are computed.
import type { RunId } from '../contract/ids.ts';
import type { Score } from '../contract/run.ts';
import type { Connection } from './connection.ts';
import { type FloatCell, fromFloatCell, toFloatCell } from './float-cell.ts';
import type { RunList } from './run-list.ts';

export interface Scores {
  /** Puts these in the place of all that the run had, and the test score of the run list with them. */
  replace(runId: RunId, scores: readonly Score[]): void;
  /** In the order in which they were given. */
  of(runId: RunId): Score[];
}

type ScoreRow = Omit<Score, 'value'> & { readonly value: FloatCell };

const INSERT = `
  INSERT INTO score (run_id, position, part, subject, metric, unit, target, value, cell_count)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

export function createScores(connection: Connection, runList: RunList): Scores {
  return {
    replace(runId, scores) {
      connection.transaction(() => {
        connection.run('DELETE FROM score WHERE run_id = ?', runId);
        for (const [position, score] of scores.entries()) {
          const { part, subject, metric, unit, target, value, count } = score;
          connection.run(
            INSERT,
            runId,
            position,
            part,
            subject,
            metric,
            unit,
            target,
            toFloatCell(value),
            count,
          );
        }
        const headline = toFloatCell(headlineScore(connection, runId, scores));
        connection.run('UPDATE run SET test_score = ? WHERE id = ?', headline, runId);
        runList.forget(runId);
      });
    },
    of(runId) {
      const rows = connection.all<ScoreRow>(
        `SELECT part, subject, metric, unit, target, value, cell_count AS count
         FROM score WHERE run_id = ? ORDER BY position`,
        runId,
      );
      return rows.map((row) => ({ ...row, value: fromFloatCell(row.value) ?? Number.NaN }));
    },
  };
}

/** The first metric of the task on the test part, over all targets, in the unit that the experiment asks for. */
function headlineScore(connection: Connection, runId: RunId, scores: readonly Score[]): number | null {
  const wanted = connection.get<{ metric: string | null; unit: string | null }>(
    `SELECT configuration ->> '$.task.metrics[0]' AS metric, configuration ->> '$.evaluation.scale' AS unit
     FROM experiment JOIN run ON run.experiment_id = experiment.id WHERE run.id = ?`,
    runId,
  );
  const candidates = scores.filter(
    ({ part, subject, metric, target }) =>
      part === 'test' && subject === 'model' && target === null && metric === wanted?.metric,
  );
  return (candidates.find(({ unit }) => unit === wanted?.unit) ?? candidates[0])?.value ?? null;
}
