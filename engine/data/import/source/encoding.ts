// The text encoding of a file, and a UTF-8 copy where DuckDB could not read the file directly.

import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { Encoding } from './charset.ts';
import { fileBlocks, textLines } from './lines.ts';
import { zeroDropper } from './zeros.ts';

/** Error: `invalid-input` (no encoding is called so). */
export function namedEncoding(label: string): Encoding {
  try {
    return new TextDecoder(label).encoding;
  } catch (cause) {
    const message = `There is no encoding "${label}"; name one such as utf-8, windows-1252, windows-1251, shift_jis or gb18030.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'encoding' }, cause });
  }
}

/** Lines of several encodings in one file: UTF-8 and another one. */
export interface Mixture {
  /** Lines that are no UTF-8. */
  readonly lines: number;
  /** The first of them. */
  readonly first: number;
}

const SAMPLE_BYTES = 1 << 16;

/** What a file that is no UTF-8 is encoded in. */
export async function detectEncoding(
  path: string,
  signal?: AbortSignal,
): Promise<{ readonly encoding: Encoding; readonly mixture: Mixture | null }> {
  const foreign: Buffer[] = [];
  let bytes = 0;
  let lines = 0;
  let first = 0;
  let utf8 = 0;
  for await (const { line, number } of textLines(path, signal)) {
    if (isAscii(line)) continue;
    if (isUtf8(line)) {
      utf8++;
      continue;
    }
    if (lines++ === 0) first = number;
    if (bytes >= SAMPLE_BYTES) continue;
    foreign.push(Buffer.from(line), LINE_FEED);
    bytes += line.length;
  }
  // Its tables of languages are read only where a file needs them.
  const { guessEncoding } = await import('./charset.ts');
  const encoding = guessEncoding(Buffer.concat(foreign));
  // Half-width kana may look like UTF-8.
  const isMixed = encoding === 'shift_jis' ? utf8 > lines : utf8 > 0;
  return { encoding, mixture: isMixed ? { lines, first } : null };
}

const LINE_FEED = Buffer.from('\n');

const isAscii = (line: Buffer): boolean => line.every((byte) => byte < 0x80);

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

type Decode = (bytes: Buffer, last: boolean) => string;

/** Each line by itself: UTF-8 where it is that, else the other encoding. */
function lineDecoder(encoding: Encoding): Decode {
  const decode = decoderOf(encoding, null);
  let carried = Buffer.alloc(0);
  const text = (line: Buffer) => (isUtf8(line) ? line.toString('utf8') : decode(line, true));
  return (bytes, last) => {
    const all = Buffer.concat([carried, bytes]);
    const end = last ? all.length : all.lastIndexOf(10) + 1;
    carried = Buffer.from(all.subarray(end));
    let decoded = '';
    for (let at = 0; at < end; ) {
      const next = all.indexOf(10, at);
      const to = next < 0 || next >= end ? end : next + 1;
      decoded += text(all.subarray(at, to));
      at = to;
    }
    return decoded;
  };
}

function decoderOf(encoding: Encoding, mixture: Mixture | null): Decode {
  if (mixture !== null) return lineDecoder(encoding);
  if (encoding === 'windows-1252') return decodeWindows1252;
  const decoder = new TextDecoder(encoding);
  return (bytes, last) => decoder.decode(bytes, { stream: !last });
}

/** All of a text; without its byte order mark. */
export const decodeWhole = (bytes: Buffer, encoding: Encoding): string =>
  decoderOf(encoding, null)(bytes, true).replace(/^\ufeff/, '');

/** How the bytes of a file become text. */
export interface Reading {
  readonly encoding: Encoding;
  readonly mixture: Mixture | null;
  /** Zeros that stand for nothing are left out. */
  readonly hasZeros: boolean;
}

/** Writes a UTF-8 copy of `from` to `to`, as a stream. A byte order mark does not survive. */
export async function transcode(
  from: string,
  to: string,
  { encoding, mixture, hasZeros }: Reading,
  signal?: AbortSignal,
): Promise<void> {
  const decode = decoderOf(encoding, mixture);
  const drop = hasZeros ? zeroDropper() : (block: Buffer) => block;
  await using source = await open(from, 'r');
  await using target = await open(to, 'wx');
  for await (const block of fileBlocks(source, signal)) await target.appendFile(decode(drop(block), false));
  await target.appendFile(decode(Buffer.alloc(0), true));
}
