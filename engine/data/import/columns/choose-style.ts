// Chooses how a column writes numbers, from counts over all its values and from the style of the rest of the file.

import type { Dialect } from '../source/dialect.ts';
import type { Duck } from '../source/duck.ts';
import { countByColumn } from '../table/count-columns.ts';
import {
  DOTTED_THOUSANDS,
  decisiveSql,
  isMissing,
  looksNumeric,
  missingSql,
  type NumberStyle,
  numberSql,
  sqlText,
} from './number-style.ts';

export interface StyleCounts {
  readonly column: number;
  readonly present: number;
  readonly fitting: Readonly<Record<NumberStyle, number>>;
  /** Values that only this style explains. */
  readonly decisive: Readonly<Record<'thousands' | 'decimal-comma', number>>;
}

/** Counts the styles of columns that aren't wholly plain. Only those that the sample speaks for: regular expressions are slow. */
export async function countStyles(
  duck: Duck,
  dialect: Dialect,
  columns: readonly number[],
): Promise<StyleCounts[]> {
  const grouped = new Map(columns.map((column) => [column, isMaybeGrouped(dialect, column)]));
  const counts = await countByColumn(duck, columns, (x, column) => {
    const always = [`count(*) FILTER (NOT ${missingSql(x)})`, `count(${numberSql(x, 'plain')})`];
    if (!grouped.get(column)) return always;
    return [
      ...always,
      `count(${numberSql(x, 'thousands')})`,
      `count(${numberSql(x, 'decimal-comma')})`,
      `count(*) FILTER (${decisiveSql(x, 'thousands')})`,
      `count(*) FILTER (${decisiveSql(x, 'decimal-comma')})`,
    ];
  });
  return columns.map((column) => {
    const [present = 0, plain = 0, thousands = 0, comma = 0, sureThousands = 0, sureComma = 0] =
      counts.get(column) ?? [];
    return {
      column,
      present,
      fitting: { plain, thousands, 'decimal-comma': comma },
      decisive: { thousands: sureThousands, 'decimal-comma': sureComma },
    };
  });
}

function isMaybeGrouped(dialect: Dialect, column: number): boolean {
  const known = dialect.sample.map((row) => row[column] ?? '').filter((text) => !isMissing(text));
  const fitting = known.filter(
    (text) => looksNumeric(text, 'thousands') || looksNumeric(text, 'decimal-comma'),
  );
  return known.length === 0 || fitting.length * 2 >= known.length;
}

export type GroupedStyle = 'thousands' | 'decimal-comma';

/** What the user named as the decimal sign, or what the file as a whole says: the style that has more decisive values in its columns. */
export function fileStyle(
  counts: readonly StyleCounts[],
  delimiter: string,
  decimal?: '.' | ',',
): { style: GroupedStyle; sure: boolean } {
  if (decimal !== undefined) return { style: decimal === ',' ? 'decimal-comma' : 'thousands', sure: true };
  const sum = (style: GroupedStyle) => counts.reduce((total, { decisive }) => total + decisive[style], 0);
  const thousands = sum('thousands');
  const comma = sum('decimal-comma');
  if (thousands !== comma) return { style: comma > thousands ? 'decimal-comma' : 'thousands', sure: true };
  return { style: delimiter === ';' ? 'decimal-comma' : 'thousands', sure: false };
}

export function chooseStyle({ fitting, decisive }: StyleCounts, file: GroupedStyle): NumberStyle {
  const most = Math.max(fitting.plain, fitting.thousands, fitting['decimal-comma']);
  if (fitting.plain === most) return 'plain';
  if (fitting.thousands !== fitting['decimal-comma']) {
    return fitting.thousands === most ? 'thousands' : 'decimal-comma';
  }
  if (decisive.thousands !== decisive['decimal-comma']) {
    return decisive.thousands > decisive['decimal-comma'] ? 'thousands' : 'decimal-comma';
  }
  return file;
}

/** In a file with decimal commas, a column of 1.234 and 12.345.678 holds whole numbers with dots between the thousands. */
export async function dottedThousands(
  duck: Duck,
  dialect: Dialect,
  columns: readonly number[],
): Promise<Set<number>> {
  const pattern = new RegExp(`^${DOTTED_THOUSANDS}$`);
  const likely = columns.filter((column) => {
    const dotted = dialect.sample.map((row) => row[column] ?? '').filter((text) => text.includes('.'));
    return dotted.length > 0 && dotted.every((text) => pattern.test(text.trim()));
  });
  const counts = await countByColumn(duck, likely, (x) => [
    `count(*) FILTER (contains(${x}, '.') AND NOT regexp_full_match(trim(${x}), ${sqlText(DOTTED_THOUSANDS)}))`,
  ]);
  return new Set(likely.filter((column) => counts.get(column)?.[0] === 0));
}
