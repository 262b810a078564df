// The directory of a zip archive, and streams of its files. Source: PKWARE, "APPNOTE.TXT", sections 4.3.7, 4.3.12, 4.3.16, 4.5.3.
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { HindcastError } from '../../../contract/values/errors.ts';

export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly packed: number;
  /** As the directory says; a stream may be longer. */
  readonly bytes: number;
  readonly isEncrypted: boolean;
  /** CRC-32 of the unpacked bytes; undefined where the writer left it out. */
  readonly crc: number | undefined;
  readonly offset: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record and the longest comment behind it. */
const TAIL_BYTES = 22 + 0xffff;
const MOST_DIRECTORY_BYTES = 64 << 20;
const LARGE = 0xffffffff;

function damaged(fileName: string, what: string): HindcastError {
  const message = `${fileName} seems to be a zip archive and is damaged (${what}); fetch it again.`;
  return new HindcastError('file-binary', message, { details: { file: fileName } });
}

async function bytesAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/** Sizes and offset of more than 4 GB stand in an extra field. */
function largeNumbers(extra: Buffer, wanted: readonly number[]): number[] {
  let values: number[] = [];
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    values = Array.from({ length: field.length >> 3 }, (_, i) => Number(field.readBigUInt64LE(8 * i)));
  }
  return wanted.map((value) => (value === LARGE ? (values.shift() ?? value) : value));
}

/** Error: `file-unreadable`. */
export async function readDirectory(handle: FileHandle, size: number, fileName: string): Promise<ZipEntry[]> {
  const tail = await bytesAt(handle, Math.max(0, size - TAIL_BYTES), Math.min(size, TAIL_BYTES));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end--;
  if (end < 0) throw damaged(fileName, 'its end is missing');
  const [length, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (length > MOST_DIRECTORY_BYTES || start + length > size)
    throw damaged(fileName, 'its directory lies outside');
  const directory = await bytesAt(handle, start, length);
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === ENTRY; ) {
    const [names, extras, comments] = [28, 30, 32].map((offset) => directory.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const extra = directory.subarray(at + 46 + names, at + 46 + names + extras);
    const [bytes = 0, packed = 0, offset = 0] = largeNumbers(
      extra,
      [24, 20, 42].map((field) => directory.readUInt32LE(at + field)),
    );
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + names),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16) || undefined,
      isEncrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      packed,
      bytes,
      offset,
    });
    at += 46 + names + extras + comments;
  }
  return entries;
}

async function startOf(handle: FileHandle, entry: ZipEntry, fileName: string): Promise<number> {
  const head = await bytesAt(handle, entry.offset, 30);
  if (head.length < 30 || head.readUInt32LE(0) !== LOCAL)
    throw damaged(fileName, `"${entry.name}" is not where it should be`);
  return entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
}

/** The compressed bytes of a small file. Error: `file-unreadable`. */
export async function entryBytes(handle: FileHandle, entry: ZipEntry, fileName: string): Promise<Buffer> {
  return bytesAt(handle, await startOf(handle, entry, fileName), entry.packed);
}

/** The compressed bytes of a file. Error: `file-unreadable`. */
export async function entryStream(handle: FileHandle, entry: ZipEntry, fileName: string): Promise<Readable> {
  const start = await startOf(handle, entry, fileName);
  return handle.createReadStream({ start, end: Math.max(start, start + entry.packed - 1), autoClose: false });
}
