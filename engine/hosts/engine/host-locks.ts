// The locks of a host: one on the name beside the workspace, and one on the file itself once it exists.
import { existsSync, rmSync } from 'node:fs';
import { type FileLock, takeFileLock, takeHostLock } from '../../store/host-lock.ts';
import { lockPath, removeRendezvous } from './rendezvous.ts';

/** Another process has the same file open, under this name or another: who comes later attaches, or is told the name. */
export class FileIsHeld extends Error {}

export interface HostLocks {
  /** Locks the file too. Throws `FileIsHeld`. */
  claim(file: string): void;
  /** Where word of the host goes beside the lock of the file; null where there is no such place. */
  notePath(): string | null;
  release(): void;
  /** A workspace that was refused is left with its folder as it was. */
  undo(): void;
}

/** @returns null when another process holds the name. */
export function lockWorkspace(workspacePath: string): HostLocks | null {
  const path = lockPath(workspacePath);
  const isNew = !existsSync(path);
  const name = takeHostLock(path);
  if (!name) return null;
  let file: FileLock | null = null;
  const release = (): void => {
    file?.release();
    file = null;
    name.release();
  };
  return {
    claim(workspace) {
      // Opening may be tried again.
      file?.release();
      file = null;
      const taken = takeFileLock(workspace);
      if (taken === 'held') throw new FileIsHeld(`${workspace} is open in another process`);
      file = taken;
      // Of a host that died: it must not lead anybody to a stranger on the port of then while this host is still starting.
      removeRendezvous(workspacePath);
    },
    notePath: () => file?.notePath ?? null,
    release,
    undo() {
      release();
      if (isNew) rmSync(path, { force: true });
    },
  };
}
