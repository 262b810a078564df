// Opens a workspace that this process cannot write, on a read-only mount or owned by another user. SQLite cannot read a file in
// WAL mode without writing beside it, so a private copy is opened instead, with the contents of the log beside the file. Nothing
// is written near the file. Where the file system supports it, the copy shares the file's blocks and costs no space.
import { accessSync, closeSync, constants, openSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { READ_METHODS } from '../../contract/api/read-methods.ts';
import { type ErrorCode, HindcastError } from '../../contract/values/errors.ts';
import { sweepTemporaryFolders } from '../../data/import/source/temporary.ts';
import { codeOf } from '../../store/file/sqlite-errors.ts';
import { copyAway } from './private-copy.ts';

/** Named after its process: what a killed one leaves is removed by the next. */
const PREFIX = 'hindcast-look-';

/** What a host on a private copy says of the file itself. */
export interface ReadOnly {
  readonly path: string;
  /** One sentence for the user. */
  readonly sentence: string;
  /** Of the error that changes end with. */
  readonly code: ErrorCode;
  /** Changes that are made all the same. */
  readonly allowed?: ReadonlySet<string>;
  /** Called after each of these. */
  onChange?(): void;
}

export interface Look extends ReadOnly {
  /** The private copy. */
  readonly copy: string;
  close(): void;
}

/** Why the file cannot be written; null where it can, or where there is none. */
export function whyReadOnly(workspacePath: string): string | null {
  if (!statSync(workspacePath, { throwIfNoEntry: false })?.isFile()) return null;
  try {
    closeSync(openSync(workspacePath, 'r+'));
    accessSync(dirname(workspacePath), constants.W_OK | constants.X_OK);
    return null;
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'EROFS') return 'it is on a read-only file system';
    return code === 'EACCES' || code === 'EPERM' ? 'its permissions do not let you write' : null;
  }
}

/** Throws `file-unreadable`, `disk-full`, `workspace-locked`. */
export function takeLook(workspacePath: string, why: string): Look {
  sweepTemporaryFolders(tmpdir(), PREFIX);
  const { copy, remove } = copyAway(workspacePath, PREFIX);
  return {
    path: workspacePath,
    copy,
    code: 'workspace-read-only',
    sentence: `${workspacePath} is open read-only (${why}), as it is now: nothing can be changed; to work with it, copy it to a folder of your own.`,
    close: remove,
  };
}

/** They change nothing in the workspace. */
const ALSO_ALLOWED: ReadonlySet<string> = new Set(['workspace.backUp', 'workspace.endBackUp']);

interface Interceptable {
  readonly path: readonly string[];
  next(): Promise<unknown>;
}

/** An interceptor for oRPC, inside the one that translates failures. */
export function refuseChanges(readOnly: ReadOnly) {
  const { path, sentence, code, allowed } = readOnly;
  return async (call: Interceptable): Promise<unknown> => {
    const method = call.path.join('.');
    if (READ_METHODS.has(method) || ALSO_ALLOWED.has(method)) return call.next();
    if (!allowed?.has(method)) throw new HindcastError(code, sentence, { details: { path } });
    const answer = await call.next();
    readOnly.onChange?.();
    return answer;
  };
}
