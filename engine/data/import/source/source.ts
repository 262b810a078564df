// The file to import: whether it exists, whether it is text, its encoding, and the hash of its exact bytes (for the recipe).

import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { HindcastError } from '../../../contract/values/errors.ts';
import { sourceName } from '../../../contract/values/source-name.ts';
import { binaryKind, otherTextKind } from './binary.ts';
import type { FilePart } from './dialect.ts';
import { detectEncoding, namedEncoding, type Reading, utf16Kind } from './encoding.ts';
import { fileBlocks } from './lines.ts';
import { zeroChecker } from './zeros.ts';

export interface Source extends Reading {
  readonly path: string;
  /** File name with its ending, for messages. */
  readonly fileName: string;
  /** File name without its ending: the name of the series of a wide file. */
  readonly baseName: string;
  readonly bytes: number;
  /** Hex; of a large file another thread is still at it. */
  readonly sha256: Promise<string>;
  readonly hasByteOrderMark: boolean;
  /** The user named the encoding. */
  readonly isNamed: boolean;
  /** Its bytes are UTF-8. */
  readonly isValid: boolean;
  /** It is UTF-8 with signs for characters that were lost (U+FFFD). */
  readonly hasLost: boolean;
  /** Of a text that was unpacked, see TextFile. */
  readonly lines?: Uint32Array | undefined;
  readonly problems?: ReadonlyMap<number, string> | undefined;
  /** Of a document that was unpacked, what it says beside its table. */
  readonly above?: readonly string[] | undefined;
  readonly parts?: readonly FilePart[] | undefined;
}

/** U+FFFD in UTF-8. */
export const LOST = Buffer.from('\ufffd');

const HEAD_BYTES = 4096;

function unreadable(path: string, cause: unknown): HindcastError {
  const code = (cause as NodeJS.ErrnoException).code;
  const details = { file: path };
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new HindcastError('file-missing', `There is no file ${sourceName(path)}; check the path.`, {
      details,
    });
  }
  const why = code === 'EACCES' || code === 'EPERM' ? 'its permissions forbid it' : String(code ?? cause);
  const message = `${sourceName(path)} cannot be read (${why}); make it readable or choose another file.`;
  return new HindcastError('file-unreadable', message, { details, cause });
}

function binary(fileName: string, kind: string): HindcastError {
  const message = `${fileName} is no text table: it seems to be ${kind}; save the data as CSV and import that.`;
  return new HindcastError('file-binary', message, { details: { file: fileName, kind } });
}

/** Before anything is opened: a pipe would be waited for without end. @throws HindcastError `file-missing`, `file-unreadable` */
export async function requireFileOrFolder(path: string): Promise<Stats> {
  const info = await stat(path).catch((cause: unknown) => Promise.reject(unreadable(path, cause)));
  if (info.isFile() || info.isDirectory()) return info;
  const message = `${sourceName(path)} is a device or a pipe; write its content to a file and import that.`;
  throw new HindcastError('file-unreadable', message, { details: { file: path } });
}

async function sizeOf(path: string): Promise<number> {
  const info = await requireFileOrFolder(path);
  if (info.isFile()) return info.size;
  throw new HindcastError('file-unreadable', `${sourceName(path)} is a folder; name a file inside it.`, {
    details: { file: path },
  });
}

/** Japanese as mails have it: ASCII whose signs stand for kanji between two escapes. */
const isJapaneseMail = (head: Buffer): boolean =>
  ['\u001b$B', '\u001b$@'].some((start) => head.includes(start)) && head.includes('\u001b(');

const utf16Of = (encoding: string) => (encoding === 'utf-16le' || encoding === 'utf-16be' ? encoding : null);

/** Checks UTF-8 across block boundaries: up to three bytes of a character wait for the next block. */
function utf8Checker(): (block: Buffer, last: boolean) => boolean {
  let carried = Buffer.alloc(0);
  return (block, last) => {
    const bytes = carried.length > 0 ? Buffer.concat([carried, block]) : block;
    let end = bytes.length;
    if (!last) {
      for (let back = 1; back <= 3 && back <= bytes.length; back++) {
        const byte = bytes[bytes.length - back] ?? 0;
        if (byte < 0x80) break;
        if (byte >= 0xc0) {
          end = bytes.length - back;
          break;
        }
      }
    }
    carried = Buffer.from(bytes.subarray(end));
    return isUtf8(bytes.subarray(0, end));
  };
}

/** `prices.csv` -> `prices` */
export const stemOf = (fileName: string): string => basename(fileName, extname(fileName)) || fileName;

export interface Inspection {
  readonly encoding?: string | undefined;
  readonly fileName?: string;
  /** SHA-256 of a file, hex. Default: taken while the file is read. */
  readonly hashOf?: ((path: string) => Promise<string>) | undefined;
}

/**
 * Reads the whole file once. `progress` gets the share that is read, 0 to 1.
 *
 * Errors: `file-missing`, `file-unreadable`, `file-empty`, `file-binary`, `invalid-input` (the encoding), `cancelled`.
 */
export async function inspectSource(
  path: string,
  { encoding, fileName: given, hashOf }: Inspection,
  progress: (share: number) => void,
  signal?: AbortSignal,
): Promise<Source> {
  const named = encoding === undefined ? null : namedEncoding(encoding);
  const size = await sizeOf(path);
  const fileName = given ?? basename(path);
  if (size === 0) {
    const message = `${fileName} is empty; choose a file with a header and rows.`;
    throw new HindcastError('file-empty', message, { details: { file: path } });
  }
  await using handle = await open(path, 'r').catch((cause: unknown) =>
    Promise.reject(unreadable(path, cause)),
  );
  const hash = hashOf ? null : createHash('sha256');
  const hashed = hashOf?.(path);
  // Where the file is refused nobody asks for it.
  hashed?.catch(() => {});
  const checkUtf8 = utf8Checker();
  let head: Buffer | undefined;
  let utf16: ReturnType<typeof utf16Kind> = null;
  const checkZeros = zeroChecker();
  let valid = true;
  let hasZeros = false;
  let hasLost = false;
  let bytes = 0;
  for await (const block of fileBlocks(handle, signal)) {
    if (head === undefined) {
      head = Buffer.from(block.subarray(0, HEAD_BYTES));
      const kind = binaryKind(head) ?? otherTextKind(head);
      if (kind !== null) throw binary(fileName, kind);
      utf16 = named === null ? utf16Kind(head) : utf16Of(named);
    }
    if (utf16 === null) {
      hasZeros ||= block.includes(0);
      if (!checkZeros(block)) throw binary(fileName, 'binary data (it has NUL bytes)');
      hasLost ||= block.includes(LOST);
    }
    hash?.update(block);
    valid = utf16 === null && valid && checkUtf8(block, false);
    bytes += block.length;
    progress(Math.min(1, bytes / size));
  }
  valid &&= checkUtf8(Buffer.alloc(0), true);
  const start = head ?? Buffer.alloc(0);
  const known = named ?? utf16 ?? (isJapaneseMail(start) ? 'iso-2022-jp' : valid ? 'utf-8' : null);
  const found = known === null ? await detectEncoding(path, signal) : { encoding: known, mixture: null };
  return {
    path,
    fileName,
    baseName: stemOf(fileName),
    bytes,
    sha256: hashed ?? Promise.resolve(hash!.digest('hex')),
    ...found,
    isNamed: named !== null,
    hasZeros,
    hasLost,
    isValid: valid,
    hasByteOrderMark: start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf,
  };
}
