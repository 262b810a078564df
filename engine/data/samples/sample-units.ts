// Samples that belong together, so that a split keeps them in one part: of equal inputs, of inputs that say the same, and of one group.
import type { SampleTable } from './sample-table.ts';

interface Rows {
  readonly table: Pick<SampleTable, 'groups' | 'hashes'>;
  /** Rows that say the same though they are not equal: the two strands of DNA. */
  readonly alike?: readonly (readonly [number, number])[] | undefined;
}

/** Rows that belong together: of equal input, alike and, where asked for, of one group. */
export function unitsOf(
  { table: { hashes, groups }, alike = [] }: Rows,
  rows: readonly number[],
  byGroup: boolean,
): number[][] {
  const { root, join } = createUnion();
  const keyOf = (row: number): string => `h${hashes[row]}`;
  for (const [one, other] of alike) join(keyOf(one), keyOf(other));
  if (byGroup) {
    for (const row of rows) {
      const group = groups[row];
      if (group) join(keyOf(row), `g${group}`);
    }
  }
  return [...Map.groupBy(rows, (row) => root(keyOf(row))).values()];
}

interface Union {
  /** The name of the set that a key is in. */
  root(key: string): string;
  join(one: string, other: string): void;
}

function createUnion(): Union {
  const parent = new Map<string, string>();
  const root = (key: string): string => {
    let at = key;
    for (let next = parent.get(at); next !== undefined; next = parent.get(at)) at = next;
    return at;
  };
  const join = (one: string, other: string): void => {
    const [a, b] = [root(one), root(other)];
    if (a !== b) parent.set(a, b);
  };
  return { root, join };
}

/** Of a row, the same for equal and alike inputs. */
export function keysOf(
  hashes: readonly string[],
  alike: readonly (readonly [number, number])[],
): (row: number) => string {
  const { root, join } = createUnion();
  for (const [one, other] of alike) join(hashes[one]!, hashes[other]!);
  return (row) => root(hashes[row]!);
}
