// The lock of a workspace's host. The operating system releases it when its holder dies, however that happens: it is an exclusive
// transaction on an empty SQLite file, so it works the same way on every system.
//
// A host holds two locks. The first goes by name and lies beside the workspace: later processes find it there, also those of
// other users who share the folder. The second goes by file (device and inode) and lies in a folder of the user's own: with it, a
// file that was renamed while open, or whose first lock was deleted, is still known to be open.
import { chmodSync, existsSync, lstatSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { HindcastError } from '../../contract/values/errors.ts';
import { reasonOf } from '../../contract/values/system-errors.ts';
import { makePrivate } from './private-file.ts';
import { codeOf } from './sqlite-errors.ts';

export interface HostLock {
  release(): void;
}

/** @returns null when another process holds it. */
export function takeHostLock(path: string): HostLock | null {
  let database: Database.Database | undefined;
  makePrivate(path);
  try {
    database = new Database(path, { timeout: 0 });
    // Nothing is ever written into this file, so it needs no journal beside it.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database?.close();
    if (codeOf(cause).startsWith('SQLITE_BUSY')) return null;
    throw unusable(path, cause);
  }
  const held = database;
  return { release: () => void held.close() };
}

function unusable(path: string, cause: unknown): HindcastError {
  const folder = dirname(path);
  if (!existsSync(folder)) {
    const message = `There is no folder ${folder} for the workspace: make it first, or name another one.`;
    return new HindcastError('file-missing', message, { cause, details: { path } });
  }
  const found = lstatSync(path, { throwIfNoEntry: false });
  const isOurs = found === undefined || (found.isFile() && codeOf(cause) !== 'SQLITE_NOTADB');
  if (!isOurs) {
    const what = found.isDirectory() ? 'A folder' : "A file that is not Hindcast's";
    return new HindcastError(
      'workspace-unreachable',
      `${what} is at ${path}, where Hindcast locks the workspace: move it away, then try again.`,
      { cause, details: { path } },
    );
  }
  const why = found ? 'its lock file cannot be written' : 'no file can be made in its folder';
  return new HindcastError(
    'workspace-read-only',
    `The workspace of ${path} cannot be written (${why}: ${reasonOf(cause)}): make the folder and what is in it writable for you, or use a copy elsewhere.`,
    { cause, details: { path } },
  );
}

export interface FileLock extends HostLock {
  /** Where the holder writes its address for processes that find the lock taken. */
  readonly notePath: string;
}

/** A lock on the file itself, whatever its name; `held` when another process has it, null where the user has no folder for it. */
export function takeFileLock(path: string, folder: string | null = lockFolder()): FileLock | 'held' | null {
  if (folder === null) return null;
  const lockPath = fileLockPath(path, folder);
  for (;;) {
    // Never opened and closed where it is there: that would give back a lock of this process.
    makePrivate(lockPath);
    const before = statSync(lockPath, { throwIfNoEntry: false })?.ino;
    const lock = takeHostLock(lockPath);
    if (lock === null) return 'held';
    // A holder that ended just now took its file away: this lock would be on a file without a name.
    if (before !== undefined && statSync(lockPath, { throwIfNoEntry: false })?.ino === before) {
      return {
        notePath: notePathOf(lockPath),
        release() {
          rmSync(notePathOf(lockPath), { force: true });
          rmSync(lockPath, { force: true });
          lock.release();
        },
      };
    }
    lock.release();
  }
}

/** Where the holder of the file's lock writes its address. */
export function fileNotePath(path: string, folder: string | null = lockFolder()): string | null {
  return folder === null ? null : notePathOf(fileLockPath(path, folder));
}

function fileLockPath(path: string, folder: string): string {
  const { dev, ino } = statSync(path, { bigint: true });
  return join(folder, `${dev}-${ino}.lock`);
}

const notePathOf = (lockPath: string): string => lockPath.replace(/\.lock$/, '.json');

/** A folder that belongs to the user, the same for all the user's processes in any environment; null where there is none. */
export function lockFolder(): string | null {
  const isPosix = process.getuid !== undefined;
  const user = isPosix ? process.getuid?.() : userInfo().username;
  const parents = isPosix ? [`/run/user/${user}`, '/tmp', '/var/tmp'] : [tmpdir()];
  for (const parent of parents) {
    const folder = join(parent, parent.startsWith('/run/') ? 'hindcast' : `hindcast-locks-${user}`);
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch {
      // It exists already or cannot be made: the check below decides.
    }
    if (isOwnFolder(folder)) return folder;
  }
  return null;
}

/** Another user may have been quicker to take the name, or may write into it. */
function isOwnFolder(folder: string): boolean {
  try {
    const found = lstatSync(folder);
    if (!found.isDirectory()) return false;
    if (process.getuid === undefined) return true;
    if (found.uid !== process.getuid()) return false;
    if ((found.mode & 0o077) !== 0) chmodSync(folder, 0o700);
    return true;
  } catch {
    return false;
  }
}
