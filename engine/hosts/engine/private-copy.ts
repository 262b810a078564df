// A private copy of a workspace in the temporary folder, with the contents of the log beside the file. Nothing is written near the file.
// Where the file system supports it, the copy shares the file's blocks and costs no space.
import {
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
import { basename, join } from 'node:path';
import { HindcastError } from '../../contract/values/errors.ts';
import { createTemporaryFolder, removeTemporaryFolder } from '../../data/import/source/temporary.ts';
import { codeOf, storeError } from '../../store/file/sqlite-errors.ts';

const ATTEMPTS = 5;

export interface PrivateCopy {
  readonly copy: string;
  remove(): void;
}

/** Throws `file-unreadable`, `disk-full`, `workspace-locked`. @param prefix of the folder's name */
export function copyAway(workspacePath: string, prefix: string): PrivateCopy {
  refuseWithoutRoom(workspacePath);
  const folder = createTemporaryFolder(tmpdir(), prefix);
  const remove = () => removeTemporaryFolder(folder);
  try {
    const copy = join(folder, basename(workspacePath));
    copyUnchanged(workspacePath, copy);
    return { copy, remove };
  } catch (cause) {
    remove();
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
