// A folder for the temporary files of one import: transcoded copies and what DuckDB spills.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'hindcast-import-';

/** A new empty folder, named after this process so that a later import can tell whose leftovers it finds. */
export function createTemporaryFolder(parent: string = tmpdir()): string {
  return mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
}

export function removeTemporaryFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function foldersBy(parent: string, isTheirs: (pid: number) => boolean): string[] {
  // Without the parent there are no leftovers either; an import will say so in its own words.
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .filter((name) => {
      const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
      return pid !== undefined && isTheirs(Number(pid));
    })
    .map((name) => join(parent, name));
}

/** Removes the folders of import processes that were killed before they could do it themselves. */
export function sweepTemporaryFolders(parent: string = tmpdir()): void {
  for (const folder of foldersBy(parent, (pid) => !isAlive(pid))) {
    try {
      removeTemporaryFolder(folder);
    } catch {
      // Another user's leftovers: theirs to remove.
    }
  }
}

/** For a process that must end at once. */
export function removeOwnTemporaryFolders(parent: string = tmpdir()): void {
  for (const folder of foldersBy(parent, (pid) => pid === process.pid)) removeTemporaryFolder(folder);
}
