// Scores of a run: replaced as a whole when they are computed.
import { type Headline, headlineOf } from '../contract/baseline-check.ts';
import type { RunId } from '../contract/ids.ts';
import type { Score } from '../contract/run.ts';
import type { Connection } from './connection.ts';
import { type FloatCell, fromFloatCell, toFloatCell } from './float-cell.ts';
import type { RunList } from './run-list.ts';
import { assignRun } from './run-patch.ts';

export interface Scores {
  /** Puts these in the place of all that the run had, and what the run list shows of them too. */
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
        const { model, baseline } = headlineScores(connection, runId, scores) ?? {};
        assignRun(connection, runId, {
          testScore: model?.value ?? null,
          testMetric: model?.metric ?? null,
          testUnit: model?.unit ?? null,
          bestBaseline: baseline?.subject ?? null,
          bestBaselineScore: baseline?.value ?? null,
        });
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

/** In the first metric of the task and the unit that the experiment asks for. */
function headlineScores(connection: Connection, runId: RunId, scores: readonly Score[]): Headline | null {
  const wanted = connection.get<{ metric: string | null; unit: string | null }>(
    `SELECT configuration ->> '$.task.metrics[0]' AS metric, configuration ->> '$.evaluation.scale' AS unit
     FROM experiment JOIN run ON run.experiment_id = experiment.id WHERE run.id = ?`,
    runId,
  );
  return wanted ? headlineOf(scores, wanted) : null;
}
