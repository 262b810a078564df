// Columns in which years, quarters and months stand one below the other, as statistical offices write them in one file: each is a table of its own,
// and the longest is read.
import type { Duck } from '../source/duck.ts';
import { textOf } from '../table/raw-table.ts';
import type { Counted } from './time-request.ts';

const LONGER_PERIOD = '^\\s*\\d{4}(\\s*-?[QT][1-4])?\\s*$';
/** Share of the times that the longest table has at least. */
const LEAST = 0.5;

/** Of forms that read too few times those whose other times are all years or quarters. */
export async function amongPeriods(duck: Duck, counted: readonly Counted[]): Promise<Counted[]> {
  const found: Counted[] = [];
  for (const one of counted) {
    const { columns, format, fitting, total } = one;
    if (columns.length > 1 || fitting < LEAST * total || fitting === total) continue;
    const { text, from } = textOf(columns);
    const unread = `${text} IS NOT NULL AND ${format.sql(text)} IS NULL`;
    const [others = 1] = await duck.numbers(
      `SELECT count(*) FROM ${from} WHERE ${unread} AND NOT regexp_matches(${text}, '${LONGER_PERIOD}')`,
    );
    const note = `${(total - fitting).toLocaleString('en-US')} rows are of years or quarters in a file of shorter times: they were set aside.`;
    if (others === 0) found.push({ ...one, note });
  }
  return found;
}
