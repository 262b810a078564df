// Detects the text encoding of a file, and makes a UTF-8 copy where DuckDB could not read the file directly.
import { type FileHandle, open } from 'node:fs/promises';
import { throwIfCancelled } from '../abort.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const BLOCK_BYTES = 1 << 20;

/** UTF-16 shows itself by a byte order mark, or by a zero in every second byte of plain text. */
export function utf16Kind(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const pairs = head.length >> 1;
  let zerosAtEven = 0;
  let zerosAtOdd = 0;
  for (let i = 0; i + 1 < head.length; i += 2) {
    if (head[i] === 0) zerosAtEven++;
    if (head[i + 1] === 0) zerosAtOdd++;
  }
  if (pairs < 2) return null;
  if (zerosAtOdd > 0.7 * pairs && zerosAtEven === 0) return 'utf-16le';
  if (zerosAtEven > 0.7 * pairs && zerosAtOdd === 0) return 'utf-16be';
  return null;
}

// Code points of the bytes 0x80 to 0x9F; the five that Windows leaves open stay control characters, as browsers have it.
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (c) => WINDOWS_1252[c.charCodeAt(0) - 0x80] ?? c);
}

function decoderOf(encoding: Encoding): (bytes: Buffer, last: boolean) => string {
  if (encoding === 'windows-1252') return decodeWindows1252;
  const decoder = new TextDecoder(encoding);
  return (bytes, last) => decoder.decode(bytes, { stream: !last });
}

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

/** Writes a UTF-8 copy of `from` to `to`, as a stream. A byte order mark does not survive. */
export async function transcode(
  from: string,
  to: string,
  encoding: Encoding,
  signal?: AbortSignal,
): Promise<void> {
  const decode = decoderOf(encoding);
  await using source = await open(from, 'r');
  await using target = await open(to, 'wx');
  for await (const block of fileBlocks(source, signal)) await target.appendFile(decode(block, false));
  await target.appendFile(decode(Buffer.alloc(0), true));
}
