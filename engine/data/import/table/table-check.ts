// The structural check: one pass over the file that counts its rows and finds unreadable ones with their line numbers; and a
// canonical copy for DuckDB where the file cannot be used directly.
import { open } from 'node:fs/promises';
import { sourceLine } from '../source/copy.ts';
import type { Dialect, TextFile } from '../source/dialect.ts';
import type { RecordState } from '../source/record.ts';
import { splitRecord } from '../source/record.ts';
import { scanRecords } from './scan.ts';

/** As DuckDB's reader writes it. */
export type LineBreak = '\\n' | '\\r\\n';

/** A row that is kept aside before its values are looked at. */
export interface UnreadableRow {
  readonly line: number;
  readonly reason: string;
  readonly raw: string;
}

export interface TableCheck {
  /** Sound rows, in order: DuckDB must find exactly as many. */
  readonly rows: number;
  readonly unreadableRows: number;
  /** The first of them at least. */
  readonly unreadable: readonly UnreadableRow[];
  /** DuckDB can read the file as it is. */
  readonly plain: boolean;
  /** Of a plain file: the one that ends all its records. */
  readonly lineBreak: LineBreak;
  /** Bytes of the longest record. */
  readonly longest: number;
  readonly tally: LineTally;
}

export const MAX_REPORTED_ROWS = 1_000;
const MAX_RAW_CHARACTERS = 2_000;

export function rawText(buffer: Buffer, start: number, end: number): string {
  // Four bytes a character at most; a character that the cut breaks lies behind the 2,000th.
  const text = buffer.toString('utf8', start, Math.min(end, start + 4 * MAX_RAW_CHARACTERS));
  return text.length > MAX_RAW_CHARACTERS ? text.slice(0, MAX_RAW_CHARACTERS) : text;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function problemOf(record: RecordState, columns: number): string | null {
  if (record.brokenQuote) return 'a quoted field is not closed where it should be';
  if (record.fields === columns) return null;
  return `has ${counted(record.fields, 'field')} where ${columns} are expected`;
}

/** Lines of a text by what they were taken for. */
export interface LineTally {
  header: number;
  rows: number;
  skipped: number;
}

/** Lines above the table are skipped, and those of a header that was read before. */
export const startTally = ({ firstLine, lines }: TextFile): LineTally => ({
  header: 0,
  rows: 0,
  skipped: lines === undefined ? firstLine - 1 : 0,
});

/** Line breaks in it and behind it; the last line of a file may have none. */
const linesIn = (record: RecordState): number => record.lines + (record.lineBreak === 0 ? 1 : 0);

export interface RowWalk {
  /** Counts the lines, where a walk goes to the end. */
  readonly tally?: LineTally;
  /** Called for every record, blank ones and the header included. */
  readonly every?: (record: RecordState) => void;
  readonly progress?: (bytes: number) => void | Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** The file that a line of joined files is from; null where there is only one. */
const partOf = ({ parts }: TextFile, line: number): string | null =>
  parts?.findLast(({ from }) => from <= line)?.name ?? null;

export const inPart = (reason: string, part: string | null): string =>
  part === null ? reason : `${reason} (in ${part})`;

/** Calls `visit` for every record below the header that is not blank; `problem` is null for the sound ones. */
export async function visitRows(
  file: TextFile,
  dialect: Dialect,
  visit: (
    record: RecordState,
    buffer: Buffer,
    line: number,
    problem: string | null,
    part: string | null,
  ) => boolean | undefined,
  { every, tally, ...walk }: RowWalk = {},
): Promise<void> {
  let header = dialect.hasHeader;
  const { path, skip, firstLine } = file;
  const scan = { path, skip, firstLine, delimiter: dialect.delimiter, ...walk };
  await scanRecords(scan, (record, buffer, line) => {
    every?.(record);
    const kind = record.blank ? 'skipped' : header && !record.brokenQuote ? 'header' : 'rows';
    if (tally) tally[kind] += linesIn(record);
    if (kind === 'skipped') return;
    if (kind === 'header') {
      header = false;
      return;
    }
    const problem = file.problems?.get(line) ?? problemOf(record, dialect.names.length);
    return visit(record, buffer, sourceLine(file, line), problem, partOf(file, line));
  });
}

/** Lines of sound rows (counted from 0), found in a pass over the file. */
export async function lineNumbers(
  file: TextFile,
  dialect: Dialect,
  rows: readonly number[],
): Promise<Map<number, number>> {
  const lines = new Map<number, number>();
  const wanted = new Set(rows);
  const last = rows.reduce((most, row) => Math.max(most, row), -1);
  let row = -1;
  if (last < 0) return lines;
  await visitRows(file, dialect, (_record, _buffer, line, unreadable) => {
    if (unreadable !== null) return;
    row++;
    if (wanted.has(row)) lines.set(row, line);
    return row < last;
  });
  return lines;
}

/** Line breaks and quoting that DuckDB would have to guess about make a file not plain. */
function plainnessOf(file: TextFile): (record: RecordState) => boolean {
  let lineBreak = 0;
  return (record) => {
    if (record.lineBreak !== 0 && lineBreak === 0) lineBreak = record.lineBreak;
    const sameBreak = record.lineBreak === 0 || record.lineBreak === lineBreak;
    return record.plain && sameBreak && !record.carriageReturn && !record.blank && file.skip === 0;
  };
}

export async function checkTable(
  file: TextFile,
  dialect: Dialect,
  progress: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<TableCheck> {
  const unreadable: UnreadableRow[] = [];
  const isPlain = plainnessOf(file);
  let rows = 0;
  let unreadableRows = 0;
  let plain = true;
  let longest = 0;
  let lineBreak = 0;
  const tally = startTally(file);
  const every = (record: RecordState) => {
    plain &&= isPlain(record);
    lineBreak ||= record.lineBreak;
    longest = Math.max(longest, record.next - record.start);
  };
  await visitRows(
    file,
    dialect,
    (record, buffer, line, problem, part) => {
      if (problem === null) {
        rows++;
        return;
      }
      plain = false;
      unreadableRows++;
      if (unreadable.length < MAX_REPORTED_ROWS) {
        unreadable.push({
          line,
          reason: inPart(problem, part),
          raw: rawText(buffer, record.start, record.end),
        });
      }
      return;
    },
    { every, tally, progress, signal },
  );
  return {
    rows,
    unreadableRows,
    unreadable,
    plain,
    lineBreak: lineBreak === 2 ? '\\r\\n' : '\\n',
    longest,
    tally,
  };
}

function quoted(field: string): string {
  return `"${field.replaceAll('"', '""')}"`;
}

/** Writes the sound rows, without the header, each on lines that end with LF and with every doubtful field in quotes. */
export async function writeCanonicalCopy(
  file: TextFile,
  dialect: Dialect,
  to: string,
  signal?: AbortSignal,
): Promise<void> {
  await using target = await open(to, 'wx');
  let pending: Buffer[] = [];
  const lineFeed = Buffer.from('\n');
  const flush = async () => {
    const block = Buffer.concat(pending);
    pending = [];
    await target.appendFile(block);
  };
  await visitRows(
    file,
    dialect,
    (record, buffer, _line, problem) => {
      if (problem !== null) return;
      const bytes = buffer.subarray(record.start, record.end);
      const fields = () => splitRecord(bytes.toString('utf8'), dialect.delimiter).map(quoted);
      pending.push(Buffer.from(record.plain ? bytes : fields().join(dialect.delimiter)), lineFeed);
    },
    { progress: flush, signal },
  );
}
