// Runs that no user stopped and that have no training process any more: they count as interrupted, and can be resumed.
import type { RunId } from '../../contract/values/ids.ts';
import type { Workspace } from '../../store/workspace.ts';
import type { EventHub } from '../event-hub.ts';
import { endRun, type RunRecords } from './records.ts';
import { queueRun } from './start.ts';

/** A run that was stopped since its host closes: the next host offers to resume it. */
export function markInterrupted(records: RunRecords): void {
  const { workspace, runId } = records;
  if (workspace.runs.summary(runId).state !== 'stopped') return;
  const reason = `Hindcast was closed while it trained; \`hindcast resume ${runId}\` continues from its checkpoint.`;
  workspace.transaction(() => endRun(records, 'interrupted', reason));
}

/** At the start of a host: no run can be running, so those that say so were interrupted. Returns how many. */
export function sweepInterruptedRuns(workspace: Workspace, hub: EventHub, now: () => number): number {
  // Workers elsewhere train on without a host.
  const elsewhere = new Set(workspace.poolRuns.open().map(({ run }) => run));
  const orphans = workspace.runs.inState('running', 'paused').filter((run) => !elsewhere.has(run));
  // An older Hindcast could leave a run that says it is queued and is not in the queue.
  const queued = new Set(workspace.queue.order());
  for (const runId of workspace.runs.inState('queued'))
    if (!queued.has(runId)) queueRun({ workspace, hub }, runId);
  for (const runId of orphans) {
    const reason = `The engine ended while it trained; \`hindcast resume ${runId}\` continues from its last checkpoint.`;
    const records = {
      workspace,
      runId,
      now: lastSignOf(workspace, runId, now),
      append: hub.append,
      announce: hub.announce,
    };
    workspace.transaction(() => endRun(records, 'interrupted', reason));
  }
  return orphans.length;
}

/** When the run was last heard of; it has not been trained since. */
function lastSignOf(workspace: Workspace, runId: RunId, now: () => number): () => number {
  return () => Math.min(now(), workspace.runs.heartbeatAtMs(runId) ?? now());
}
