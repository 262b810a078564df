// An attempt at a run begins, here or on another machine: what came after its checkpoint is made again, bit for bit, so its rows go first.
import type { RunRecords } from './run-records.ts';
import { keepScores } from './standing.ts';

interface From {
  readonly step: number;
  readonly epoch: number;
}

/** Inside a transaction. @param from null: at the checkpoint of the workspace, or at the start */
export function beginAttempt({ workspace, runId, now, append }: RunRecords, from: From | null): void {
  const { step, epoch } = from ?? lastCheckpoint(workspace, runId) ?? { step: 0, epoch: 0 };
  const { attempts, startedAtMs } = workspace.runs.detail(runId);
  workspace.queue.remove(runId);
  // Weights of a stop before are in the checkpoint, as far as they are still the best.
  workspace.checkpoints.delete(runId, 'best');
  keepScores(workspace, runId, []);
  workspace.metrics.truncateAfter(runId, { step, epoch });
  workspace.probes.truncateAfter(runId, step);
  workspace.texts.truncateAfter(runId, step);
  workspace.frames.truncateAfter(runId, step);
  workspace.runs.update(runId, {
    state: 'running',
    reason: null,
    stopRequested: false,
    attempts: attempts + 1,
    step,
    epoch,
    weightsHash: null,
    startedAtMs: startedAtMs ?? now(),
    attemptStartedAtMs: now(),
    endedAtMs: null,
    heartbeatAtMs: now(),
  });
  append({ type: 'run.started', runId, attempt: attempts + 1, fromStep: step });
  append({ type: 'queue.changed', queued: workspace.queue.order(), limit: workspace.queue.limit() });
}

const lastCheckpoint = ({ checkpoints }: RunRecords['workspace'], runId: RunRecords['runId']): From | null =>
  checkpoints.info(runId).find(({ kind }) => kind === 'last') ?? null;
