// A file as bytes: block by block, or line by line.
import { type FileHandle, open } from 'node:fs/promises';
import { HindcastError } from '../../../contract/values/errors.ts';
import { throwIfCancelled } from '../abort.ts';
import type { TextFile } from './dialect.ts';

const BLOCK_BYTES = 1 << 20;

/** Reads a file from its start, block by block; the buffer is used again. */
export async function* fileBlocks(
  handle: FileHandle,
  signal?: AbortSignal,
): AsyncGenerator<Buffer, void, void> {
  const buffer = Buffer.allocUnsafe(BLOCK_BYTES);
  let at = 0;
  for (;;) {
    throwIfCancelled(signal);
    const { bytesRead } = await handle.read(buffer, 0, BLOCK_BYTES, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

export interface TextLine {
  /** Without its line break; valid until the next one. */
  readonly line: Buffer;
  /** Counted from 1. */
  readonly number: number;
}

const LF = 10;
const CR = 13;

/** Positions of line feeds and carriage returns, asked in rising order; -1 behind the last one. */
function breakFinder(bytes: Buffer): (from: number) => number {
  let feed = bytes.indexOf(LF);
  let carriageReturn = bytes.indexOf(CR);
  return (from) => {
    if (feed >= 0 && feed < from) feed = bytes.indexOf(LF, from);
    if (carriageReturn >= 0 && carriageReturn < from) carriageReturn = bytes.indexOf(CR, from);
    if (feed < 0 || carriageReturn < 0) return Math.max(feed, carriageReturn);
    return Math.min(feed, carriageReturn);
  };
}

/** Lines, whatever ends them. */
export async function* textLines(path: string, signal?: AbortSignal): AsyncGenerator<TextLine, void, void> {
  await using handle = await open(path, 'r');
  let carried = Buffer.alloc(0);
  let number = 1;
  for await (const block of fileBlocks(handle, signal)) {
    const bytes = carried.length > 0 ? Buffer.concat([carried, block]) : block;
    const nextBreak = breakFinder(bytes);
    let at = 0;
    for (let end = nextBreak(0); end >= 0; end = nextBreak(at)) {
      const isReturn = bytes[end] === CR;
      // A line feed may follow in the next block.
      if (isReturn && end + 1 === bytes.length) break;
      yield { line: bytes.subarray(at, end), number: number++ };
      at = end + (isReturn && bytes[end + 1] === LF ? 2 : 1);
    }
    carried = Buffer.from(bytes.subarray(at));
  }
  const end = carried.at(-1) === CR ? carried.length - 1 : carried.length;
  if (carried.length > 0) yield { line: carried.subarray(0, end), number };
}

/** Lines that hold some bytes, and the first of them; null where none does. */
export async function linesWith(
  path: string,
  bytes: Buffer,
  signal?: AbortSignal,
): Promise<{ readonly lines: number; readonly first: number } | null> {
  let lines = 0;
  let first = 0;
  for await (const { line, number } of textLines(path, signal)) {
    if (line.includes(bytes) && lines++ === 0) first = number;
  }
  return lines === 0 ? null : { lines, first };
}

/** The file from one of its lines on, whatever ends them. Error: `invalid-input` (it has fewer). */
export async function fromLine(file: TextFile, line: number, field: string): Promise<TextFile> {
  await using handle = await open(file.path, 'r');
  let number = file.firstLine;
  let at = 0;
  let before = 0;
  for await (const block of fileBlocks(handle)) {
    for (let i = Math.max(0, file.skip - at); i < block.length; i++) {
      const byte = block[i] ?? 0;
      const isNew = before === LF || (before === CR && byte !== LF);
      if (isNew && ++number === line) return { ...file, skip: at + i, firstLine: line };
      before = byte;
    }
    at += block.length;
  }
  if (line === file.firstLine) return file;
  const message = `${file.fileName} has only ${number} line${number === 1 ? '' : 's'}, so its table can't begin in line ${line}.`;
  throw new HindcastError('invalid-input', message, { details: { file: file.fileName, field } });
}
