// A file as bytes: block by block, or line by line.
import { type FileHandle, open } from 'node:fs/promises';
import { HindcastError } from '../../../contract/errors.ts';
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
  /** Without its line feed; valid until the next one. */
  readonly line: Buffer;
  /** Counted from 1. */
  readonly number: number;
}

/** Lines as line feeds end them. */
export async function* textLines(path: string, signal?: AbortSignal): AsyncGenerator<TextLine, void, void> {
  await using handle = await open(path, 'r');
  let carried = Buffer.alloc(0);
  let number = 1;
  for await (const block of fileBlocks(handle, signal)) {
    const bytes = carried.length > 0 ? Buffer.concat([carried, block]) : block;
    let at = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, at)) {
      yield { line: bytes.subarray(at, end), number: number++ };
      at = end + 1;
    }
    carried = Buffer.from(bytes.subarray(at));
  }
  if (carried.length > 0) yield { line: carried, number };
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
      const isNew = before === 10 || (before === 13 && byte !== 10);
      if (isNew && ++number === line) return { ...file, skip: at + i, firstLine: line };
      before = byte;
    }
    at += block.length;
  }
  if (line === file.firstLine) return file;
  const message = `${file.fileName} has only ${number} line${number === 1 ? '' : 's'}, so its table can't begin in line ${line}.`;
  throw new HindcastError('invalid-input', message, { details: { file: file.fileName, field } });
}
