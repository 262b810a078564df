// Turns errors of SQLite and the file system into HindcastErrors that say what to do next.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { HindcastError } from '../../contract/values/errors.ts';
import { reasonOf } from '../../contract/values/system-errors.ts';

/** SQLite could not put bytes on the disk: no room, a quota (which SQLite sees as a failed write), or no room for the shared index. */
const NO_SPACE = new Set([
  'SQLITE_FULL',
  'SQLITE_IOERR_WRITE',
  'SQLITE_IOERR_TRUNCATE',
  'SQLITE_IOERR_FSYNC',
  'SQLITE_IOERR_DIR_FSYNC',
  'SQLITE_IOERR_SHMSIZE',
]);
const NO_SPACE_ON_DISK = new Set(['ENOSPC', 'EDQUOT']);
const NO_WRITING = new Set(['EACCES', 'EPERM', 'EROFS']);

/** The code of an error from the file system or SQLite; empty where it has none. */
export function codeOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
}

export function damaged(path: string, what: string, cause?: unknown): HindcastError {
  return new HindcastError(
    'workspace-damaged',
    `The workspace ${path} is damaged (${what}); it was left as it is: ${remedyOf(path)}.`,
    { details: { path }, cause },
  );
}

/** A log that was left by a crash is part of the file: it goes where the file goes. */
function remedyOf(path: string): string {
  const file = basename(path);
  return existsSync(`${path}-wal`)
    ? `move ${file} and the log beside it, ${file}-wal, away together, then put a backup copy in their place (\`hindcast restore\` does all of that) or start a new one`
    : 'put a backup copy in its place (`hindcast restore` does that), or move it away and start a new one';
}

export function readOnly(path: string, what: string, cause?: unknown): HindcastError {
  return new HindcastError(
    'workspace-read-only',
    `The workspace ${path} cannot be written (${what}): make the file and its folder writable, or use a copy of it elsewhere.`,
    { details: { path }, cause },
  );
}

export function diskFull(path: string, what: string, cause?: unknown): HindcastError {
  return new HindcastError(
    'disk-full',
    `The workspace ${path} could not grow (${what}): free some space on its disk, then try again; what was stored before is intact.`,
    { details: { path }, cause },
  );
}

/** Whether the same write can succeed later without a change to it. */
export const isPassing = ({ code }: HindcastError): boolean =>
  code === 'disk-full' || code === 'workspace-locked' || code === 'workspace-moved';

/**
 * A HindcastError for any `cause`; one that is already a HindcastError passes through.
 * @param doing what failed, as the start of a sentence: "storing the metrics of run 7"
 */
export function storeError(cause: unknown, path: string, doing: string): HindcastError {
  if (cause instanceof HindcastError) return cause;
  const code = codeOf(cause);
  const text = reasonOf(cause);
  if (NO_SPACE.has(code) || NO_SPACE_ON_DISK.has(code)) return diskFull(path, text, cause);
  if (NO_WRITING.has(code) || code.startsWith('SQLITE_READONLY')) return readOnly(path, text, cause);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return damaged(path, text, cause);
  const lacking = code === 'SQLITE_ERROR' ? /^no such (table|column): (?:main\.)?(\w+)/.exec(text) : null;
  if (lacking) return damaged(path, `its ${lacking[1]} "${lacking[2]}" is missing`, cause);
  if (code.startsWith('SQLITE_BUSY')) {
    return new HindcastError(
      'workspace-locked',
      `The workspace ${path} is being written by another program: close that one, then try again.`,
      { details: { path }, cause },
    );
  }
  if (code.startsWith('SQLITE_CANTOPEN')) {
    return new HindcastError(
      'workspace-unreachable',
      `The workspace ${path} could not be opened (${text}): see whether its folder is still there and can be written.`,
      { details: { path }, cause },
    );
  }
  return HindcastError.wrap(cause, `${doing} in the workspace ${path} failed`);
}
