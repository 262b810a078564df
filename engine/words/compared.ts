// The columns of a comparison: one for each run, and one for all the runs of a study, or of one of its configurations.
import type { ComparedStudy, Comparison, RunSummary } from '../contract/runs/run.ts';

export interface ComparedColumn {
  readonly key: string;
  /** Null for a single run. */
  readonly study: ComparedStudy | null;
  readonly runs: readonly RunSummary[];
  /** Of the runs, among all that are compared. */
  readonly positions: readonly number[];
}

/** Of the row of scores, or of the column, that sums up runs of a study. */
export const keyOfStudy = ({
  studyId,
  label,
}: {
  readonly studyId: number;
  readonly label: string;
}): string => `s${studyId} ${label}`;

export function columnsOf({ runs, studies }: Pick<Comparison, 'runs' | 'studies'>): ComparedColumn[] {
  const studyOf = new Map<number, ComparedStudy>(
    studies.flatMap((study) => study.runs.map((id) => [id, study] as const)),
  );
  const positioned = runs.map((run, position) => ({ run, position, study: studyOf.get(run.id) ?? null }));
  const columns = Map.groupBy(positioned, ({ run, study }) =>
    study ? keyOfStudy({ studyId: study.id, label: study.name }) : String(run.id),
  );
  return [...columns].map(([key, members]) => ({
    key,
    study: members[0]?.study ?? null,
    runs: members.map(({ run }) => run),
    positions: members.map(({ position }) => position),
  }));
}
