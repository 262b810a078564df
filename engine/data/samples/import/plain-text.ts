// The whole text of a file, also of one in gzip.
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Recipe } from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { sourceName } from '../../../contract/values/source-name.ts';
import type { Encoding } from '../../import/source/charset.ts';
import { decodeWhole, namedEncoding, utf16Kind } from '../../import/source/encoding.ts';
import { recipeWith } from './json-lines.ts';

export interface PlainText {
  readonly text: string;
  readonly recipe: Recipe;
  readonly encoding: Encoding;
  /** What the import says of it; null of UTF-8. */
  readonly note: string | null;
  /** Its first bytes. */
  readonly head: Buffer;
}

const HEAD_BYTES = 512;

/** Bases in gzip take a quarter of their size, never a three-hundredth. */
const MOST_TIMES = 300;
const HARMLESS_BYTES = 64 * 2 ** 20;
const MOST_BYTES = 500 * 2 ** 20;
const LONG = 'is longer than 500 MB; import a part of it';

const unpackAsync = promisify(gunzip);

/**
 * @param encoding as the user names it; else it is found
 * @throws HindcastError `file-unreadable` for a file that cannot be read, is too large, or unpacks to far more than it is; `invalid-input`
 *   for an encoding that there is not
 */
export async function readPlainText(
  path: string,
  sample: string | null,
  encoding?: string,
): Promise<PlainText> {
  const unreadable = (cause: unknown): never => {
    throw refused(path, 'cannot be read; choose another file', cause);
  };
  const info = await stat(path).catch(unreadable);
  if (!info.isFile()) throw refused(path, 'is no file; choose another one');
  if (info.size > MOST_BYTES) throw refused(path, LONG);
  const bytes = await readFile(path).catch(unreadable);
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const content = isPacked ? await unpacked(path, bytes) : bytes;
  if (content.length > MOST_BYTES) throw refused(path, LONG);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const source = { path: sourceName(path), bytes: bytes.length, sha256, sample };
  const head = content.subarray(0, HEAD_BYTES);
  return { ...(await inEncoding(content, encoding)), recipe: recipeWith(source), head };
}

async function unpacked(path: string, bytes: Buffer): Promise<Buffer> {
  const maxOutputLength = Math.min(MOST_BYTES, Math.max(HARMLESS_BYTES, MOST_TIMES * bytes.length));
  return unpackAsync(bytes, { maxOutputLength }).catch((cause: unknown) => {
    const isTooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw refused(
      path,
      isTooLarge
        ? 'would unpack to far more than it is, which no such data do; unpack it yourself if you trust it'
        : 'is damaged and cannot be unpacked to its end; fetch it again',
      cause,
    );
  });
}

const GUESSED_FROM = 2 ** 16;
// biome-ignore lint/suspicious/noControlCharactersInRegex: which no text has
const CONTROLS = /[\0-\x08\x0e-\x1a]/;

async function inEncoding(
  bytes: Buffer,
  named: string | undefined,
): Promise<Omit<PlainText, 'recipe' | 'head'>> {
  const whole = (encoding: Encoding, note: string | null) => ({
    text: decodeWhole(bytes, encoding),
    encoding,
    note,
  });
  if (named !== undefined) {
    const encoding = namedEncoding(named);
    if (encoding !== 'utf-8') return whole(encoding, `The file was read as ${encoding}.`);
    return whole(encoding, isUtf8(bytes) ? null : NO_UTF_8);
  }
  const wide = utf16Kind(bytes.subarray(0, GUESSED_FROM));
  // Binary files have zeros in every second byte too.
  if (wide !== null && !CONTROLS.test(decodeWhole(bytes.subarray(0, 1_000), wide)))
    return whole(wide, `The file was read as ${wide}.`);
  if (isUtf8(bytes)) return whole('utf-8', null);
  const encoding = await guessed(foreignLines(bytes));
  return whole(
    encoding,
    `The file was read as ${encoding}, a guess from its bytes: if words look wrong, name the encoding (in a terminal: --encoding).`,
  );
}

const NO_UTF_8 =
  'The file is not valid UTF-8: what could not be read became �; name another encoding, or none (in a terminal: --encoding).';

/** Bytes beyond ASCII: fewer say nothing of an alphabet. */
const FEWEST_FOREIGN = 16;

async function guessed(lines: Buffer): Promise<Encoding> {
  const foreign = lines.reduce((count, byte) => count + (byte < 0x80 ? 0 : 1), 0);
  if (foreign < FEWEST_FOREIGN) return 'windows-1252';
  // Its tables of languages are read only where a file needs them.
  const { guessEncoding } = await import('../../import/source/charset.ts');
  return guessEncoding(lines);
}

/** Lines with bytes beyond ASCII, up to a number of bytes. */
function foreignLines(bytes: Buffer): Buffer {
  const lines: Buffer[] = [];
  let size = 0;
  for (let from = 0; from < bytes.length && size < GUESSED_FROM; ) {
    const next = bytes.indexOf(10, from);
    const end = next < 0 ? bytes.length : next + 1;
    const line = bytes.subarray(from, Math.min(end, from + GUESSED_FROM));
    if (!isUtf8(line)) {
      lines.push(line);
      size += line.length;
    }
    from = end;
  }
  return Buffer.concat(lines);
}

/** Of a beginning that is cut off: enough to tell prose from a table. */
export function beginningOf(head: Buffer): string {
  const wide = utf16Kind(head);
  return wide === null ? head.toString('utf8') : decodeWhole(head, wide);
}

function refused(path: string, why: string, cause?: unknown): HindcastError {
  return new HindcastError('file-unreadable', `${basename(path)} ${why}.`, {
    details: { file: path },
    cause,
  });
}
