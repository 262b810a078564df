// Files that only their owner may read: the workspace contains the user's data, and even a read lock by another user on the lock
// file would keep every host from starting.
import { chmodSync, closeSync, lstatSync, openSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf } from './sqlite-errors.ts';

const OTHERS = 0o077;

/** Makes an empty file of 0600; one that is there stays. Where none can be made, the file's user says why. */
export function makePrivate(path: string): void {
  try {
    // Not opened where it is there: closing it again would give back the locks that this process has on it.
    closeSync(openSync(path, 'wx', 0o600));
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') keepPrivate(path);
  }
}

/** 0600 for a regular file of this user; anything else, and a file that is not there, stays as it is. */
export function keepPrivate(path: string): void {
  try {
    const found = lstatSync(path);
    const isOwn = process.getuid?.() === found.uid;
    if (isOwn && found.isFile() && (found.mode & OTHERS) !== 0) chmodSync(path, 0o600);
  } catch {
    // A file system without modes, or a file that was removed: opening it will fail with the reason.
  }
}

/** The workspace and all that Hindcast keeps beside it: log, index, locks, reserve, copies from before a migration. */
export function keepWorkspacePrivate(path: string): void {
  const file = realPath(path);
  const own = basename(file);
  for (const name of siblings(file)) {
    if (name === own || /^(-|\.before-migration-)/.test(name.slice(own.length))) {
      keepPrivate(join(dirname(file), name));
    }
  }
}

function siblings(file: string): string[] {
  try {
    return readdirSync(dirname(file)).filter((name) => name.startsWith(basename(file)));
  } catch {
    return [];
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
