// Opens a workspace that this process cannot write, on a read-only mount or owned by another user. SQLite cannot read a file in
// WAL mode without writing beside it, so a private copy is opened instead, with the contents of the log beside the file. Nothing
// is written near the file. Where the file system supports it, the copy shares the file's blocks and costs no space.
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  openSync,
  readSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { HindcastError } from '../../contract/errors.ts';
import { READ_METHODS } from '../../contract/read-methods.ts';
import {
  createTemporaryFolder,
  removeTemporaryFolder,
  sweepTemporaryFolders,
} from '../../data/import/source/temporary.ts';
import { codeOf, storeError } from '../../store/sqlite-errors.ts';

/** Named after its process: what a killed one leaves is removed by the next. */
const PREFIX = 'hindcast-look-';
const ATTEMPTS = 5;

/** What a host on a private copy says of the file itself. */
export interface ReadOnly {
  readonly path: string;
  /** One sentence for the user. */
  readonly sentence: string;
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
  refuseWithoutRoom(workspacePath);
  const folder = createTemporaryFolder(tmpdir(), PREFIX);
  try {
    const copy = join(folder, basename(workspacePath));
    copyUnchanged(workspacePath, copy);
    return {
      path: workspacePath,
      copy,
      sentence: `${workspacePath} is open read-only (${why}), as it is now: nothing can be changed; to work with it, copy it to a folder of your own.`,
      close: () => removeTemporaryFolder(folder),
    };
  } catch (cause) {
    removeTemporaryFolder(folder);
    if (codeOf(cause) === 'EACCES')
      throw new HindcastError(
        'file-unreadable',
        `The workspace ${workspacePath} cannot be read: its permissions do not let you.`,
        { cause },
      );
    throw storeError(cause, workspacePath, 'making a private copy to look at');
  }
}

/** Another user's host may be writing: a copy that was overtaken is made again. */
function copyUnchanged(from: string, to: string): void {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = stateOf(from);
    for (const ending of ['', '-wal'])
      if (existsSync(from + ending)) {
        copyFileSync(from + ending, to + ending, constants.COPYFILE_FICLONE);
        // The copy of a write-protected file is one too.
        chmodSync(to + ending, 0o600);
      }
    if (stateOf(from) === before) return;
  }
  throw new HindcastError(
    'workspace-locked',
    `The workspace ${from} changes faster than it can be copied to look at: try again when less is written.`,
  );
}

/** Changes when the log is moved into the file or restarted; a log that only grows does no harm. */
function stateOf(path: string): string {
  const { size, mtimeNs } = statSync(path, { bigint: true });
  const header = Buffer.alloc(32);
  if (existsSync(`${path}-wal`)) {
    const log = openSync(`${path}-wal`, 'r');
    readSync(log, header, 0, header.length, 0);
    closeSync(log);
  }
  return `${size} ${mtimeNs} ${header.toString('hex')}`;
}

function refuseWithoutRoom(workspacePath: string): void {
  const bytes = statSync(workspacePath).size;
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize > bytes + 64 * 2 ** 20) return;
  throw new HindcastError(
    'disk-full',
    `To look at ${workspacePath}, which cannot be written, a copy of ${Math.ceil(bytes / 2 ** 20)} MB is needed in ${tmpdir()}, which lacks the room: make room there, or set TMPDIR to another folder.`,
  );
}

/** They change nothing in the workspace. */
const ALSO_ALLOWED: ReadonlySet<string> = new Set(['workspace.backUp', 'workspace.endBackUp']);

interface Interceptable {
  readonly path: readonly string[];
  next(): Promise<unknown>;
}

/** An interceptor for oRPC, inside the one that translates failures. */
export function refuseChanges({ path, sentence }: ReadOnly) {
  return async (call: Interceptable): Promise<unknown> => {
    const method = call.path.join('.');
    if (READ_METHODS.has(method) || ALSO_ALLOWED.has(method)) return call.next();
    throw new HindcastError('workspace-read-only', sentence, { details: { path } });
  };
}
