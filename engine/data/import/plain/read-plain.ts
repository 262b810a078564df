// Reads a table that holds nothing but times and plain numbers in one walk over its bytes: the check of its records, and its values. Any
// sign that needs a closer look ends the walk without a result, and the table is read as every other.
import { open } from 'node:fs/promises';
import { throwIfCancelled } from '../abort.ts';
import { looksNumeric } from '../columns/number-style.ts';
import type { AheadSink } from '../rows/sink.ts';
import type { Dialect, TextFile } from '../source/dialect.ts';
import { byteClasses, createRecordState, readRecord } from '../source/record.ts';
import { NULL_TEXTS } from '../table/raw-table.ts';
import { startTally, type TableCheck } from '../table/table-check.ts';
import { type AheadSender, createAheadSender } from './ahead.ts';
import { type ColumnBlocks, createColumnBlocks } from './column-blocks.ts';
import type { Known } from './known.ts';
import { type TimeCells, timeCellsOf } from './time-cells.ts';
import { wholeNumbers } from './whole-numbers.ts';

/** Records that tell the kinds of the columns. */
const FIRST = 100;
const WINDOW_BYTES = 4 << 20;
const [LF, CR, DOT, MINUS, ZERO] = [0x0a, 0x0d, 0x2e, 0x2d, 0x30];
/** Digits that an int32 holds, whatever they are: the quotient of two whole numbers is then the float64 next to the decimal number. */
const FEW_DIGITS = 9;
const TENS = Float64Array.from({ length: FEW_DIGITS + 1 }, (_, power) => Number(`1e${power}`));
const NULLS: ReadonlySet<string> = new Set(NULL_TEXTS);

export interface PlainTable {
  readonly check: TableCheck;
  readonly known: Known;
}

/** By column: how its times are read, or null for numbers. Null where another kind of column is among the first rows. */
function readersOf({ names, sample }: Dialect): (TimeCells | null)[] | null {
  const readers: (TimeCells | null)[] = [];
  for (const column of names.keys()) {
    const texts = sample.slice(0, FIRST).map((row) => row[column] ?? '');
    if (texts.every((text) => NULLS.has(text) || looksNumeric(text, 'plain'))) readers.push(null);
    else {
      const times = timeCellsOf(texts);
      if (times === null) return null;
      readers.push(times);
    }
  }
  return readers.some((reader) => reader !== null) ? readers : null;
}

/** What the walk has read so far. */
interface Walk {
  readonly delimiter: number;
  readonly readers: readonly (TimeCells | null)[];
  readonly timeColumns: readonly number[];
  /** By column: 1 for times. */
  readonly isTime: Uint8Array;
  readonly blocks: ColumnBlocks;
  /** Null where nothing is sent ahead. */
  readonly ahead: AheadSender | null;
  /** By column: NULL texts; of times the latest one, and whether each was later than the one above. */
  readonly missing: Uint32Array;
  readonly latest: Float64Array;
  readonly rises: Uint8Array;
  readonly hasHeader: boolean;
  /** Of the header: DuckDB reads it as it is. */
  isPlain: boolean;
  headerLines: number;
  rows: number;
  longest: number;
  /** Bytes of the line break; 0 before the first one. */
  lineBreak: number;
}

/** Whole records, up to `limit`: they end with a line feed, or with the file and a byte of 0 behind it. */
interface Window {
  readonly buffer: Buffer;
  readonly limit: number;
}

/** In the place of a position: the record is not plain. */
const OTHER = -1;

/** A number with an exponent, a plus or many digits, or a word for NULL; returns where it ends. */
function readOther({ buffer, limit }: Window, walk: Walk, start: number, column: number, to: number): number {
  let end = start;
  while (end < limit && buffer[end] !== walk.delimiter && buffer[end] !== LF && buffer[end] !== CR) end++;
  const text = buffer.toString('latin1', start, end);
  if (NULLS.has(text)) {
    walk.missing[column]!++;
    walk.blocks.block[to] = Number.NaN;
    return end;
  }
  const value = Number(text);
  if (!looksNumeric(text, 'plain') || text.trim() !== text || !Number.isFinite(value)) return OTHER;
  walk.blocks.block[to] = value;
  return end;
}

/** Of one call, so that the loop is compiled with all that follows it (see pieces.ts). */
const ROWS_AT_ONCE = 512;

/**
 * Reads some records from `start` on, until the block is full at most; returns where the next one begins. All is in one loop over local variables: a function for
 * each record or cell takes more than twice as long. What is not a number of a few digits is read elsewhere.
 */
function fillBlock(window: Window, walk: Walk, start: number): number {
  const { buffer, limit } = window;
  const { readers, delimiter, isTime } = walk;
  const { block, rowsPerBlock } = walk.blocks;
  const columns = isTime.length;
  const firstRow = walk.rows % rowsPerBlock;
  const endRow = Math.min(rowsPerBlock, firstRow + ROWS_AT_ONCE);
  let { longest } = walk;
  let at = start;
  let row = firstRow;
  for (; at < limit && row < endRow; row++) {
    const record = at;
    for (let column = 0, to = row; column < columns; column++, to += rowsPerBlock) {
      // At the limit stands no delimiter.
      if (column > 0 && buffer[at++] !== delimiter) return OTHER;
      if (isTime[column] === 1) {
        at = readTime(window, readers[column]!, block, at, to);
        if (at === OTHER) return OTHER;
        continue;
      }
      const cell = at;
      let byte = buffer[at]!;
      const isNegative = byte === MINUS;
      if (isNegative) byte = buffer[++at]!;
      const first = at;
      let point = 0;
      // Of an int32: products of float64 take three times as long.
      let mantissa = 0;
      for (; ; byte = buffer[++at]!) {
        const digit = (byte - ZERO) | 0;
        if (digit >>> 0 <= 9) mantissa = (Math.imul(mantissa, 10) + digit) | 0;
        else if (byte === DOT && point === 0) point = at;
        else break;
      }
      const decimals = point === 0 ? 0 : at - point - 1;
      const hasDigits = point === 0 ? at > first : point > first && decimals > 0;
      const digits = point === 0 ? at - first : at - first - 1;
      if (!hasDigits || digits > FEW_DIGITS || (byte !== delimiter && byte !== LF && byte !== CR)) {
        at = readOther(window, walk, cell, column, to);
        if (at === OTHER) return OTHER;
        continue;
      }
      const value = mantissa / TENS[decimals]!;
      block[to] = isNegative ? -value : value;
    }
    at = skipBreak(window, walk, at);
    if (at === OTHER) return OTHER;
    if (at - record > longest) longest = at - record;
  }
  walk.longest = longest;
  walk.rows += row - firstRow;
  for (const column of walk.timeColumns) compareTimes(walk, column, firstRow, row);
  return at;
}

/** Looks at the times that were read into the block. */
function compareTimes({ blocks, latest, rises }: Walk, column: number, from: number, to: number): void {
  const { block, rowsPerBlock } = blocks;
  let last = latest[column]!;
  for (let row = from; row < to; row++) {
    const time = block[column * rowsPerBlock + row]!;
    if (!(time > last)) rises[column] = 0;
    last = time;
  }
  latest[column] = last;
}

function readTime(
  { buffer, limit }: Window,
  { length, read }: TimeCells,
  block: Float64Array,
  start: number,
  to: number,
): number {
  if (start + length > limit) return OTHER;
  const time = read(buffer, start);
  if (Number.isNaN(time)) return OTHER;
  block[to] = time;
  return start + length;
}

/** Behind the line break at `at`, or at the end of the file. */
function skipBreak({ buffer, limit }: Window, walk: Walk, at: number): number {
  if (at === limit) return limit;
  const isPair = buffer[at] === CR;
  if (isPair ? buffer[at + 1] !== LF : buffer[at] !== LF) return OTHER;
  const bytes = isPair ? 2 : 1;
  if (walk.lineBreak === 0) walk.lineBreak = bytes;
  return bytes === walk.lineBreak ? at + bytes : OTHER;
}

/** Reads the records from `start` on; false where one is not plain. */
async function readRows(window: Window, walk: Walk, start: number): Promise<boolean> {
  const { blocks, ahead } = walk;
  for (let at = start; at < window.limit; ) {
    at = fillBlock(window, walk, at);
    if (at === OTHER) return false;
    if (walk.rows % blocks.rowsPerBlock > 0) continue;
    await ahead?.send(blocks, walk);
    blocks.next();
  }
  return true;
}

/** The header, as every table has it; returns where it ends. */
function readHeader({ buffer, limit }: Window, walk: Walk): number {
  const state = createRecordState();
  const classes = byteClasses(String.fromCharCode(walk.delimiter));
  if (!readRecord(state, buffer, 0, limit, false, classes)) return OTHER;
  const isHeader = !state.blank && !state.brokenQuote && !state.carriageReturn;
  if (!isHeader || state.fields !== walk.readers.length) return OTHER;
  walk.isPlain = state.plain;
  walk.headerLines = state.lines;
  walk.lineBreak = state.lineBreak;
  walk.longest = state.next;
  return state.next;
}

/** False where a record is not plain. */
async function walkThrough(
  { path, skip }: TextFile,
  walk: Walk,
  progress: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  await using handle = await open(path, 'r');
  const buffer = Buffer.allocUnsafe(WINDOW_BYTES + 1);
  let isBegun = !walk.hasHeader;
  let filled = 0;
  for (let offset = skip; ; ) {
    throwIfCancelled(signal);
    const { bytesRead } = await handle.read(buffer, filled, WINDOW_BYTES - filled, offset);
    offset += bytesRead;
    filled += bytesRead;
    buffer[filled] = 0;
    const isLast = bytesRead === 0;
    const limit = isLast ? filled : 1 + buffer.subarray(0, filled).lastIndexOf(LF);
    // A record that is longer than the window.
    if (limit === 0 && filled === WINDOW_BYTES) return false;
    const window = { buffer, limit };
    const start = isBegun || limit === 0 ? 0 : readHeader(window, walk);
    if (start === OTHER || !(await readRows(window, walk, start))) return false;
    isBegun ||= limit > 0;
    buffer.copy(buffer, 0, limit, filled);
    filled -= limit;
    progress(offset);
    if (isLast) return walk.rows > 0;
  }
}

/**
 * Null where the table is not such a one. A column of whole numbers may be a column of times, too: that is decided elsewhere.
 * `progress` gets the bytes that are read.
 */
export async function readPlain(
  file: TextFile,
  dialect: Dialect,
  folder: string,
  progress: (bytes: number) => void,
  signal?: AbortSignal,
  /** Gets values while the file is read. */
  sink?: AheadSink,
): Promise<PlainTable | null> {
  const readers = readersOf(dialect);
  if (readers === null || file.problems !== undefined || file.parts !== undefined) return null;
  const columns = readers.length;
  const blocks = createColumnBlocks(columns, folder);
  const timeColumns = readers.flatMap((reader, column) => (reader === null ? [] : [column]));
  const walk: Walk = {
    delimiter: dialect.delimiter.charCodeAt(0),
    hasHeader: dialect.hasHeader,
    readers,
    timeColumns,
    isTime: Uint8Array.from(readers, (reader) => (reader === null ? 0 : 1)),
    blocks,
    ahead: sink && timeColumns.length === 1 ? createAheadSender(sink, columns, timeColumns[0]!) : null,
    missing: new Uint32Array(columns),
    latest: new Float64Array(columns).fill(-Infinity),
    rises: new Uint8Array(columns).fill(1),
    isPlain: true,
    headerLines: 0,
    rows: 0,
    longest: 0,
    lineBreak: 0,
  };
  const isRead = await walkThrough(file, walk, progress, signal).catch((cause: unknown) => {
    blocks.close();
    throw cause;
  });
  if (!isRead) {
    blocks.close();
    return null;
  }
  return { check: checkOf(file, walk), known: knownOf(walk) };
}

const MOST_DISTINCT = 10_000;

function countDistinct(values: Float64Array): number {
  const found = new Set<number>();
  let latest = Number.NaN;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value === latest || Number.isNaN(value)) continue;
    if (!Number.isInteger(value) || found.size === MOST_DISTINCT) return 0;
    found.add(value);
    latest = value;
  }
  return found.size;
}

function checkOf(file: TextFile, { rows, longest, lineBreak, isPlain, headerLines }: Walk): TableCheck {
  const { header, skipped } = startTally(file);
  return {
    rows,
    unreadableRows: 0,
    unreadable: [],
    plain: isPlain && file.skip === 0,
    lineBreak: lineBreak === 2 ? '\\r\\n' : '\\n',
    longest,
    tally: { header: header + headerLines, rows, skipped },
  };
}

function knownOf({ readers, missing, rises, rows, blocks, ahead }: Walk): Known {
  const readerOf = (columns: readonly number[]) =>
    columns.length === 1 ? (readers[columns[0]!] ?? null) : null;
  return {
    numbersOf: (column) => (readers[column] === null ? rows - missing[column]! : null),
    timesOf: (columns, label) => (readerOf(columns)?.label === label ? rows : null),
    areOfOneLength: (columns) => readerOf(columns) !== null,
    risingTimes: (column) =>
      readers[column] && rises[column] === 1 && !blocks.isClosed
        ? wholeNumbers(blocks.read(column, new Float64Array(rows)))
        : null,
    distinctOf: (column) =>
      readers[column] === null && !blocks.isClosed
        ? countDistinct(blocks.read(column, new Float64Array(rows)))
        : null,
    read: (column, values, from) => blocks.read(column, values, from),
    aheadOf: (timeColumn) => ahead?.chunksOf(timeColumn),
    close: () => blocks.close(),
  };
}
