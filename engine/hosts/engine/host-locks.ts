// The locks of a host: one on the name beside the workspace, and one on the file itself once it exists.
import { existsSync, rmSync } from 'node:fs';
import { type FileLock, takeFileLock, takeHostLock } from '../../store/file/host-lock.ts';
import { lockPath, removeRendezvous } from './rendezvous.ts';

/** Another process has the same file open, under this name or another: later processes attach, or get an error with that name. */
export class FileIsHeld extends Error {}

export interface HostLocks {
  /** Locks the file too. Throws `FileIsHeld`. */
  claim(file: string): void;
  /** Path of the host's address beside the lock of the file; null if there is none. */
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
      // Left by a host that died: while this host is starting, it must not lead clients to another program that now has the old port.
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
