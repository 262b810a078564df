// The changes that an event makes to a run of the list, so that the list need not be fetched again for each step of each run.
import type { EngineEvent, EventBody } from '../../engine/contract/api/events.ts';
import { ACTIVE_STATES, type RunDetail, type RunSummary } from '../../engine/contract/runs/run.ts';

/** The changed fields; null where the event does not say all that changed, and the run has to be asked for again. */
export function patchOf(body: EventBody): Partial<RunSummary> | null {
  switch (body.type) {
    case 'run.started':
      return { state: 'running', step: body.fromStep, queuePosition: null, reason: null, endedAtMs: null };
    case 'run.prepared':
      return { parameterCount: body.parameterCount, totalSteps: body.totalSteps, backend: body.backend };
    case 'run.progressed':
      return {
        state: 'running',
        step: body.step,
        totalSteps: body.totalSteps,
        epoch: body.epoch,
        lastTrainLoss: body.trainLoss,
        secondsLeft: body.secondsLeft,
      };
    case 'run.epochEnded':
      return {
        epoch: body.epoch,
        step: body.step,
        lastTrainLoss: body.trainLoss,
        lastValidationLoss: body.validationLoss,
        ...(body.best ? { bestValidationLoss: body.validationLoss, bestEpoch: body.epoch } : {}),
      };
    case 'run.checkpointed':
    case 'run.labelled':
      return {};
    case 'run.stopRequested':
      return { stopRequested: true };
    case 'run.paused':
      return { state: 'paused', reason: body.reason };
    case 'run.unpaused':
      return { state: 'running', reason: null };
    case 'run.renamed':
      return { name: body.name };
    default:
      return null;
  }
}

/** The list after those events; the same array where nothing in it changed. */
export function patchRuns(
  runs: readonly RunSummary[],
  events: readonly EngineEvent[],
): readonly RunSummary[] {
  const patches = new Map<number, Partial<RunSummary>>();
  const deleted = new Set<number>();
  for (const { body } of events) {
    if (!('runId' in body)) continue;
    if (body.type === 'run.deleted') deleted.add(body.runId);
    const patch = patchOf(body);
    if (patch) patches.set(body.runId, { ...patches.get(body.runId), ...patch });
  }
  if (patches.size === 0 && deleted.size === 0) return runs;
  return runs
    .filter((run) => !deleted.has(run.id))
    .map((run) => {
      const patch = patches.get(run.id);
      return patch ? { ...run, ...patch } : run;
    });
}

/**
 * A run as its page shows it: its detail, which is asked for when an epoch ends, with its row of the list, which is patched with each event.
 * A row that still trains where the detail has ended is the older of the two.
 */
export function freshest(detail: RunDetail, row: RunSummary | undefined): RunDetail {
  if (!row) return detail;
  const isOlder = isActive(row) && !isActive(detail) && row.step <= detail.step;
  return isOlder ? detail : { ...detail, ...row };
}

const isActive = ({ state }: RunSummary): boolean => ACTIVE_STATES.includes(state);
