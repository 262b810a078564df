// workspace.check and workspace.repair. The file is read in a worker process, slice by slice, so that no call waits for it; what is
// repaired is repaired here, by the one writer.

import type { CheckPosition, CheckSlice, Finding, Repair } from '../contract/processes/check-file.ts';
import type { Jobs } from '../contract/processes/jobs/table.ts';
import { HindcastError } from '../contract/values/errors.ts';
import type { CheckResult, CheckUpdate, RepairResult } from '../contract/workspace/check.ts';
import { planOf } from '../store/check/repairs.ts';
import { freeName } from '../store/file/set-aside.ts';
import type { EngineContext } from './context.ts';
import { copyWorkspace } from './copy-workspace.ts';
import type { RunJob } from './processes/job-pool.ts';

export interface FileChecks {
  updates(signal: AbortSignal | undefined): AsyncGenerator<CheckUpdate, void>;
  /** The last update alone. */
  check(signal: AbortSignal | undefined): Promise<CheckResult>;
  repair(): Promise<RepairResult>;
}

/** Of the whole: before, the time that is left is a guess. */
const JUDGED_FROM = 0.02;

export function createFileChecks({ workspace, host, runJob, supervisor }: EngineContext): FileChecks {
  /** What the last check found that can be repaired. */
  let planned: readonly Repair[] | null = null;

  async function* updates(signal: AbortSignal | undefined): AsyncGenerator<CheckUpdate, void> {
    const startedAtMs = host.now();
    const seconds = (): number => (host.now() - startedAtMs) / 1000;
    const findings: Finding[] = [];
    for await (const slice of slicesOf(runJob, workspace.path, signal)) {
      findings.push(...slice.findings);
      if (slice.next) yield progressOf(slice.next, findings.length, seconds());
    }
    planned = findings.flatMap(({ repair }) => repair ?? []);
    // What the check has found the list of runs should not contradict.
    if (findings.length > 0) workspace.compareAgain();
    yield {
      type: 'done',
      healthy: findings.length === 0,
      findings: findings.map(({ message }) => message),
      repairs: [...new Set(planned.map(planOf))],
      seconds: seconds(),
    };
  }

  async function check(signal: AbortSignal | undefined): Promise<CheckResult> {
    for await (const update of updates(signal)) {
      if (update.type === 'progress') continue;
      const { type: _, ...result } = update;
      return result;
    }
    throw new HindcastError('internal', 'The check ended without a result; try it again.');
  }

  return {
    updates,
    check,
    async repair() {
      refuseWhileTraining(supervisor.running());
      if (planned === null) await check(undefined);
      const repairs = planned ?? [];
      if (repairs.length === 0) return { kept: null, done: [], failed: [] };
      const kept = freeName(`${workspace.path}.before-repair`);
      await copyWorkspace(workspace, runJob, kept);
      refuseWhileTraining(supervisor.running());
      planned = null;
      const { done, failed } = workspace.repair(repairs);
      return { kept, done: [...done], failed: [...failed] };
    },
  };
}

/** The check of a file in worker processes, slice by slice. */
export async function* slicesOf(
  runJob: RunJob<Jobs>,
  workspacePath: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<CheckSlice, void> {
  let from: CheckPosition | null = null;
  do {
    const slice: CheckSlice = await runJob(
      'check-file',
      { workspacePath, from },
      { signal, about: 'check-file' },
    );
    yield slice;
    from = slice.next;
  } while (from);
}

function progressOf(
  { phase, doneBytes, totalBytes }: CheckPosition,
  findings: number,
  seconds: number,
): CheckUpdate {
  const fraction = Math.min(1, doneBytes / Math.max(1, totalBytes));
  const secondsLeft = fraction < JUDGED_FROM ? null : (seconds / fraction) * (1 - fraction);
  return { type: 'progress', phase, fraction, secondsLeft, findings };
}

function refuseWhileTraining(running: readonly number[]): void {
  if (running.length === 0) return;
  throw new HindcastError(
    'conflict',
    `Run ${running.join(', ')} is training: stop it, repair the workspace, then resume it.`,
    { details: { runs: running } },
  );
}
