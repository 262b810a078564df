// Copies the workspace once a day, beside the running work, unless its owner has switched that off.

import { rm } from 'node:fs/promises';
import type { Finding } from '../contract/processes/check-file.ts';
import type { Jobs } from '../contract/processes/jobs/table.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { checkAll } from '../store/check/check-file.ts';
import { dueBackup, listBackups, pruneBackups } from '../store/file/backups.ts';
import { requestRestore } from '../store/file/restore.ts';
import type { Workspace } from '../store/workspace.ts';
import { hasItsChecksum } from '../training/own-checksum.ts';
import type { EngineContext } from './context.ts';
import { copyWorkspace } from './copy-workspace.ts';
import { slicesOf } from './file-check.ts';
import type { HostFacilities } from './host-facilities.ts';
import type { RunJob } from './processes/job-pool.ts';

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
  runJob?: RunJob<Jobs>,
): AutomaticBackups {
  const ending = new AbortController();
  let underWay: Promise<void> = Promise.resolve();
  /** A leaving host has no worker processes left, and no client waits for it. */
  const here: Copying['by'] = { copy: workspace.copyTo, verify: checkHere };
  const inWorkers: Copying['by'] = runJob
    ? {
        copy: (path, signal) => copyWorkspace(workspace, runJob, path, signal),
        verify: (path) => checkInWorkers(runJob, path, ending.signal),
      }
    : here;
  const look = (by: Copying['by'], signal?: AbortSignal, mostBytes?: number): void => {
    underWay = copyIfDue(workspace, { nowMs: now(), signal, mostBytes, by }).catch((cause: unknown) => {
      if (!signal?.aborted) log({ level: 'warn', message: `no backup was made: ${String(cause)}` });
    });
  };
  const timers = [
    setTimeout(() => look(inWorkers, ending.signal), FIRST_LOOK_MS),
    setInterval(() => look(inWorkers, ending.signal), LOOK_AGAIN_MS),
  ];
  for (const timer of timers) timer.unref();
  return {
    async close() {
      for (const timer of timers) clearTimeout(timer);
      ending.abort();
      await underWay;
      look(here, undefined, SMALL_BYTES);
      await underWay;
    },
  };
}

/** At once: for a small file. */
const checkHere = async (path: string): Promise<string[]> =>
  checkAll(path, { isWholeFile: hasItsChecksum }).map(({ message }) => message);

async function checkInWorkers(runJob: RunJob<Jobs>, path: string, signal: AbortSignal): Promise<string[]> {
  const findings: Finding[] = [];
  for await (const slice of slicesOf(runJob, path, signal)) findings.push(...slice.findings);
  return findings.map(({ message }) => message);
}

interface Copying {
  readonly nowMs: number;
  readonly signal: AbortSignal | undefined;
  readonly mostBytes: number | undefined;
  readonly by: {
    copy(path: string, signal: AbortSignal | undefined): Promise<void>;
    /** What is damaged in a copy. */
    verify(path: string): Promise<readonly string[]>;
  };
}

async function copyIfDue(workspace: Workspace, { nowMs, signal, mostBytes, by }: Copying): Promise<void> {
  if (workspace.settings.get(BACKUPS_KEY) === false) return;
  workspace.refuseMoved();
  const path = dueBackup(workspace.path, workspace.createdAtMs, nowMs, mostBytes);
  if (path === null) return;
  await by.copy(path, signal);
  await keepIfSound(path, by.verify);
  await pruneBackups(workspace.path, process.pid);
}

/** A copy that is not sound goes, and no older one goes for it. */
async function keepIfSound(path: string, verify: Copying['by']['verify']): Promise<void> {
  let isSound = false;
  try {
    const [finding] = await verify(path);
    isSound = finding === undefined;
    if (finding !== undefined)
      throw new HindcastError(
        'workspace-damaged',
        `the copy ${path} is damaged, so it was removed and the older copies stay: ${finding} \`hindcast check\` says whether the workspace is.`,
      );
  } finally {
    if (!isSound) await rm(path, { force: true });
  }
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
