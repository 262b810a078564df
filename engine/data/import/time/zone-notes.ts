// What a file says of its zone besides the times: in the name of the time column, in a column of zones, or in some of the times only.
import { ZONE_UNUSED } from '../../../contract/runs/note-words.ts';
import type { Dialect } from '../source/dialect.ts';
import { sampleOf } from '../source/dialect.ts';
import type { Duck } from '../source/duck.ts';
import { textOf } from '../table/raw-table.ts';
import type { SharedOffset } from './shared-offset.ts';
import type { TimeFormat } from './time-format.ts';
import { joinedSample, namesOf } from './time-parts.ts';

// Areas of the world as the zone names have them.
const ZONE_IN_NAME =
  /\b((?:UTC|GMT) ?[+-]\d{1,2}(?::?\d{2})?|(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Z][A-Za-z_]+|[ECMP][SD]T|CES?T|MES?Z|LST|local)\b/i;
const ZONE_VALUE =
  /^((?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|[A-Z][a-z]+\/[A-Z][A-Za-z_]+|[ECMP][SD]T|CES?T|MES?Z|BST|JST|A[EC][SD]T)$/;
const ZONE_NAME =
  /^(tz|tz_?cd|timezone|time_?zone|zone|zeitzone|((utc|gmt|tz|zone)[ _-]?)?offset([ _-]?(utc|gmt))?)$/i;

export interface ZoneQuestion {
  readonly duck: Duck;
  readonly dialect: Dialect;
  readonly columns: readonly number[];
  readonly format: TimeFormat;
  readonly timeZone: string;
  /** The user named the zone. */
  readonly isGiven: boolean;
  /** Offset of the times that say none, where it was told by the others. */
  readonly shared: SharedOffset | null;
  /** Lines above the table, or what a document says beside it. */
  readonly above: readonly string[];
  readonly isDocument: boolean;
}

/** Some times say their offset and others do not. */
async function mixedNote({ duck, columns, format, timeZone, shared }: ZoneQuestion): Promise<string[]> {
  const { text, from } = textOf(columns);
  const has = format.hasOffsetSql(text);
  if (has === 'true' || has === 'false') return [];
  if (duck.known?.areOfOneLength(columns)) return [];
  // Regular expressions are slow, and times of one length say all or none: a file of one length is not asked.
  const [short, long] = await duck.numbers(`SELECT min(strlen(${text})), max(strlen(${text})) FROM ${from}`);
  if (short === long) return [];
  const [without = 0, all = 0] = await duck.numbers(
    `SELECT count(*) FILTER (NOT ${has}), count(*) FROM ${from} WHERE ${text} IS NOT NULL`,
  );
  if (without === 0 || without === all) return [];
  const plain = (count: number) => count.toLocaleString('en-US');
  const taken =
    shared === null
      ? `times of ${timeZone}`
      : `times of the same offset ${shared.text}, under which fewer times come twice`;
  return [
    `${plain(all - without)} of the ${plain(all)} times say their offset from UTC, and ${plain(without)} do not: those were taken for ${taken}. ` +
      'If that is wrong, name their zone (in a terminal: --time-zone).',
  ];
}

/** Notes on what the file says of its zone and what was not used. */
export async function zoneNotes(question: ZoneQuestion): Promise<string[]> {
  const { dialect, columns, format, timeZone, isGiven } = question;
  const notes = await mixedNote(question);
  const sample = joinedSample(dialect, columns).slice(0, 20);
  const saysItself =
    /^epoch/.test(format.label) ||
    sample.some((text) => /([+-]\d{2}:?\d{2}|Z|[A-Z]{3,4})$/.test(text.trim()));
  if (isGiven || saysItself || notes.length > 0) return notes;
  const advice = `${ZONE_UNUSED}${timeZone}; if that is wrong, name the zone (in a terminal: --time-zone).`;
  const name = namesOf(dialect, columns);
  const zone = ZONE_IN_NAME.exec(name)?.[1];
  if (zone !== undefined) return [`"${name}" names the zone "${zone}", ${advice}`];
  for (const [column, title] of dialect.names.entries()) {
    if (columns.includes(column)) continue;
    const values = new Set(sampleOf(dialect, column).map((text) => text.trim()));
    const named = [...values].filter((text) => ZONE_VALUE.test(text));
    if (named.length === 0 || !(ZONE_NAME.test(title.trim()) || named.length === values.size)) continue;
    if (!ZONE_NAME.test(title.trim()) && /^[+-]?\d/.test(named[0] ?? '')) continue;
    return [`"${title}" names the zone "${named[0]}", ${advice}`];
  }
  const written = zoneAbove(question.above);
  const where = question.isDocument ? 'The document names' : 'The lines above the table name';
  return written === null ? notes : [`${where} the zone "${written}", ${advice}`];
}

const SAID_ABOVE =
  /[Tt]ime ?[Zz]one[^,;\t:=]*[,;\t:=]\s*"?((?:UTC|GMT)? ?[+-]\d{1,2}(?::?\d{2}|\.\d+)?|[A-Z][A-Za-z]+\/[A-Z][A-Za-z_]+|UTC|GMT|MES?Z|[A-Z]{1,3}T)\b/;
/** Location lines of weather files for buildings (EPW) and of typical years (TMY3). */
const SAID_IN_LOCATION =
  /^LOCATION(?:,[^,]*){7},(-?\d+(?:\.\d+)?),|^\d{5,6},"[^"]*",[A-Z]{2},(-?\d+(?:\.\d+)?),/;

/** The zone that lines above the table say, also in the line below a name (NSRDB); null where they say none. */
function zoneAbove(lines: readonly string[]): string | null {
  for (const [i, line] of lines.entries()) {
    const [, eastern, typical] = SAID_IN_LOCATION.exec(line) ?? [];
    const said = SAID_ABOVE.exec(line)?.[1] ?? eastern ?? typical;
    if (said !== undefined) return said.trim();
    const names = line.split(/[,;\t]/);
    const column = names.findIndex((name) => /^"?(local )?time ?zone"?$/i.test(name.trim()));
    const below = column < 0 ? undefined : lines[i + 1]?.split(/[,;\t]/)[column]?.trim();
    if (below) return below.replaceAll('"', '');
  }
  return null;
}
