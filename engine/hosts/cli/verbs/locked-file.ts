// Work on the file of a workspace that no process may have open meanwhile.
import { existsSync } from 'node:fs';
import { HindcastError } from '../../../contract/values/errors.ts';
import { FileIsHeld, type HostLocks, lockWorkspace } from '../../engine/host-locks.ts';

/** @throws HindcastError `workspace-locked` where a process has it open, under this name or another. */
export function withLocks<Result>(workspacePath: string, work: () => Result): Result {
  const locks = lockWorkspace(workspacePath);
  if (!locks) throw isOpen(workspacePath);
  try {
    claim(locks, workspacePath);
    return work();
  } finally {
    locks.release();
  }
}

function claim(locks: HostLocks, workspacePath: string): void {
  if (!existsSync(workspacePath)) return;
  try {
    locks.claim(workspacePath);
  } catch (cause) {
    throw cause instanceof FileIsHeld ? isOpen(workspacePath) : cause;
  }
}

const isOpen = (path: string): HindcastError =>
  new HindcastError('workspace-locked', `Another process has ${path} open: close it, then try again.`);
