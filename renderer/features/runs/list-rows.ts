// The rows of the run list in their order: entries that were sorted, the runs of unfolded studies, and headings between scores that
// measure different things. Pure.
import type { Catalogue } from '../../../engine/contract/runs/catalogue.ts';
import type { RunSummary } from '../../../engine/contract/runs/run.ts';
import { measureKey, protocolText } from '../../../engine/words/scores/measure.ts';
import { type Entry, isUnfolded, type RunEntry, runsOf } from './list-entries.ts';

export type Row = EntryRow | HeadingRow;

interface EntryRow {
  readonly key: string;
  readonly entry: Entry;
  /** It stands below its study. */
  readonly isMember: boolean;
}

interface HeadingRow {
  readonly key: string;
  readonly entry: null;
  readonly heading: string;
}

/** An entry behind sorting, and its runs, sorted in the same way. */
export interface SortedEntry {
  readonly entry: Entry;
  readonly below: readonly RunEntry[];
}

export function rowsOf(sorted: readonly SortedEntry[], chosen: ReadonlyMap<string, boolean>): readonly Row[] {
  return sorted.flatMap(({ entry, below }): Row[] => [
    { key: entry.key, entry, isMember: false },
    ...(entry.study && isUnfolded(entry, chosen)
      ? below.map((member): Row => ({ key: member.key, entry: member, isMember: true }))
      : []),
  ]);
}

/** The run whose score an entry is sorted by; null without a score that can be. */
function scoredRun(entry: Entry): RunSummary | null {
  if (entry.study && entry.study.study.findings.test === null) return null;
  return runsOf(entry).find(({ testMetric }) => testMetric !== null) ?? null;
}

/**
 * Scores of one protocol, metric and unit stay together, in the order that they have; what has no score comes last. Headings say what is
 * measured, where there is more than one measure.
 */
export function byMeasure(
  sorted: readonly SortedEntry[],
  catalogue: Catalogue,
): readonly { readonly heading: string; readonly entries: readonly SortedEntry[] }[] {
  const groups = Map.groupBy(sorted, ({ entry }) => {
    const run = scoredRun(entry);
    return run === null ? null : measureKey(run);
  });
  const scored = [...groups].flatMap(([key, entries]) => {
    const run = key === null ? null : scoredRun(entries[0]!.entry);
    if (run === null) return [];
    return [{ heading: protocolText(run, catalogue), entries }];
  });
  const unscored = groups.get(null) ?? [];
  return [
    ...scored.toSorted((a, b) => a.heading.localeCompare(b.heading)),
    ...(unscored.length > 0 ? [{ heading: 'No test score', entries: unscored }] : []),
  ];
}

export function rowsByMeasure(
  sorted: readonly SortedEntry[],
  chosen: ReadonlyMap<string, boolean>,
  catalogue: Catalogue,
): readonly Row[] {
  const groups = byMeasure(sorted, catalogue);
  if (groups.length < 2) return rowsOf(groups[0]?.entries ?? [], chosen);
  return groups.flatMap(({ heading, entries }, index) => [
    { key: `heading-${index}`, entry: null, heading },
    ...rowsOf(entries, chosen),
  ]);
}
