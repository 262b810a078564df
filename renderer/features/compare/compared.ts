// What a comparison shows: a colour for each run or study, and whether a study shows its runs one by one.
import type { RunSummary } from '../../../engine/contract/run.ts';
import { type ComparedColumn, columnsOf } from '../../../engine/words/compared.ts';
import { runLabel, studyLabel } from '../../../engine/words/run-label.ts';
import { colorOf } from './run-color.ts';

export interface Compared extends ComparedColumn {
  readonly label: string;
  readonly color: string;
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
    color: colorOf(index),
    isUnfolded: column.study === null || unfolded.has(column.key),
  }));
}

/** The most forecasts that can be told apart in one chart. */
const MOST_DRAWN = 10;

/** The runs whose forecasts are drawn: all of them, or one of each study where these are too many. */
export function drawnRuns(compared: readonly Compared[]): readonly RunSummary[] {
  const all = compared.flatMap(({ runs }) => runs);
  if (all.length <= MOST_DRAWN) return all;
  return compared
    .flatMap(({ runs }) => runs.find(({ bestEpoch }) => bestEpoch !== null) ?? [])
    .slice(0, MOST_DRAWN);
}

export const colorsOf = (compared: readonly Compared[]): ReadonlyMap<number, string> =>
  new Map(compared.flatMap(({ runs, color }) => runs.map(({ id }) => [id as number, color] as const)));
