// Reads the files of a package from its archive, a gzipped tar as npm packs it. Nothing is unpacked to the disk.
// Source: POSIX.1-2001, ustar and pax interchange formats.
import { gunzipSync } from 'node:zlib';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { PackageFiles } from './sample-package.ts';

const BLOCK = 512;
/** Unpacked. */
const MOST_BYTES = 500 * 2 ** 20;
const FILE = /^[0\0]$/;
const PAX = 'x';

/** @throws HindcastError `file-unreadable` for what is no such archive */
export function packageFiles(archive: Buffer, wants: (path: string) => boolean): PackageFiles {
  const tar = unpacked(archive);
  const files = new Map<string, Buffer>();
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const head = tar.subarray(at, at + BLOCK);
    const size = Number.parseInt(textIn(head, 124, 12), 8);
    if (!Number.isSafeInteger(size) || size < 0 || at + BLOCK + size > tar.length) throw broken();
    const content = tar.subarray(at + BLOCK, at + BLOCK + size);
    const type = String.fromCharCode(head[156]!);
    if (type === PAX) longName = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(content.toString('utf8'))?.[1];
    else {
      // All lies below `package/`.
      const path = (longName ?? nameIn(head)).replace(/^[^/]*\//, '');
      if (FILE.test(type) && wants(path)) files.set(path, content);
      longName = undefined;
    }
    at += BLOCK + BLOCK * Math.ceil(size / BLOCK);
  }
  if (files.size === 0) throw broken();
  return files;
}

function nameIn(head: Buffer): string {
  const prefix = textIn(head, 345, 155);
  return prefix === '' ? textIn(head, 0, 100) : `${prefix}/${textIn(head, 0, 100)}`;
}

const textIn = (head: Buffer, from: number, length: number): string =>
  head
    .toString('utf8', from, from + length)
    .split('\0')[0]!
    .trim();

function unpacked(archive: Buffer): Buffer {
  try {
    return gunzipSync(archive, { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    throw broken(cause);
  }
}

const broken = (cause?: unknown): HindcastError =>
  new HindcastError('file-unreadable', 'The archive of the sample data is damaged: add it again.', { cause });
