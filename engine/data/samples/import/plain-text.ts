// The whole text of a file, also of one in gzip.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Recipe } from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { sourceName } from '../../../contract/values/source-name.ts';
import { recipeWith } from './json-lines.ts';

export interface PlainText {
  readonly text: string;
  readonly recipe: Recipe;
  /** As the note of the import names it. */
  readonly encoding: 'utf-8' | 'utf-16' | 'latin-1';
}

/** Bases in gzip take a quarter of their size, never a three-hundredth. */
const MOST_TIMES = 300;
const HARMLESS_BYTES = 64 * 2 ** 20;
const MOST_BYTES = 500 * 2 ** 20;
const LONG = 'is longer than 500 MB; import a part of it';

const unpackAsync = promisify(gunzip);

/** @throws HindcastError `file-unreadable` for a file that cannot be read, is too large, or unpacks to far more than it is */
export async function readPlainText(path: string, sample: string | null): Promise<PlainText> {
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
  return { ...decoded(content), recipe: recipeWith(source) };
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

/** Also of a beginning that is cut off. */
export function decoded(bytes: Buffer): Pick<PlainText, 'text' | 'encoding'> {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff;
  if (isLittle || isBig)
    return { text: new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(bytes), encoding: 'utf-16' };
  const text = bytes.toString('utf8');
  return text.includes('\ufffd')
    ? { text: bytes.toString('latin1'), encoding: 'latin-1' }
    : { text: text.replace(/^\ufeff/, ''), encoding: 'utf-8' };
}

function refused(path: string, why: string, cause?: unknown): HindcastError {
  return new HindcastError('file-unreadable', `${basename(path)} ${why}.`, {
    details: { file: path },
    cause,
  });
}
