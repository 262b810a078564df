// ZIP archives: packs several files into one download, and unpacks archives of other programs. Written without compression;
// compressed archives can be read.
// Format: PKWARE APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory) and 4.3.16 (its end).
import { HindcastError } from '../../engine/contract/values/errors.ts';

export interface ZipEntry {
  readonly name: string;
  readonly content: Blob;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Bit 11: names are UTF-8. */
const UTF8 = 0x800;
const STORED = 0;
const DEFLATED = 8;

/** @param at when the files were made. */
export async function writeZip(entries: readonly ZipEntry[], at: Date): Promise<Blob> {
  const parts: BlobPart[] = [];
  const directory: BlobPart[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const bytes = new Uint8Array(await content.arrayBuffer());
    const title = new TextEncoder().encode(name);
    const common = [
      ...uint16(20, UTF8, STORED, dosTime(at), dosDate(at)),
      ...uint32(crc32(bytes), bytes.length, bytes.length),
      ...uint16(title.length, 0),
    ];
    const local = Uint8Array.from([...uint32(LOCAL), ...common]);
    directory.push(
      // Version made by; then comment, disk and attributes, all nothing.
      Uint8Array.from([
        ...uint32(CENTRAL),
        ...uint16(20),
        ...common,
        ...uint16(0, 0, 0),
        ...uint32(0, offset),
      ]),
      title,
    );
    parts.push(local, title, bytes);
    offset += local.length + title.length + bytes.length;
  }
  const size = new Blob(directory).size;
  const count = entries.length;
  const end = Uint8Array.from([
    ...uint32(END),
    ...uint16(0, 0, count, count),
    ...uint32(size, offset),
    ...uint16(0),
  ]);
  return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}

/** @throws HindcastError `file-unreadable` for what is no archive, or one that is encrypted or packed in an unknown way. */
export async function readZip(archive: Blob, archiveName: string): Promise<ZipEntry[]> {
  const bytes = new Uint8Array(await archive.arrayBuffer());
  const view = new DataView(bytes.buffer);
  const damaged = () =>
    new HindcastError(
      'file-unreadable',
      `"${archiveName}" is no whole ZIP archive; unpack it and choose its files.`,
    );
  const end = findEnd(view);
  if (end < 0) throw damaged();
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  try {
    for (let left = view.getUint16(end + 10, true); left > 0; left--) {
      if (view.getUint32(at, true) !== CENTRAL) throw damaged();
      const [method, packed] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
      const nameLength = view.getUint16(at + 28, true);
      const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
      const local = view.getUint32(at + 42, true);
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      if (start + packed > bytes.length || (method !== STORED && method !== DEFLATED)) throw damaged();
      const content = new Blob([bytes.subarray(start, start + packed)]);
      if (!name.endsWith('/'))
        entries.push({ name, content: method === STORED ? content : await inflate(content) });
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
  } catch {
    throw damaged();
  }
  return entries;
}

const inflate = (content: Blob): Promise<Blob> =>
  new Response(content.stream().pipeThrough(new DecompressionStream('deflate-raw'))).blob();

/** The end record is the last 22 bytes, and a comment of at most 65,535. */
function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  return -1;
}

const uint16 = (...values: number[]): number[] => values.flatMap((value) => [value & 255, value >>> 8]);
const uint32 = (...values: number[]): number[] =>
  values.flatMap((value) => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24]);

const dosTime = (at: Date): number => (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1);
const dosDate = (at: Date): number =>
  ((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate();

/** CRC-32 with the polynomial 0xEDB88320. */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 255] as number);
  return (crc ^ -1) >>> 0;
}

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
