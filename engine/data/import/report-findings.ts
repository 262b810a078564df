// Findings that come from the import itself: rows of the same time, and values that may mean that one is missing.
import type { ImportReport } from '../../contract/dataset.ts';
import type { Finding } from '../../contract/findings.ts';

const MOST_EXAMPLES = 5;

export function sentinelFindings({
  values,
  notes,
  rows,
}: {
  readonly values: readonly string[];
  readonly notes: readonly string[];
  readonly rows: readonly number[];
}): Finding[] {
  return values.map((value, i) => ({
    check: 'sentinel',
    column: null,
    series: null,
    count: rows[i] ?? 0,
    words: (notes[i] ?? '').replace(/: if it means.*$/, ''),
    examples: [],
    spans: [],
    remedy: { words: `read ${value} as missing`, missing: [value] },
  }));
}

/** Rows that were set aside because a later one has the same time. */
export function duplicateFindings({ setAside }: Pick<ImportReport, 'setAside'>): Finding[] {
  const same = setAside.filter(({ reason }) => /has the same time/.test(reason));
  if (same.length === 0) return [];
  return [
    {
      check: 'duplicates',
      column: null,
      series: null,
      count: same.length,
      words: `${same.length.toLocaleString('en-US')} ${same.length === 1 ? 'row has' : 'rows have'} the time of a later row and ${same.length === 1 ? 'was' : 'were'} set aside`,
      examples: same.slice(0, MOST_EXAMPLES).map(({ line }) => ({ timeUs: 0, line, value: null })),
      spans: [],
      remedy: { words: 'take the mean of the rows of one time', clean: { repeats: 'mean' } },
    },
  ];
}
