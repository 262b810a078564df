// A study in words: its label, mean and standard deviation.
import type { Spread, StudySummary } from '../../../contract/studies/study.ts';
import { formatScore, NOTHING } from './format.ts';

/** `0.8507 ± 0.0123`; the mean alone of a single run. */
export function spreadText(spread: Spread | null): string {
  if (spread === null) return NOTHING;
  const mean = formatScore(spread.mean);
  return spread.deviation === null ? mean : `${mean} ± ${formatScore(spread.deviation)}`;
}

export const studyLabel = ({ id, name }: Pick<StudySummary, 'id' | 'name'>): string =>
  `study s${id} "${name}"`;
