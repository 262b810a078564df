// Copies the workspace once a day, beside the running work, unless its owner has switched that off.

import { rmSync } from 'node:fs';
import { HindcastError } from '../contract/errors.ts';
import type { Finding } from '../contract/processes/check-file.ts';
import type { Jobs } from '../contract/processes/jobs.ts';
import { dueBackup, listBackups, pruneBackups } from '../store/backups.ts';
import { checkAll } from '../store/check/check-file.ts';
import { requestRestore } from '../store/restore.ts';
import type { Workspace } from '../store/workspace.ts';
import { hasItsChecksum } from '../training/own-checksum.ts';
import type { EngineContext } from './context.ts';
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
  const inWorkers = async (path: string): Promise<string[]> => {
    if (!runJob) return checkHere(path);
    const findings: Finding[] = [];
    for await (const slice of slicesOf(runJob, path, ending.signal)) findings.push(...slice.findings);
    return findings.map(({ message }) => message);
  };
  const look = (verify: Copying['verify'], signal?: AbortSignal, mostBytes?: number): void => {
    underWay = copyIfDue(workspace, { nowMs: now(), signal, mostBytes, verify }).catch((cause: unknown) => {
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
      look(checkHere, undefined, SMALL_BYTES);
      await underWay;
    },
  };
}

/** At once: for a small file. */
const checkHere = async (path: string): Promise<string[]> =>
  checkAll(path, { isWholeFile: hasItsChecksum }).map(({ message }) => message);

interface Copying {
  readonly nowMs: number;
  readonly signal: AbortSignal | undefined;
  readonly mostBytes: number | undefined;
  /** What is damaged in a copy. */
  verify(path: string): Promise<readonly string[]>;
}

async function copyIfDue(workspace: Workspace, { nowMs, signal, mostBytes, verify }: Copying): Promise<void> {
  if (workspace.settings.get(BACKUPS_KEY) === false) return;
  workspace.refuseMoved();
  const path = dueBackup(workspace.path, workspace.createdAtMs, nowMs, mostBytes);
  if (path === null) return;
  await workspace.copyTo(path, signal);
  await keepIfSound(path, verify);
  pruneBackups(workspace.path, process.pid);
}

/** A copy that is not sound goes, and no older one goes for it. */
async function keepIfSound(path: string, verify: Copying['verify']): Promise<void> {
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
    if (!isSound) rmSync(path, { force: true });
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
