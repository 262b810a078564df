// Files that hold a password: only their owner may read them.
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { HindcastError } from '../../contract/values/errors.ts';
import { codeOf } from '../../store/file/sqlite-errors.ts';

const OTHERS = 0o077;

/** @param what `The join file n1.join`. @throws `file-missing`, `invalid-input` where others may read it or it is none */
export function readSecretFile<T>(path: string, what: string, schema: z.ZodType<T>): T {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile())
    throw new HindcastError('file-missing', `${what} is not there.`, { details: { path } });
  if (process.platform !== 'win32' && (found.mode & OTHERS) !== 0) {
    const mode = (found.mode & 0o777).toString(8);
    throw new HindcastError(
      'invalid-input',
      `${what} can be read by other users (its mode is ${mode}) and holds a password: \`chmod 600 ${path}\` keeps it private.`,
      { details: { path, mode } },
    );
  }
  const read = schema.safeParse(jsonOf(path, what));
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path.join('.');
  throw new HindcastError(
    'invalid-input',
    `${what} is none${field ? ` (its field "${field}" is wrong)` : ''}.`,
    {
      details: { path },
    },
  );
}

function jsonOf(path: string, what: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    if (codeOf(cause) !== '')
      throw new HindcastError('file-unreadable', `${what} cannot be read.`, { cause });
    return null;
  }
}

/** Whole or not at all. */
export function writeSecretFile(path: string, content: unknown): void {
  const half = `${path}.${process.pid}`;
  try {
    writeFileSync(half, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    renameSync(half, path);
  } finally {
    rmSync(half, { force: true });
  }
}
