// Texts that the user declares to mean "missing", in all columns except the times: words in any case, numbers in any spelling.
import type { Duck } from '../source/duck.ts';
import { columnName, tableColumns, tableCount } from '../table/raw-table.ts';
import { looksNumeric, sqlText } from './number-style.ts';

const quoted = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** -9999.9: also as -9,999.90 and -9.999,9. */
function spellings(text: string): string {
  if (!looksNumeric(text, 'plain') || !Number.isFinite(Number(text)) || /e/i.test(text)) return quoted(text);
  const [whole = '', fraction = ''] = String(Math.abs(Number(text))).split('.');
  const grouped = whole.replace(/(?<=\d)(?=(\d{3})+$)/g, "[.,' ]?");
  const sign = Number(text) < 0 ? '-' : '[+]?';
  return `${sign}${grouped}${fraction === '' ? '([.,]0*)?' : `[.,]${fraction}0*`}`;
}

/** Programs write larger numbers with an exponent. */
const LARGE = 1e5;

/** Makes NULL of them in the raw tables. */
export async function eraseMissing(
  duck: Duck,
  columns: number,
  times: ReadonlySet<number>,
  missing: readonly string[],
): Promise<void> {
  if (missing.length === 0) return;
  // 1e20 may stand there as 1E+20 or with all its digits: large numbers are compared as numbers.
  const large = missing
    .filter((text) => looksNumeric(text, 'plain') && (/e/i.test(text) || Math.abs(Number(text)) >= LARGE))
    .map(Number);
  const isLarge = (x: string) =>
    large.length > 0 ? ` OR TRY_CAST(${x} AS DOUBLE) IN (${large.join(', ')})` : '';
  const pattern = sqlText(`(?i)\\s*(${missing.map(spellings).join('|')})\\s*`);
  for (let table = 0; table < tableCount(columns); table++) {
    const [from, to] = tableColumns(table, columns);
    const cells = Array.from({ length: to - from }, (_, i) => {
      const name = columnName(from + i);
      if (times.has(from + i)) return name;
      return `CASE WHEN NOT (regexp_full_match(${name}, ${pattern})${isLarge(name)}) THEN ${name} END AS ${name}`;
    });
    await duck.run(`CREATE OR REPLACE TABLE raw${table} AS SELECT ${cells.join(', ')} FROM raw${table}`);
  }
}
