// What several runs say of the same samples, joined by sample, where they differ most first. Pure.

interface Joining<One> {
  /** The same for the same sample, whichever run says it. */
  readonly keyOf: (one: One) => string;
  /** Larger is more different; a later number decides where those before are equal. */
  readonly differenceOf: (all: readonly One[]) => readonly number[];
  readonly most: number;
}

interface Joined<One> {
  readonly first: One;
  /** By run. */
  readonly all: readonly One[];
}

/** Samples of which every run says something; equally different ones in the order of the first run's. */
export function sideBySide<One>(
  runs: readonly (readonly One[])[],
  { keyOf, differenceOf, most }: Joining<One>,
): Joined<One>[] {
  const byKey = runs.map((own) => new Map(own.map((one) => [keyOf(one), one])));
  return (runs[0] ?? [])
    .map((first) => {
      const all = byKey.flatMap((own) => own.get(keyOf(first)) ?? []);
      return { first, all, difference: differenceOf(all) };
    })
    .filter(({ all }) => all.length === runs.length)
    .toSorted((a, b) => compared(b.difference, a.difference))
    .slice(0, most)
    .map(({ first, all }) => ({ first, all }));
}

function compared(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}
