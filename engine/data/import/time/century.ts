// Years of two digits: strptime takes 69 to 99 for 1969 to 1999 and all others for 2000 to 2068. Where the times of a file jump by a
// century, or lie decades ahead, they belong into an earlier one.
import { OTHER_FORMAT } from '../../../contract/runs/note-words.ts';
import type { Duck } from '../source/duck.ts';
import { textOf } from '../table/raw-table.ts';
import { type TimeFormat, timeFormat } from './time-format.ts';
import type { Counted } from './time-request.ts';

const YEAR_US = 365.25 * 86_400 * 1e6;
/** No file has measured so far ahead. */
const LATEST_YEAR = 2030;

interface Span {
  /** Steps of more than fifty years from row to row. */
  readonly jumps: number;
  /** Year of the first row, and the year of the middle one by time. */
  readonly first: number;
  readonly middle: number;
}

async function spanOf(duck: Duck, columns: readonly number[], format: TimeFormat): Promise<Span> {
  const { text, from, row } = textOf(columns);
  const times = `SELECT ${row} AS rn, ${format.sql(text)} AS t FROM ${from}`;
  const steps = `SELECT rn, t, t - lag(t) OVER (ORDER BY rn) AS step FROM (${times}) WHERE t IS NOT NULL`;
  const [jumps = 0, first = 0, middle = 0] = await duck.numbers(
    `SELECT count(*) FILTER (abs(step) > ${50 * YEAR_US}), year(make_timestamp(arg_min(t, rn))), year(make_timestamp(quantile_disc(t, 0.5))) FROM (${steps})`,
  );
  return { jumps, first, middle };
}

export async function checkCentury(
  duck: Duck,
  { columns, format }: Pick<Counted, 'columns' | 'format'>,
): Promise<{ readonly format: TimeFormat; readonly notes: readonly string[] }> {
  if (!format.label.includes('%y') || format.label.includes('@')) return { format, notes: [] };
  const span = await spanOf(duck, columns, format);
  if (span.jumps === 0 && span.middle <= LATEST_YEAR) return { format, notes: [] };
  const inLast = (year: number) => 1900 + (year % 100);
  for (const start of [inLast(span.first), 1900, 1950]) {
    const other = timeFormat(`${format.label}@${start}`);
    const { jumps, middle } = await spanOf(duck, columns, other);
    if (jumps >= span.jumps && middle > LATEST_YEAR) continue;
    if (span.jumps > 0 && jumps >= span.jumps) continue;
    const why = span.jumps > 0 ? 'jump by a century' : 'lie in the future';
    const note = `The years of two digits were read as ${start} to ${start + 99}, since the times would ${why} otherwise${OTHER_FORMAT}${format.label.split('|')[0]}.`;
    return { format: other, notes: [note] };
  }
  const note = `The years of two digits were read as 1969 to 2068, and the times jump by more than 50 years ${span.jumps} times: write years of four digits if that is wrong.`;
  return { format, notes: [note] };
}
