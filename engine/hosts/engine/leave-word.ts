// Publishes the host's address for later processes, and keeps it published: if the rendezvous file is deleted, or could not be
// written because the disk was full, it is written again.
import { existsSync } from 'node:fs';
import type { Log } from '../../services/context.ts';
import { codeOf, diskFull } from '../../store/file/sqlite-errors.ts';
import {
  type Rendezvous,
  readOwn,
  removeRendezvous,
  rendezvousPath,
  writeRendezvous,
  writeWhole,
} from './rendezvous.ts';

const LOOK_MS = 2_000;

export interface LeftWord {
  remove(): void;
}

/** @throws HindcastError where the file cannot be written for another reason than a full disk. */
export function leaveWord(
  workspacePath: string,
  rendezvous: Rendezvous,
  { notePath, log }: { readonly notePath: string | null; readonly log: Log },
): LeftWord {
  const path = rendezvousPath(workspacePath);
  function write(): void {
    try {
      writeRendezvous(workspacePath, rendezvous);
    } catch (cause) {
      if (!isFull(cause)) throw cause;
      log({
        level: 'warn',
        message: diskFull(workspacePath, 'no room for the rendezvous file', cause).message,
      });
    }
  }
  /** Beside the lock of the file: only a help where the other one is lost. */
  function writeNote(): void {
    try {
      if (notePath !== null) writeWhole(notePath, rendezvous);
    } catch (cause) {
      log({ level: 'warn', message: `${notePath} was not written: ${String(cause)}` });
    }
  }
  write();
  writeNote();
  const timer = setInterval(() => {
    if (existsSync(path)) return;
    try {
      write();
    } catch (cause) {
      log({ level: 'warn', message: `the rendezvous file could not be written: ${String(cause)}` });
    }
  }, LOOK_MS);
  timer.unref();
  return {
    remove() {
      clearInterval(timer);
      // One that another host has written since is not ours to remove.
      if (readOwn(workspacePath)?.token === rendezvous.token) removeRendezvous(workspacePath);
    },
  };
}

const isFull = (cause: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(codeOf(cause));
