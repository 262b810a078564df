// The columns of the table of statistics and its order. Pure.
import type { ColumnStatistics } from '../../../engine/contract/datasets/views.ts';

type StatisticsKey = 'name' | 'count' | 'missing' | 'mean' | 'std' | 'min' | 'q25' | 'median' | 'q75' | 'max';

export interface StatisticsColumn {
  readonly key: StatisticsKey;
  readonly title: string;
  readonly isCount?: boolean;
}

export const STATISTICS: readonly StatisticsColumn[] = [
  { key: 'name', title: 'Column' },
  { key: 'count', title: 'Values', isCount: true },
  { key: 'missing', title: 'Missing', isCount: true },
  { key: 'mean', title: 'Mean' },
  { key: 'std', title: 'Std. dev.' },
  { key: 'min', title: 'Smallest' },
  { key: 'q25', title: '25 %' },
  { key: 'median', title: 'Median' },
  { key: 'q75', title: '75 %' },
  { key: 'max', title: 'Largest' },
];

export interface SortOrder {
  readonly key: StatisticsKey;
  readonly descending: boolean;
}

/** In the order of the file without one; what has no value stays last either way. */
export function sortedStatistics(
  statistics: readonly ColumnStatistics[],
  order: SortOrder | null,
): readonly ColumnStatistics[] {
  if (order === null) return statistics;
  const { key, descending } = order;
  const sign = descending ? -1 : 1;
  return statistics.toSorted((left, right) => {
    const [a, b] = [left[key], right[key]];
    if (typeof a === 'string' || typeof b === 'string')
      return sign * String(a).localeCompare(String(b), 'en');
    const [isNone, isNoneToo] = [Number.isNaN(a), Number.isNaN(b)];
    if (isNone || isNoneToo) return Number(isNone) - Number(isNoneToo);
    return sign * (a - b);
  });
}
