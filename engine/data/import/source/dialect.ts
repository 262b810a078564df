// Detects the layout of a text file, delimiter and header, from its first lines.
import { open } from 'node:fs/promises';
import { HindcastError } from '../../../contract/values/errors.ts';
import { isMissing } from '../columns/number-style.ts';
import { looksLikeTable, notTable } from '../echo.ts';
import { looksLikeTime } from '../time/time-candidates.ts';
import { byteClasses, createRecordState, readRecord, splitRecord } from './record.ts';
import { checkSideBySide } from './side-by-side.ts';
import { isValue } from './value.ts';

/** A UTF-8 text file as it is read: the source itself, or a temporary copy of it. */
export interface TextFile {
  readonly path: string;
  /** Name of the source, for messages. */
  readonly fileName: string;
  readonly bytes: number;
  /** Bytes above the table: byte order mark and comments. */
  readonly skip: number;
  /** Line of the file at which the table begins, from 1. */
  readonly firstLine: number;
  /** Of a copy whose lines are not those of the source: for each of its lines the line it was made from. */
  readonly lines?: Uint32Array | undefined;
  /** What is wrong with some of its lines, by line: they are no rows. */
  readonly problems?: ReadonlyMap<number, string> | undefined;
  /** The files that were joined in it, in order. */
  readonly parts?: readonly FilePart[] | undefined;
}

export interface FilePart {
  readonly name: string;
  /** First line, of the joined file. */
  readonly from: number;
}

export interface Dialect {
  readonly delimiter: string;
  readonly hasHeader: boolean;
  /** Column names; `column1`, ... where there is no header. */
  readonly names: readonly string[];
  /** The first records below the header, as text. */
  readonly sample: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

export const UNNAMED_NOTE = 'The first line is no header: the columns were named column1, column2, ...';

export const MAX_COLUMNS = 10_000;
const HEAD_BYTES = 1 << 20;
const SAMPLE_RECORDS = 1_000;
// Of equally good ones the first: other files have commas inside numbers, hardly the other way round.
export const DELIMITERS: readonly string[] = ['\t', ';', '|', ','];

export interface Head {
  readonly buffer: Buffer;
  readonly whole: boolean;
}

export async function readHead(file: TextFile): Promise<Head> {
  await using handle = await open(file.path, 'r');
  // A header of very many columns may be longer than the usual head.
  for (let size = HEAD_BYTES; ; size *= 4) {
    const buffer = Buffer.alloc(size);
    const { bytesRead } = await handle.read(buffer, 0, size, file.skip);
    const head = buffer.subarray(0, bytesRead);
    if (bytesRead < size || head.includes(10) || head.includes(13) || size > 64 << 20) {
      return { buffer: head, whole: bytesRead < size };
    }
  }
}

export interface HeadRecord {
  readonly start: number;
  readonly end: number;
  readonly fields: number;
  /** Its quotes are signs of a text. */
  readonly isLoose?: boolean;
}

/**
 * The sound records at the beginning, without blank ones. Files with tabs seldom quote: where most lines begin a cell with a quote that closes in
 * its middle (`"No," he said.<tab>...`), these are records too.
 */
export function headRecords({ buffer, whole }: Head, delimiter: string): HeadRecord[] {
  const classes = byteClasses(delimiter);
  const state = createRecordState();
  const records: HeadRecord[] = [];
  let sound = 0;
  let at = 0;
  while (at < buffer.length && sound <= SAMPLE_RECORDS && records.length <= 2 * SAMPLE_RECORDS) {
    if (!readRecord(state, buffer, at, buffer.length, whole, classes)) break;
    const { start, end, fields, blank, brokenQuote: isLoose } = state;
    if (isLoose && delimiter === '\t')
      records.push({ start, end, fields: cellsOf(buffer.toString('utf8', start, end)).length, isLoose });
    else if (!blank && !isLoose) {
      records.push({ start, end, fields });
      sound++;
    }
    at = state.next;
  }
  return sound * 2 > records.length ? records.filter(({ isLoose }) => !isLoose) : records;
}

/** Of a record whose quotes are signs of a text. */
export const cellsOf = (line: string): string[] => line.split('\t').map((cell) => cell.trim());

/** Share of the records that have as many fields as the first one, in twentieths; 0 for a single field. */
export function agreement(records: readonly HeadRecord[]): number {
  const fields = records[0]?.fields ?? 0;
  if (fields < 2) return 0;
  return Math.round((20 * records.filter((record) => record.fields === fields).length) / records.length);
}

/** Share of the lines whose quoting is sound under a delimiter, by count: the wrong one breaks the quotes of a whole file. */
function soundShare({ buffer, whole }: Head, delimiter: string, sound: number): number {
  const classes = byteClasses(delimiter);
  const state = createRecordState();
  let broken = 0;
  let seen = 0;
  for (let at = 0; at < buffer.length && seen <= SAMPLE_RECORDS; at = state.next) {
    if (!readRecord(state, buffer, at, buffer.length, whole, classes)) break;
    seen++;
    if (state.brokenQuote) broken++;
  }
  return sound / Math.max(1, sound + broken);
}

function detectDelimiter(head: Head): string {
  let best = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const records = headRecords(head, delimiter);
    const score = agreement(records) * soundShare(head, delimiter, records.length);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return bestScore > 0 ? best : (unusualDelimiter(head) ?? best);
}

/** Signs that stand between columns only where no usual one does. */
const UNUSUAL: readonly string[] = ['^', '~', '}', '{', '@', '&', '*', '!'];

function unusualDelimiter(head: Head): string | undefined {
  return UNUSUAL.find((delimiter) => {
    const records = headRecords(head, delimiter);
    return records.length > 2 && agreement(records) >= 19;
  });
}

function checkDelimiter(delimiter: string): string {
  if (/^[!-~\t]$/.test(delimiter) && !/["\w.+-]/.test(delimiter)) return delimiter;
  const message = `"${delimiter}" can't part columns; the delimiter is one of , ; | or a tab.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'delimiter' } });
}

/** A first record is data when it has a value wherever the rows below it have values. */
export function isHeader(first: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const firstHasValue = first.some(isValue);
  if (!firstHasValue || namesTimes(first, rows)) return true;
  if (rows.length === 0) return !first.some(looksLikeTime);
  const valueColumns = first.map((_, column) => {
    const known = rows.map((row) => row[column] ?? '').filter((text) => !isMissing(text));
    return known.length > 0 && known.filter(isValue).length * 2 > known.length;
  });
  // A time above times is the first row, whatever else stands in it.
  const isTimed = first.some((text, column) => looksLikeTime(text) && timesBelow(rows, column));
  if (isTimed) return false;
  return first.some((text, column) => valueColumns[column] && !isMissing(text) && !isValue(text));
}

const FEWEST_TIMES = 5;
const YEAR = /^[12]\d{3}$/;

/** Years or dates in a row, of which those below are none: a header that names times. */
export function namesTimes(first: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const columns = first.flatMap((text, column) =>
    YEAR.test(text.trim()) || looksLikeTime(text) ? [column] : [],
  );
  if (columns.length < FEWEST_TIMES || columns.length * 2 < first.length) return false;
  const years = columns.map((column) => Number(first[column]));
  const isRow = years.every((year, i) => i === 0 || Math.abs(year - (years[i - 1] ?? 0)) === 1);
  const areDates = columns.every((column) => looksLikeTime(first[column] ?? ''));
  if (!isRow && !areDates) return false;
  const isTime = (text: string) => YEAR.test(text.trim()) || looksLikeTime(text);
  const below = rows.slice(0, 20).map((row) => columns.filter((column) => isTime(row[column] ?? '')).length);
  return below.every((times) => times * 2 < columns.length);
}

function timesBelow(rows: readonly (readonly string[])[], column: number): boolean {
  const known = rows.map((row) => row[column] ?? '').filter((text) => !isMissing(text));
  return known.length > 0 && known.filter(looksLikeTime).length * 20 >= known.length * 19;
}

function checkNames(
  fileName: string,
  { raw, below }: { readonly raw: readonly string[]; readonly below: readonly (readonly string[])[] },
  notes: string[],
): string[] {
  const names = raw.map((name, i) => name.trim() || `column${i + 1}`);
  const positions = new Map<string, number>();
  for (const [i, name] of names.entries()) {
    const before = positions.get(name);
    if (before !== undefined) {
      checkSideBySide(fileName, raw, below, '');
      if (!looksLikeTable(below))
        throw notTable('duplicate-column', fileName, 'two of its columns would have the same name');
      const message = `${fileName} has two columns named "${name}" (columns ${before + 1} and ${i + 1}); rename one of them in the header.`;
      throw new HindcastError('duplicate-column', message, { details: { file: fileName, column: name } });
    }
    positions.set(name, i);
  }
  const unnamed = raw.flatMap((name, i) => (name.trim() === '' ? [names[i]] : []));
  if (unnamed.length > 0) notes.push(`Columns without a name were named ${unnamed.slice(0, 10).join(', ')}.`);
  return names;
}

function checkColumnCount(fileName: string, columns: number): void {
  if (columns <= MAX_COLUMNS) return;
  const message = `${fileName} has ${columns.toLocaleString('en-US')} columns, and ${MAX_COLUMNS.toLocaleString('en-US')} is the limit; leave some out, or write it in long form (time, series, value).`;
  throw new HindcastError('file-unreadable', message, { details: { file: fileName, columns } });
}

const MOST_SHOWN = 80;

function shownLine(row: readonly string[], delimiter: string): string {
  const line = row
    .join(delimiter)
    .replace(/[^\P{C}]/gu, ' ')
    .trim();
  return line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line;
}

/**
 * @param header `found`: by the values of the first lines; else as the user says
 * Errors: `file-empty`, `duplicate-column`, `file-unreadable` (too many columns), `invalid-input` (delimiter).
 */
export async function detectDialect(
  file: TextFile,
  delimiterOption?: string,
  header: 'found' | 'there' | 'none' = 'found',
): Promise<Dialect> {
  const head = await readHead(file);
  const delimiter = delimiterOption === undefined ? detectDelimiter(head) : checkDelimiter(delimiterOption);
  const records = headRecords(head, delimiter);
  const details = { file: file.fileName };
  const first = records[0];
  if (first === undefined) throw noLine(file.fileName, head);
  checkColumnCount(file.fileName, first.fields);
  const rows = records.map(({ start, end, isLoose }) => {
    const line = head.buffer.toString('utf8', start, end);
    return isLoose ? cellsOf(line) : splitRecord(line, delimiter);
  });
  const firstRow = rows[0] ?? [];
  const below = rows.slice(1).filter((row) => row.length === firstRow.length);
  const hasHeader = header === 'found' ? isHeader(firstRow, below.slice(0, 100)) : header === 'there';
  if (hasHeader && records.length === 1 && head.whole) {
    const message = `${file.fileName} has only a header and no rows (its only line is "${shownLine(firstRow, delimiter)}"); choose a file with data.`;
    throw new HindcastError('file-empty', message, { details });
  }
  const notes: string[] = [];
  if (!hasHeader) notes.push(UNNAMED_NOTE);
  const names = hasHeader
    ? checkNames(file.fileName, { raw: firstRow, below }, notes)
    : firstRow.map((_, i) => `column${i + 1}`);
  return { delimiter, hasHeader, names, sample: hasHeader ? below : [firstRow, ...below], notes };
}

function noLine(fileName: string, { buffer }: Head): HindcastError {
  const why =
    buffer.toString('utf8').trim() === ''
      ? 'has no readable line; choose a file with a header and rows'
      : 'has no line that is a row of a table: quotes open a cell and close in its middle; texts are read with --as lines or --as text (in the window: Read as)';
  return new HindcastError('file-empty', `${fileName} ${why}.`, { details: { file: fileName } });
}

/** Of a table whose header was read elsewhere, and whose file begins with its first row. Error: `duplicate-column`. */
export function namedDialect(
  fileName: string,
  table: Pick<Dialect, 'delimiter' | 'names' | 'sample' | 'notes'>,
): Dialect {
  checkColumnCount(fileName, table.names.length);
  const notes = [...table.notes];
  const names = checkNames(fileName, { raw: table.names, below: table.sample }, notes);
  return { ...table, names, notes, hasHeader: false };
}

/** The values of a column among the first records. */
export function sampleOf(dialect: Dialect, column: number): string[] {
  return dialect.sample.map((row) => row[column] ?? '').filter((text) => !isMissing(text));
}
