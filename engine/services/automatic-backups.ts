// Copies the workspace once a day, beside the running work, unless its owner has switched that off.

import { HindcastError } from '../contract/errors.ts';
import { dueBackup, listBackups, pruneBackups } from '../store/backups.ts';
import { requestRestore } from '../store/restore.ts';
import type { Workspace } from '../store/workspace.ts';
import type { EngineContext } from './context.ts';
import type { HostFacilities } from './host-facilities.ts';

export const BACKUPS_KEY = 'automaticBackups';

/** A command that only looks is over before. */
const FIRST_LOOK_MS = 3_000;
const LOOK_AGAIN_MS = 3_600_000;
/** Copied in less than a tenth of a second: a host of short commands does that when it leaves. */
const SMALL_BYTES = 32 * 2 ** 20;

export interface AutomaticBackups {
  /** Ends a running copy; makes a small one that is due. */
  close(): Promise<void>;
}

export function keepBackups(
  workspace: Workspace,
  { now, log }: Pick<HostFacilities, 'now' | 'log'>,
): AutomaticBackups {
  const ending = new AbortController();
  let underWay: Promise<void> = Promise.resolve();
  const look = (signal?: AbortSignal, mostBytes?: number): void => {
    underWay = copyIfDue(workspace, { nowMs: now(), signal, mostBytes }).catch((cause: unknown) => {
      if (!signal?.aborted) log({ level: 'warn', message: `no backup was made: ${String(cause)}` });
    });
  };
  const timers = [
    setTimeout(() => look(ending.signal), FIRST_LOOK_MS),
    setInterval(() => look(ending.signal), LOOK_AGAIN_MS),
  ];
  for (const timer of timers) timer.unref();
  return {
    async close() {
      for (const timer of timers) clearTimeout(timer);
      ending.abort();
      await underWay;
      look(undefined, SMALL_BYTES);
      await underWay;
    },
  };
}

interface Copying {
  readonly nowMs: number;
  readonly signal: AbortSignal | undefined;
  readonly mostBytes: number | undefined;
}

async function copyIfDue(workspace: Workspace, { nowMs, signal, mostBytes }: Copying): Promise<void> {
  if (workspace.settings.get(BACKUPS_KEY) === false) return;
  workspace.refuseMoved();
  const path = dueBackup(workspace.path, workspace.createdAtMs, nowMs, mostBytes);
  if (path === null) return;
  await workspace.copyTo(path, signal);
  pruneBackups(workspace.path, process.pid);
}

/** Restores the backup at the next start. @throws HindcastError `not-found` for a name that is not in the list. */
export function restoreAtNextStart({ workspace }: EngineContext, name: string): void {
  const backup = listBackups(workspace.path).find((one) => one.name === name);
  if (!backup)
    throw new HindcastError(
      'not-found',
      `There is no backup "${name}" of this workspace: \`hindcast backup --list\` names them.`,
    );
  requestRestore(workspace.path, backup.path);
}
