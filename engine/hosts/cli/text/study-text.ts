// A study in words: mean and standard deviation, and the states of its runs.
import { ACTIVE_STATES, type RunSummary } from '../../../contract/run.ts';
import type { Spread, StudySummary } from '../../../contract/study.ts';
import { formatScore, NOTHING } from './format.ts';

/** `0.8507 ± 0.0123`; the mean alone of a single run. */
export function spreadText(spread: Spread | null): string {
  if (spread === null) return NOTHING;
  const mean = formatScore(spread.mean);
  return spread.deviation === null ? mean : `${mean} ± ${formatScore(spread.deviation)}`;
}

/** `3 completed`, `1 of 3 completed, 1 running`: what is left to do first is what people look for. */
export function statesText(runs: readonly RunSummary[]): string {
  const counts = [...Map.groupBy(runs, ({ state }) => state)].map(
    ([state, members]) => [state, members.length] as const,
  );
  if (counts.length === 1) return `${counts[0]?.[1]} ${counts[0]?.[0]}`;
  const active = counts.filter(([state]) => ACTIVE_STATES.includes(state));
  const ended = counts.filter(([state]) => !ACTIVE_STATES.includes(state));
  return [...active, ...ended].map(([state, count]) => `${count} ${state}`).join(', ');
}

export const studyLabel = ({ id, name }: Pick<StudySummary, 'id' | 'name'>): string =>
  `study s${id} "${name}"`;
