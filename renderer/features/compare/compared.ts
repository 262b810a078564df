// What a comparison shows: a look for each run or study, and whether a study shows its runs one by one.
import type { RunSummary } from '../../../engine/contract/runs/run.ts';
import { type ComparedColumn, columnsOf } from '../../../engine/words/compared.ts';
import { runLabel, studyLabel } from '../../../engine/words/run-label.ts';
import { lookOf, type RunLook } from './run-look.ts';

export interface Compared extends ComparedColumn, RunLook {
  readonly label: string;
  readonly isUnfolded: boolean;
}

/** A run is never folded. */
export function comparedOf(
  comparison: Parameters<typeof columnsOf>[0],
  unfolded: ReadonlySet<string>,
): readonly Compared[] {
  return columnsOf(comparison).map((column, index) => ({
    ...column,
    label: column.study ? studyLabel(column.study, column.runs) : runLabel(column.runs[0]!),
    ...lookOf(index),
    isUnfolded: column.study === null || unfolded.has(column.key),
  }));
}

/** The most forecasts that can be told apart in one chart. */
const MOST_DRAWN = 10;

/** Of a damaged run nothing is drawn: what it trained with is unknown. */
export const wholeRuns = (compared: readonly Compared[]): readonly RunSummary[] =>
  compared.flatMap(({ runs }) => runs.filter(({ state }) => state !== 'damaged'));

/** The runs whose forecasts are drawn: all of them, or one of each study where these are too many. */
export function drawnRuns(compared: readonly Compared[]): readonly RunSummary[] {
  const all = wholeRuns(compared);
  if (all.length <= MOST_DRAWN) return all;
  return compared
    .flatMap(({ runs }) => runs.find(({ bestEpoch }) => bestEpoch !== null) ?? [])
    .slice(0, MOST_DRAWN);
}

export const looksOf = (compared: readonly Compared[]): ReadonlyMap<number, RunLook> =>
  new Map(
    compared.flatMap(({ runs, color, dash }) =>
      runs.map(({ id }) => [id as number, { color, dash }] as const),
    ),
  );
