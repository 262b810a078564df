// Temporary folders that are named after their process: those of an import (transcoded copies, DuckDB's spill files), and others.
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HindcastError } from '../../../contract/values/errors.ts';

const IMPORTS = 'hindcast-import-';

/** A new empty folder, named after this process so that a later process knows whose leftovers it finds. */
export function createTemporaryFolder(parent: string = tmpdir(), prefix: string = IMPORTS): string {
  return mkdtempSync(join(parent, `${prefix}${process.pid}-`));
}

/** The error where the disk of the temporary files is full; null for another cause. */
export function noSpaceLeft(cause: unknown, doing: string): HindcastError | null {
  const text = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof HindcastError || !/no space left|disk quota|could not write/i.test(text)) return null;
  const message = `${doing}: no space is left for temporary files; free some or point TMPDIR to another disk.`;
  return new HindcastError('disk-full', message, { cause });
}

export function removeTemporaryFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // EPERM: it lives, and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** It has ended, and its parent has not asked for its end yet: in a container without an init process it stays so. Linux alone says it. */
function isZombie(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return status.charAt(status.lastIndexOf(')') + 2) === 'Z';
  } catch {
    return false;
  }
}

/** Folders of this user; another user's are theirs to remove. */
function foldersBy(parent: string, prefix: string, isTheirs: (pid: number) => boolean): string[] {
  // Without the parent there are no leftovers either; an import will say so in its own words.
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .filter((name) => {
      const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
      return pid !== undefined && isTheirs(Number(pid));
    })
    .map((name) => join(parent, name))
    .filter(isOwnFolder);
}

function isOwnFolder(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  const user = process.getuid?.();
  return found?.isDirectory() === true && (user === undefined || found.uid === user);
}

/** Removes the folders of processes that were killed before they could do it themselves. */
export function sweepTemporaryFolders(
  parent: string = tmpdir(),
  prefix: string = IMPORTS,
  isNeeded: (folder: string) => boolean = () => false,
): void {
  for (const folder of foldersBy(parent, prefix, (pid) => !isAlive(pid))) {
    try {
      if (!isNeeded(folder)) removeTemporaryFolder(folder);
    } catch {
      // Another process sweeps at the same time.
    }
  }
}

/** For a process that must end at once. */
export function removeOwnTemporaryFolders(parent: string = tmpdir()): void {
  for (const folder of foldersBy(parent, IMPORTS, (pid) => pid === process.pid))
    removeTemporaryFolder(folder);
}
