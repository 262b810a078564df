// Tags and notes of runs.

import type { RunLabel } from '../../contract/datasets/views.ts';
import type { RunId } from '../../contract/values/ids.ts';
import { isDamaged } from '../checks/row-checksums.ts';
import type { Connection } from '../file/connection.ts';

export interface RunLabels {
  /** Runs that have any, by number; without those that damage has changed. */
  list(): RunLabel[];
  /** Replaces what was written before; an empty value removes it. */
  set(label: RunLabel): void;
}

export function createRunLabels(connection: Connection): RunLabels {
  return {
    list: () =>
      connection
        .all<{ runId: RunId; tags: string; note: string }>(
          `SELECT run_id AS runId, tags, note FROM run_label
           WHERE NOT ${isDamaged(connection, 'run_label')} ORDER BY run_id`,
        )
        .map(({ runId, tags, note }) => ({ runId, tags: JSON.parse(tags) as string[], note })),
    set({ runId, tags, note }) {
      if (tags.length === 0 && note === '') {
        connection.run('DELETE FROM run_label WHERE run_id = ?', runId);
        return;
      }
      connection.run(
        `INSERT INTO run_label (run_id, tags, note) VALUES (?, ?, ?)
         ON CONFLICT (run_id) DO UPDATE SET tags = excluded.tags, note = excluded.note`,
        runId,
        JSON.stringify(tags),
        note,
      );
    },
  };
}
