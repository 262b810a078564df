// Times of which some say their offset from UTC and others none: where all that say one say the same, and fewer times come twice if the
// others have it, too, they do.
import type { Duck } from '../source/duck.ts';
import { textOf } from '../table/raw-table.ts';
import type { TimeFormat } from './time-format.ts';

export interface SharedOffset {
  /** `+05:00` */
  readonly text: string;
  readonly us: number;
}

const OFFSET = '([+-]\\d\\d)(:?(\\d\\d))?$';
const MINUTE_US = 60_000_000;

/** Null where no offset is missing, where several are said, or where the times are told apart without it. */
export async function findSharedOffset(
  duck: Duck,
  { columns, format }: { readonly columns: readonly number[]; readonly format: TimeFormat },
): Promise<SharedOffset | null> {
  const { text, from } = textOf(columns);
  const has = format.hasOffsetSql(text);
  if (has === 'true' || has === 'false') return null;
  if (duck.known?.areOfOneLength(columns)) return null;
  // Times of one length say all or none; regular expressions are slow.
  const [short, long] = await duck.numbers(`SELECT min(strlen(${text})), max(strlen(${text})) FROM ${from}`);
  if (short === long) return null;
  const said = await duck.rows(
    `SELECT DISTINCT regexp_extract(trim(${text}), '${OFFSET}', 0) AS o FROM ${from} WHERE ${has} LIMIT 2`,
  );
  const offset = said.length === 1 ? String(said[0]?.[0]) : '';
  const [, hours = '', , minutes = '00'] = new RegExp(OFFSET).exec(offset) ?? [];
  if (hours === '') return null;
  const sign = hours.startsWith('-') ? -1 : 1;
  const us = sign * (Math.abs(Number(hours)) * 60 + Number(minutes)) * MINUTE_US;
  if (us === 0) return null;
  const times = `SELECT ${format.sql(text)} AS l, ${has} AS o FROM ${from}`;
  const [asUtc = 0, asOffset = 0] = await duck.numbers(
    `SELECT count(DISTINCT l), count(DISTINCT CASE WHEN o THEN l ELSE l - ${us} END) FROM (${times})`,
  );
  return asOffset > asUtc ? { text: `${hours}:${minutes}`, us } : null;
}
