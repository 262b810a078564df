// Features of samples for the baselines: sparse rows of numbers.

export interface SparseRow {
  /** Ascending. */
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

export interface SparseTable {
  readonly columns: number;
  readonly rows: readonly SparseRow[];
}

/** Things that a sample contains, as often as it contains them: words, runs of letters, letters at their positions. */
export type Terms = (row: number) => Iterable<string>;

const MOST_TERMS = 100_000;

/** The terms that two training samples or more have, numbered in order of code; of very many the most frequent. */
export function chooseTerms(terms: Terms, train: readonly number[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of train)
    for (const term of new Set(terms(row))) counts.set(term, (counts.get(term) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= 2);
  const most =
    kept.length > MOST_TERMS
      ? kept.toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, MOST_TERMS)
      : kept;
  const names = most.map(([term]) => term).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return new Map(names.map((term, index) => [term, index]));
}

/** How often each known term occurs. */
export function countTerms(terms: Iterable<string>, numbers: ReadonlyMap<string, number>): SparseRow {
  const counts = new Map<number, number>();
  for (const term of terms) {
    const column = numbers.get(term);
    if (column !== undefined) counts.set(column, (counts.get(column) ?? 0) + 1);
  }
  const columns = Int32Array.from(counts.keys()).sort();
  return { columns, values: Float64Array.from(columns, (column) => counts.get(column)!) };
}

/** Square roots of the counts, scaled to length 1: long samples weigh no more than short ones. */
export function scaledToOne({ columns, values }: SparseRow): SparseRow {
  const roots = values.map((value) => Math.sqrt(value));
  const length = Math.sqrt(roots.reduce((sum, value) => sum + value * value, 0));
  return { columns, values: length === 0 ? roots : roots.map((value) => value / length) };
}
