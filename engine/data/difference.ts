// What changed between two versions of a series: rows that are new, rows that went, and values of the past that are others now.

export interface VersionColumns {
  /** [rows] microseconds UTC, strictly increasing. */
  readonly times: BigInt64Array;
  /** By name; [rows], NaN where missing. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

export interface SeriesDifference {
  readonly added: number;
  /** Of the rows that are new: those behind the last time of before. */
  readonly appended: number;
  readonly removed: number;
  /** Values of common rows and columns that differ. */
  readonly changed: number;
  /** Microseconds UTC; null where none. */
  readonly firstChangedUs: number | null;
  readonly lastChangedUs: number | null;
}

const isSame = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

export function differenceOf(before: VersionColumns, after: VersionColumns): SeriesDifference {
  const names = [...before.columns.keys()].filter((name) => after.columns.has(name));
  const last = before.times.at(-1);
  let [added, appended, removed, changed] = [0, 0, 0, 0];
  let first: number | null = null;
  let latest: number | null = null;
  for (let old = 0, now = 0; old < before.times.length || now < after.times.length; ) {
    const [was, is] = [before.times[old], after.times[now]];
    if (was !== undefined && (is === undefined || was < is)) {
      removed++;
      old++;
      continue;
    }
    if (is !== undefined && (was === undefined || is < was)) {
      added++;
      if (last === undefined || is > last) appended++;
      now++;
      continue;
    }
    for (const name of names) {
      if (isSame(before.columns.get(name)![old]!, after.columns.get(name)![now]!)) continue;
      changed++;
      first ??= Number(is);
      latest = Number(is);
    }
    old++;
    now++;
  }
  return { added, appended, removed, changed, firstChangedUs: first, lastChangedUs: latest };
}

/** Sums over series. */
export function sumDifferences(all: readonly SeriesDifference[]): SeriesDifference {
  const sum = (key: 'added' | 'appended' | 'removed' | 'changed') =>
    all.reduce((total, one) => total + one[key], 0);
  const known = (key: 'firstChangedUs' | 'lastChangedUs') => all.flatMap((one) => one[key] ?? []);
  const [firsts, lasts] = [known('firstChangedUs'), known('lastChangedUs')];
  return {
    added: sum('added'),
    appended: sum('appended'),
    removed: sum('removed'),
    changed: sum('changed'),
    firstChangedUs: firsts.length > 0 ? firsts.reduce((a, b) => Math.min(a, b)) : null,
    lastChangedUs: lasts.length > 0 ? lasts.reduce((a, b) => Math.max(a, b)) : null,
  };
}
