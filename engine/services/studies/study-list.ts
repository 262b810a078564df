// studies.list: every study summed up, some at a time with other calls between. What nothing happened to since is not summed up again.

import { parseRunList } from '../../contract/runs/run-list.ts';
import type { StudySummary } from '../../contract/studies/study.ts';
import type { RunId, StudyId } from '../../contract/values/ids.ts';
import type { StudyRow } from '../../store/runs/studies.ts';
import type { EngineContext } from '../context.ts';
import { untilDone } from '../in-pieces.ts';
import { summarize } from './studies.ts';

interface Kept {
  /** The study itself, as text. */
  readonly study: string;
  /** Of its runs: a run that changes has another object. */
  readonly rows: readonly Buffer[];
  readonly summary: StudySummary;
}

export interface StudyList {
  /** Newest first. */
  list(): Promise<StudySummary[]>;
}

export function createStudyList({ workspace }: Pick<EngineContext, 'workspace'>): StudyList {
  let kept: ReadonlyMap<StudyId, Kept> = new Map();

  function summaryOf(row: StudyRow, runs: readonly RunId[]): StudySummary {
    return summarize(workspace, row, parseRunList(workspace.runs.list.json(runs).toString()));
  }

  return {
    async list() {
      const waiting = workspace.studies.list();
      const listed = new Map<StudyId, Kept>();
      await untilDone(() => {
        const row = waiting.shift();
        if (row === undefined) return false;
        const runs = workspace.studies.runs(row.id);
        const rows = workspace.runs.list.rows(runs);
        // It went with its last run while others had their turn.
        if (rows.length === 0) return true;
        const study = JSON.stringify(row);
        const known = kept.get(row.id);
        listed.set(
          row.id,
          known && isSame(known, study, rows) ? known : { study, rows, summary: summaryOf(row, runs) },
        );
        return true;
      });
      kept = listed;
      return [...listed.values()].map(({ summary }) => summary);
    },
  };
}

const isSame = (known: Kept, study: string, rows: readonly Buffer[]): boolean =>
  known.study === study &&
  known.rows.length === rows.length &&
  rows.every((row, index) => row === known.rows[index]);
