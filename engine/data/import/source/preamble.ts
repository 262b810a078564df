// Skips a preamble that has no comment signs, as weather services write it: the station's location, the meaning of the columns, a
// small table. The table begins at the first header below which nearly all lines have the same number of fields.

import { looksLikeTime } from '../time/time-candidates.ts';
import {
  agreement,
  DELIMITERS,
  type Head,
  type HeadRecord,
  headRecords,
  isHeader,
  namesTimes,
} from './dialect.ts';
import { splitRecord } from './record.ts';
import { areWidths } from './unit-words.ts';
import { isValue } from './value.ts';

export interface TableStart {
  /** Bytes of the head before it. */
  readonly at: number;
  /** Lines of the head before it. */
  readonly lines: number;
  /** Records before it. */
  readonly skipped: number;
}

const MOST_SKIPPED = 100;
/** A small table above the table: header and a row or two. */
const MOST_ABOVE = 5;
/** A table that is ten times shorter than the one below it is a part of the preamble, whatever it holds. */
const SMALLER = 10;
/** Twentieths of the lines that have the fields of the header. */
const AGREED = 19;
const ROWS = 100;

const lineBreaks = (buffer: Buffer): number => buffer.toString('latin1').match(/\r\n|\r|\n/g)?.length ?? 0;

function followsBlank({ buffer }: Head, records: readonly HeadRecord[], index: number): boolean {
  const [above, here] = [records[index - 1], records[index]];
  return above !== undefined && here !== undefined && lineBreaks(buffer.subarray(above.end, here.start)) > 1;
}

/** Lines below the table, such as its source, are no part of it. */
function withoutFooter(records: readonly HeadRecord[]): readonly HeadRecord[] {
  const last = records.findLastIndex(({ fields }) => fields === records[0]?.fields);
  const table = records.slice(0, last + 1);
  // What is longer than the table is no footer of it: it is the table.
  return table.length * 2 < records.length ? records : table;
}

/** The head, split by one delimiter. */
interface Divided {
  readonly delimiter: string;
  readonly records: readonly HeadRecord[];
  /** Agreement of all records. */
  readonly whole: number;
}

interface Beginning extends Divided {
  readonly row: number;
  readonly score: number;
}

function beginningOf(head: Head, divided: Divided): Beginning | null {
  const { delimiter, records, whole } = divided;
  const rowsFrom = (from: number, to: number) =>
    records
      .slice(from, to)
      .map(({ start, end }) => splitRecord(head.buffer.toString('utf8', start, end), delimiter));
  const last = Math.min(MOST_SKIPPED, records.length - 2);
  for (let index = 1; index <= last; index++) {
    const apart = followsBlank(head, records, index);
    const changes = records[index]?.fields !== records[index - 1]?.fields;
    const isTenfold = records.length - index >= SMALLER * index;
    if (whole >= AGREED ? !apart || (index > MOST_ABOVE && !isTenfold) : !apart && !changes) continue;
    // The same header again begins another part of the same table.
    if (index > MOST_ABOVE && rowsFrom(index, index + 1).join() === rowsFrom(0, 1).join()) continue;
    const below = withoutFooter(records.slice(index));
    const score = agreement(below);
    if (score < AGREED) continue;
    // The lines above may be the table itself, and this a legend or a footer; of two tables the one with times is chosen.
    const rowsAbove = rowsFrom(0, index).filter((row) => row.length > 1 && row.some(isValue));
    const isSmall = rowsAbove.length * SMALLER <= below.length;
    if (!isSmall) {
      if (rowsAbove.length > MOST_ABOVE || rowsAbove.length * 2 >= below.length) return null;
      if (rowsAbove.filter((row) => row.some(looksLikeTime)).length > 1) return null;
    }
    // A line of units below a header is no table of its own.
    if (whole >= AGREED && rowsAbove.length === 0) return null;
    const [first = [], ...rows] = rowsFrom(index, index + ROWS);
    const width = rows.filter((row) => row.length === first.length);
    const isNamed = !first.some(isValue) || namesTimes(first, width);
    if (isNamed && isHeader(first, width) && width[0]?.some(isValue))
      return { ...divided, row: index, score };
  }
  return null;
}

const isTitle = (row: readonly string[]): boolean => row.filter((text) => text.trim() !== '').length < 2;

/** Lines that may stand above the header where all lines have as many fields. */
const MOST_PADDED = 10;

/**
 * Lines above the table that were filled up to its width: a line with a value that is no row of the table, or only titles, stand above the first
 * line that has a name for every column of values.
 */
function paddedBeginning(head: Head, { delimiter, records, whole }: Divided): number | null {
  if (whole < AGREED) return null;
  const rows = records
    .slice(0, MOST_PADDED + ROWS)
    .map(({ start, end }) => splitRecord(head.buffer.toString('utf8', start, end), delimiter));
  const below = rows.slice(MOST_PADDED + 1);
  if (below.length < MOST_PADDED) return null;
  const columns = (rows[0] ?? []).map((_, column) => column);
  const valued = columns.filter(
    (column) => below.filter((row) => isValue(row[column] ?? '')).length * 2 > below.length,
  );
  const isName = (text: string | undefined) => text !== undefined && text.trim() !== '' && !isValue(text);
  const isForeign = (row: readonly string[]) =>
    row.some(isValue) && valued.some((column) => isName(row[column]));
  for (let index = 1; index <= MOST_PADDED; index++) {
    const row = rows[index] ?? [];
    const isHeading =
      !areWidths(row) &&
      valued.length > 1 &&
      !row.some(isValue) &&
      valued.every((column) => isName(row[column]));
    const above = rows.slice(0, index);
    if (isHeading && (above.some(isForeign) || above.every(isTitle))) return index;
  }
  return null;
}

/** Share of the lines that belong to a table without a header below other lines. */
const HEADLESS_SHARE = 0.8;
const FEWEST_HEADLESS = 20;

/** Rows of values without names, below lines of other numbers of fields: weather files for buildings (EPW) are so. */
function headlessStart(head: Head, divided: readonly Divided[]): TableStart | null {
  for (const { records, delimiter } of divided) {
    const width = records.at(-1)?.fields ?? 0;
    if (width < 3 || records[0]?.fields === width) continue;
    const index = records.findLastIndex(({ fields }) => fields !== width) + 1;
    const rows = records.slice(index);
    if (
      index > MOST_SKIPPED ||
      rows.length < FEWEST_HEADLESS ||
      rows.length < HEADLESS_SHARE * records.length
    )
      continue;
    const [start] = rows;
    const fields = rows
      .slice(0, 3)
      .map((row) => splitRecord(head.buffer.toString('utf8', row.start, row.end), delimiter));
    if (start === undefined || !fields.every((row) => row.filter(isValue).length * 2 > row.length)) continue;
    return { at: start.start, lines: lineBreaks(head.buffer.subarray(0, start.start)), skipped: index };
  }
  return null;
}

/** Null where the table begins with the first line. */
export function findTableStart(head: Head, delimiter: string | undefined): TableStart | null {
  const delimiters = delimiter === undefined ? DELIMITERS : [delimiter];
  const divided = delimiters.map((one): Divided => {
    const records = headRecords(head, one);
    return { delimiter: one, records, whole: agreement(records) };
  });
  for (const one of divided) {
    const index = paddedBeginning(head, one);
    const start = index === null ? undefined : one.records[index];
    if (index === null || start === undefined) continue;
    return { at: start.start, lines: lineBreaks(head.buffer.subarray(0, start.start)), skipped: index };
  }
  let best: Beginning | null = null;
  for (const one of divided) {
    const found = beginningOf(head, one);
    if (found !== null && found.score > (best?.score ?? 0)) best = found;
  }
  const start = best?.records[best.row];
  const isTable = divided.some(({ whole }) => whole >= AGREED);
  if (best === null || start === undefined) return isTable ? null : headlessStart(head, divided);
  // The file is one table already, with another delimiter.
  if (best.whole < AGREED && isTable) return null;
  return { at: start.start, lines: lineBreaks(head.buffer.subarray(0, start.start)), skipped: best.row };
}
