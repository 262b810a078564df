// Headers of several lines: names of a field and a ticker (yfinance, Bloomberg), names and units below (loggers such as TOA5, SMA), titles
// of groups above. The rows of the table begin below the last of them.
import { HindcastError } from '../../../contract/values/errors.ts';
import { isMissing } from '../columns/number-style.ts';
import { looksLikeTime } from '../time/time-candidates.ts';
import { DELIMITERS, type Head, type HeadRecord, headRecords } from './dialect.ts';
import { periodHeading } from './period-heading.ts';
import { splitRecord } from './record.ts';
import { isUnit } from './unit-words.ts';
import { isValue } from './value.ts';

export interface Heading {
  readonly delimiter: string;
  /** Bytes and lines of the head before the first row. */
  readonly at: number;
  readonly lines: number;
  readonly names: readonly string[];
  readonly notes: readonly string[];
  /** The first rows. */
  readonly sample: readonly (readonly string[])[];
}

const MOST_LINES = 12;
const FEWEST_ROWS = 3;
/** Rows from which the kinds of the columns are told. */
const ROWS = 200;
const SHARE = 0.9;

const TIME_NAME =
  /date|time|datum|zeit|stamp|fecha|heure|moment|^(ds|ts|t|day|tag|month|monat|year|jahr|period)$/i;

export const lineBreaks = (buffer: Buffer): number =>
  buffer.toString('latin1').match(/\r\n|\r|\n/g)?.length ?? 0;

interface Grid {
  readonly delimiter: string;
  readonly records: readonly HeadRecord[];
  readonly width: number;
}

/** The head under the delimiter that gives most lines the same number of fields; null where none does. */
function gridOf(head: Head, delimiters: readonly string[]): Grid | null {
  let best: (Grid & { readonly share: number }) | null = null;
  for (const delimiter of delimiters) {
    const records = headRecords(head, delimiter);
    const widths = Map.groupBy(records, ({ fields }) => fields);
    const [width = 0, same = []] = [...widths].reduce((a, b) => (b[1].length > a[1].length ? b : a), [
      0,
      [],
    ] as [number, HeadRecord[]]);
    const share = same.length / Math.max(1, records.length);
    if (width > 1 && share > (best?.share ?? SHARE)) best = { delimiter, records, width, share };
  }
  return best;
}

type Row = readonly string[];

/** Columns that hold values in most rows, and the one of them that holds the times (or the first). */
function columnsOf(
  rows: readonly Row[],
  width: number,
): { readonly valued: number[]; readonly time: number } | null {
  const columns = Array.from({ length: width }, (_, column) => column);
  const known = (column: number) => rows.map((row) => row[column] ?? '').filter((text) => !isMissing(text));
  const valued = columns.filter((column) => {
    const texts = known(column);
    return texts.length > 0 && texts.filter(isValue).length * 2 > texts.length;
  });
  const time =
    columns.find((column) => known(column).filter(looksLikeTime).length * 2 > rows.length) ?? valued[0];
  return time === undefined ? null : { valued: valued.filter((column) => column !== time), time };
}

/** Titles of merged cells stand over the first of their columns. */
function filled(row: Row): Row {
  let before = '';
  return row.map((text, column) => {
    if (text.trim() !== '') before = text.trim();
    return column === 0 ? text.trim() : before;
  });
}

const saysValue = (row: Row, valued: readonly number[]): boolean =>
  valued.every((column) => isValue(row[column] ?? ''));

interface Naming {
  /** The lines that name the columns. */
  readonly rows: readonly Row[];
  readonly names: readonly string[];
}

const cover = (row: Row, valued: readonly number[]): boolean =>
  valued.every((column) => (row[column] ?? '').trim() !== '');
const areUnique = (row: Row, valued: readonly number[]): boolean =>
  new Set(valued.map((column) => row[column])).size === valued.length;
const isConstant = (row: Row, valued: readonly number[]): boolean =>
  valued.length > 1 && new Set(valued.map((column) => (row[column] ?? '').trim())).size === 1;
/** `Release date;2023-06-30;2023-06-30`: a word and one date for all columns, which is no row. */
const saysOne = (row: Row, valued: readonly number[], time: number): boolean => {
  const word = (row[time] ?? '').trim();
  const texts = valued.map((column) => (row[column] ?? '').trim()).filter((text) => text !== '');
  const isDate = looksLikeTime(texts[0] ?? '') && new Set(texts).size === 1;
  return isDate && word !== '' && !isMissing(word) && !isValue(word);
};
const areUnits = (row: Row, valued: readonly number[]): boolean => {
  const texts = valued.map((column) => (row[column] ?? '').trim()).filter((text) => text !== '');
  return texts.length > 0 && texts.every(isUnit);
};

const joined = (rows: readonly Row[], width: number): string[] =>
  Array.from({ length: width }, (_, column) => {
    const parts = rows.map((row) => (row[column] ?? '').trim()).filter((text) => text !== '');
    return parts.filter((text, i) => text !== parts[i - 1]).join(' ');
  });

const nameAll = (names: Row, valued: readonly number[]): boolean =>
  cover(names, valued) && areUnique(names, valued);
const filledWhere = (rows: readonly Row[], valued: readonly number[]): Row[] =>
  rows.map((row) => (cover(filled(row), valued) ? filled(row) : row));

/** Which lines name the columns: as few as tell them apart. */
function nameColumns(
  block: readonly Row[],
  valued: readonly number[],
  time: number,
  width: number,
): Naming | null {
  const telling = block.filter((row) => !isConstant(row, valued));
  const isTitled = (row: Row) =>
    TIME_NAME.test((row[time] ?? '').trim()) && cover(row, valued) && !saysValue(row, valued);
  const isOnly = telling.filter((row) => cover(row, valued)).length === 1;
  const heading = telling.findIndex((row) => isTitled(row) && (isOnly || !areUnits(row, valued)));
  let used: Row[];
  let raw: readonly Row[];
  if (heading >= 0) {
    const above = telling.slice(0, heading).filter((row) => (row[time] ?? '').trim() === '');
    const merged = above.filter(
      (row) => valued.filter((column) => (row[column] ?? '').trim() !== '').length > 1,
    );
    raw = [...merged, telling[heading] ?? []];
    used = [...merged.map(filled), telling[heading] ?? []];
  } else {
    const covering = telling.filter((row) => cover(filled(row), valued));
    const rows = covering.map(filled);
    const count = rows.findIndex((_, i) => areUnique(joined(rows.slice(0, i + 1), width), valued)) + 1;
    // Names of some columns only, such as the quality of the value beside them, may tell the rest apart.
    const told = [telling, block].find((some) => nameAll(joined(filledWhere(some, valued), width), valued));
    const isTold = count === 0 && told !== undefined;
    used = isTold ? filledWhere(told, valued) : rows.slice(0, count || rows.length);
    raw = isTold ? told : covering.slice(0, used.length);
  }
  if (used.length === 0) return null;
  const names = joined(used, width);
  const indexName = block.findLast(
    (row) =>
      /^\S+$/.test((row[time] ?? '').trim()) && !valued.some((column) => (row[column] ?? '').trim() !== ''),
  );
  const title = indexName ?? (heading >= 0 ? telling[heading] : used[0]);
  names[time] = (title?.[time] ?? '').trim() || 'time';
  return { rows: raw, names };
}

function noteOf(block: readonly Row[], first: number, valued: readonly number[], naming: Naming): string {
  const units = block.findIndex((row) => areUnits(row, valued) && !naming.rows.includes(row));
  const texts = (row: Row) =>
    valued.map((column) => (row[column] ?? '').trim()).filter((text) => text !== '');
  const shown =
    units < 0
      ? []
      : [...new Set(texts(block[units] ?? []))].slice(0, 5).map((text) => `"${text.slice(0, 20)}"`);
  const said = units < 0 ? '' : `; line ${first + units} holds units and the like: ${shown.join(', ')}`;
  return `The header has ${block.length} lines (line ${first} to line ${first + block.length - 1})${said}.`;
}

function oneFieldMore(line: number): HindcastError {
  const message = `Each row has one field more than the header in line ${line}, and its first one is the time: if the numbers have decimal commas, write them with dots or in quotes, or separate the columns by semicolons.`;
  return new HindcastError('invalid-input', message, { details: { line } });
}

/** A header of one name fewer than the rows have fields: rows that end with a delimiter, or whose first field is a name of the row (R). */
function shortHeader(
  head: Head,
  { delimiter, records, width }: Grid,
  textOf: (record: HeadRecord) => Row,
  firstLine: number,
): Heading | null {
  const [header, first] = records;
  if (header === undefined || first === undefined || header.fields !== width - 1) return null;
  const names = textOf(header);
  if (names.some((text) => isValue(text))) return null;
  const sample = records
    .slice(1)
    .filter(({ fields }) => fields === width)
    .map(textOf);
  const endsEmpty = sample.every((row) => row.at(-1) === '');
  // `Date,v` above `2024-01-01,5,75`: decimal commas, and no name of the row.
  const isTimeFirst = TIME_NAME.test(names[0] ?? '') && sample.every((row) => looksLikeTime(row[0] ?? ''));
  if (!endsEmpty && isTimeFirst) throw oneFieldMore(firstLine);
  const what = endsEmpty
    ? 'each row ends with a delimiter'
    : 'their first field was taken for the name of the row';
  return {
    delimiter,
    at: first.start,
    lines: lineBreaks(head.buffer.subarray(0, first.start)),
    names: endsEmpty ? [...names, ''] : ['', ...names],
    notes: [`The rows have one field more than the header in line ${firstLine}: ${what}.`],
    sample,
  };
}

/** Lines above years over their quarters or months. */
const MOST_TITLES = 5;

function yearsOverPeriods(
  head: Head,
  { delimiter, records, width }: Grid,
  textOf: (record: HeadRecord) => Row,
  firstLine: number,
): Heading | null {
  const lineOf = ({ start }: HeadRecord) => lineBreaks(head.buffer.subarray(0, start));
  for (const [i, record] of records.slice(0, MOST_TITLES + 1).entries()) {
    const [below, first] = [records[i + 1], records[i + 2]];
    if (below === undefined || first === undefined || record.fields !== width) continue;
    const line = firstLine + lineOf(record);
    const found = periodHeading(textOf(record), textOf(below), line);
    if (found === null) continue;
    const sample = records.slice(i + 2).filter(({ fields }) => fields === width);
    return {
      delimiter,
      at: first.start,
      lines: lineOf(first),
      names: found.names,
      notes:
        i === 0
          ? [found.note]
          : [
              `${i === 1 ? 'A line above the table was' : `${i} lines above the table were`} skipped.`,
              found.note,
            ],
      sample: sample.map(textOf),
    };
  }
  return null;
}

/** Null where the header is one line of as many names as the rows have fields, or there is none. */
export function findHeading(head: Head, firstLine: number, delimiter?: string): Heading | null {
  const grid = gridOf(head, delimiter === undefined ? DELIMITERS : [delimiter]);
  if (grid === null) return null;
  const { records, width } = grid;
  const textOf = ({ start, end }: HeadRecord): Row =>
    splitRecord(head.buffer.toString('utf8', start, end), grid.delimiter);
  const periods = yearsOverPeriods(head, grid, textOf, firstLine);
  if (periods !== null) return periods;
  const half = Math.min(records.length >> 1, 50);
  const below = records
    .slice(half, half + ROWS)
    .filter(({ fields }) => fields === width)
    .map(textOf);
  const columns = columnsOf(below, width);
  if (columns === null || columns.valued.length === 0 || below.length < FEWEST_ROWS) return null;
  const { valued, time } = columns;
  const top = records.slice(0, half + 1);
  const firstRow = top.findIndex((record) => record.fields === width && isValue(textOf(record)[time] ?? ''));
  if (firstRow === 1) return shortHeader(head, grid, textOf, firstLine);
  if (firstRow < 2) return null;
  let from = firstRow;
  for (; from > 0 && firstRow - from < MOST_LINES; from--) {
    const [above, here] = [records[from - 1], records[from]];
    if (above === undefined || here === undefined || above.fields !== width) break;
    if (lineBreaks(head.buffer.subarray(above.end, here.start)) > 1) break;
    const row = textOf(above);
    if (row.every((text) => text.trim() === '')) break;
    if (row.some(isValue) && !saysOne(row, valued, time)) break;
  }
  const whole = records.slice(from, firstRow).map(textOf);
  // Lines of a preamble that were filled up to the width of the table name nothing.
  const titles = (row: Row) => valued.filter((column) => (row[column] ?? '').trim() !== '').length;
  const preamble = whole.findIndex(
    (row) => cover(row, valued) || ((row[time] ?? '').trim() === '' && titles(row) > 1),
  );
  from += Math.max(0, preamble);
  const block = whole.slice(Math.max(0, preamble));
  if (block.length < 2) return null;
  const naming = nameColumns(block, valued, time, width);
  const start = records[firstRow]?.start;
  if (naming === null || start === undefined) return null;
  const first = firstLine + lineBreaks(head.buffer.subarray(0, records[from]?.start ?? 0));
  const skipped =
    from === 0
      ? []
      : [`${from === 1 ? 'A line above the table was' : `${from} lines above the table were`} skipped.`];
  return {
    delimiter: grid.delimiter,
    at: start,
    lines: lineBreaks(head.buffer.subarray(0, start)),
    names: naming.names,
    notes: [...skipped, noteOf(block, first, valued, naming)],
    sample: records
      .slice(firstRow)
      .filter(({ fields }) => fields === width)
      .map(textOf),
  };
}
