// Replaces a workspace by a backup. The calling process holds the locks of the workspace. The current file is renamed, never
// deleted. A window cannot replace the file that its host has open: it leaves a request, which the next start carries out.
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { HindcastError } from '../../contract/values/errors.ts';
import { reasonOf } from '../../contract/values/system-errors.ts';
import { openConnection } from './connection.ts';
import { judgeLog } from './log-mark.ts';
import { findMigrationsFolder, readMigrations } from './migrations.ts';
import { freeName, setLogAside } from './set-aside.ts';
import { storeError } from './sqlite-errors.ts';
import { inspectWorkspaceFile, refuseBroken } from './workspace-file.ts';

export interface Restored {
  /** The name that the replaced workspace has now; null where there was none. */
  readonly kept: string | null;
  /** The names that its log has now. */
  readonly logs: readonly string[];
}

/** Throws what is wrong with the backup; then nothing was changed. */
export function putInPlace(workspacePath: string, backupPath: string): Restored {
  const draft = `${workspacePath}.new-${process.pid}`;
  refuseUnreadable(backupPath);
  try {
    copyWhole(backupPath, draft);
    return putDraftInPlace(workspacePath, draft, 'before-restore');
  } catch (cause) {
    throw storeError(cause, workspacePath, 'restoring a backup');
  } finally {
    removeWithLog(draft);
  }
}

function refuseUnreadable(backupPath: string): void {
  try {
    if (statSync(backupPath).isFile()) {
      closeSync(openSync(backupPath, 'r'));
      return;
    }
  } catch (cause) {
    throw new HindcastError('file-unreadable', `The backup cannot be read (${reasonOf(cause)}).`, { cause });
  }
  throw new HindcastError('file-unreadable', `${backupPath} is no regular file, so it is no backup.`);
}

/** What stands there gets the name of before; its log is set aside. */
export function putDraftInPlace(workspacePath: string, draft: string, before: string): Restored {
  const { names } = setLogAside(workspacePath);
  const kept = existsSync(workspacePath) ? freeName(`${workspacePath}.${before}`) : null;
  if (kept) renameSync(workspacePath, kept);
  renameSync(draft, workspacePath);
  return { kept, logs: names };
}

/** With what its own log holds, where a crash left one. */
export function copyWithLog(from: string, draft: string): void {
  copyFileSync(from, draft);
  // A backup may be write-protected, its copy must not be.
  chmodSync(draft, 0o600);
  if (judgeLog(from) === 'belongs') copyFileSync(`${from}-wal`, `${draft}-wal`);
}

export function removeWithLog(draft: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(draft + ending, { force: true });
}

function copyWhole(backupPath: string, draft: string): void {
  copyWithLog(backupPath, draft);
  inspectWorkspaceFile(draft, readMigrations(findMigrationsFolder()), { now: Date.now });
  const copy = openConnection(draft, { now: Date.now });
  try {
    copy.pragma('wal_checkpoint(TRUNCATE)');
    refuseBroken(copy);
  } finally {
    copy.close();
  }
}

const requestPath = (workspacePath: string): string => `${workspacePath}-restore`;

/** The next start restores the backup. */
export function requestRestore(workspacePath: string, backupPath: string): void {
  writeFileSync(requestPath(workspacePath), JSON.stringify({ from: backupPath }), { mode: 0o600 });
}

/**
 * Carries out what was requested; returns sentences for the user. A backup that is refused leaves the workspace as it is.
 * @param claim locks the file that is replaced, or throws
 */
export function carryOutRestore(
  workspacePath: string,
  backups: readonly string[],
  claim: (file: string) => void,
): string[] {
  const request = requestPath(workspacePath);
  if (!existsSync(request)) return [];
  const from = fromOf(request);
  try {
    // Only a backup of this workspace: a file beside it must not name any other file of the user.
    if (from === null || !backups.includes(from))
      return ['A request to restore names no backup of this workspace: nothing was restored.'];
    if (existsSync(workspacePath)) claim(workspacePath);
    const { kept } = putInPlace(workspacePath, from);
    return [`The workspace was restored from ${from}.${kept ? ` What was there is now ${kept}.` : ''}`];
  } catch (cause) {
    if (!(cause instanceof HindcastError)) throw cause;
    return [`The workspace was not restored: ${cause.message}`];
  } finally {
    rmSync(request, { force: true });
  }
}

function fromOf(request: string): string | null {
  try {
    const read: unknown = JSON.parse(readFileSync(request, 'utf8'));
    return typeof read === 'object' && read !== null && 'from' in read && typeof read.from === 'string'
      ? read.from
      : null;
  } catch {
    return null;
  }
}
