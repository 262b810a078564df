// The rows of a table of scores, the best first. Pure.
import type { Catalogue } from '../../../engine/contract/runs/catalogue.ts';
import type { Comparison } from '../../../engine/contract/runs/run.ts';
import { keyOfStudy } from '../../../engine/words/compared.ts';
import { byMetric } from '../../../engine/words/scores/ranked-scores.ts';
import type { Compared } from './compared.ts';

type Row = Comparison['protocols'][number]['rows'][number];
/** All scores of one run, study or baseline. */
export type Subject = readonly Row[];

interface Ranking {
  /** The leading one. */
  readonly metric: string;
  readonly compared: readonly Compared[];
  readonly catalogue: Catalogue;
}

/** By the leading metric; the runs of a study stay below its row. What has no number comes last. */
export function rankedSubjects(
  subjects: readonly Subject[],
  { metric, compared, catalogue }: Ranking,
): Subject[] {
  const studyOf = ([row]: Subject) =>
    compared.find(({ study, runs }) => study !== null && runs.some(({ id }) => id === row?.runId))?.key ??
    null;
  const ranked = subjects.toSorted(byMetric(metric, catalogue));
  const below = Map.groupBy(ranked, studyOf);
  return (below.get(null) ?? []).flatMap((subject) => [subject, ...(below.get(keyOf(subject)) ?? [])]);
}

/** Of the column that a row sums up; empty: of none. */
function keyOf([row]: Subject): string {
  return row === undefined || row.studyId === null
    ? ''
    : keyOfStudy({ studyId: row.studyId, label: row.label });
}
