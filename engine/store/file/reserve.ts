// Reserved disk space: a file beside the workspace without contents of its own. It is deleted on a full disk, so that a workspace
// can still be opened, looked at and emptied, and made again when there is room.
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';

/** Deleting writes a page for each few thousand that it frees, and SQLite's shared index takes two. */
export const RESERVE_BYTES = 512 * 1024;
/** A reserve that takes most of what is free would itself fill the disk. */
const FREE_FOR_ONE = 4;

/** Reserves that this process gave back to a full disk. */
const released = new Set<string>();

const reservePath = (workspacePath: string): string => `${workspacePath}-reserve`;

export const hasReserve = (workspacePath: string): boolean => existsSync(reservePath(workspacePath));

/** Does nothing where there is one, or too little room for it. */
export function makeReserve(workspacePath: string): void {
  make(workspacePath, FREE_FOR_ONE * RESERVE_BYTES);
}

/** When the workspace is closed: what was given back for a look is taken back, before something else takes it. */
export function restoreReserve(workspacePath: string): void {
  make(workspacePath, released.delete(workspacePath) ? RESERVE_BYTES : FREE_FOR_ONE * RESERVE_BYTES);
}

function make(workspacePath: string, wantedBytes: number): void {
  const path = reservePath(workspacePath);
  try {
    if (statSync(path, { throwIfNoEntry: false })?.size === RESERVE_BYTES) return;
    const { bavail, bsize } = statfsSync(workspacePath);
    if (bavail * bsize < wantedBytes) return;
    // Zeros would take no room on some file systems.
    writeFileSync(path, randomBytes(RESERVE_BYTES), { mode: 0o600 });
  } catch {
    rmSync(path, { force: true });
  }
}

/** False where there was none. */
export function releaseReserve(workspacePath: string): boolean {
  const path = reservePath(workspacePath);
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return false;
  rmSync(path, { force: true });
  released.add(workspacePath);
  return true;
}
