// Writes the messages of a training process into the workspace: one message, one transaction (checkpoints in pieces before it).

import type { FromTrainer } from '../../contract/processes/trainer.ts';
import {
  type BackendUsed,
  RESUMABLE_STATES,
  type RunDetail,
  type RunState,
} from '../../contract/runs/run.ts';
import type { RunId } from '../../contract/values/ids.ts';
import type { StagedPieces } from '../../store/runs/pieces.ts';
import type { RunPatch } from '../../store/runs/run-patch.ts';
import type { Workspace } from '../../store/workspace.ts';
import { freePagesSoon } from '../free-pages.ts';
import { beginAttempt } from './attempt.ts';
import type { RunRecords } from './run-records.ts';
import { keepScores } from './standing.ts';

export type { RunRecords };

/** The messages that are stored and acknowledged. */
export type RecordMessage = Extract<FromTrainer, { message: number }>;

type Message<Type extends RecordMessage['type']> = Extract<RecordMessage, { type: Type }>;

/** A message on its way into the workspace. Nothing of it counts before `store`; after a failure it is discarded and started again. */
export interface StagedMessage {
  /** Writes a piece of a long message; false when there is none left. Between two pieces the host answers others. */
  more(): boolean;
  /** Stores the message whole or not at all. */
  store(): void;
  discard(): void;
}

export function stageMessage(records: RunRecords, message: RecordMessage): StagedMessage {
  switch (message.type) {
    case 'begun':
      return atOnce(() => {
        beginAttempt(records, message.from);
        records.workspace.poolRuns.setWorker(records.runId, message.worker);
      });
    case 'prepared':
      return atOnce(() => storePrepared(records, message));
    case 'steps':
      return atOnce(() => storeSteps(records, message));
    case 'probe':
      return atOnce(() => storeProbe(records, message));
    case 'epoch':
      return atOnce(() => storeEpoch(records, message));
    case 'checkpoint':
      return stageCheckpoint(records, message);
    case 'ended':
      return stageEnd(records, message);
  }
}

const atOnce = (store: () => void): StagedMessage => ({ more: () => false, store, discard: () => {} });

function storePrepared({ workspace, runId, append }: RunRecords, message: Message<'prepared'>): void {
  workspace.transaction(() => {
    const before = workspace.runs.detail(runId);
    workspace.metrics.declare(runId, 'step', message.stepMetrics);
    workspace.metrics.declare(runId, 'epoch', message.epochMetrics);
    if (message.probe) workspace.probes.begin(runId, message.probe);
    workspace.runs.update(runId, {
      parameterCount: message.parameterCount,
      totalSteps: message.totalSteps,
      fingerprint: message.fingerprint,
      fitted: message.fitted,
      backendUsed: message.backend,
      parts: message.parts,
      notes: notesOf(before, message),
    });
    append({
      type: 'run.prepared',
      runId,
      parameterCount: message.parameterCount,
      totalSteps: message.totalSteps,
      backend: message.backend.name,
    });
  });
}

/** A resumed run keeps its earlier notes, and says from where on it uses other kernels. */
function notesOf(
  { step, notes, backendUsed }: RunDetail,
  { notes: now, backend }: Message<'prepared'>,
): readonly string[] {
  if (step === 0) return now;
  const known = [...notes, ...now.filter((note) => !notes.includes(note))];
  const nameOf = ({ name, version }: BackendUsed) => `${name} ${version}`;
  if (!backendUsed || nameOf(backendUsed) === nameOf(backend)) return known;
  return [
    ...known,
    `Steps up to ${step.toLocaleString('en-US')} were made by ${nameOf(backendUsed)}, those after it by ${nameOf(backend)}: an uninterrupted run may differ in its last bits.`,
  ];
}

function storeSteps({ workspace, runId, now, append }: RunRecords, message: Message<'steps'>): void {
  const { firstStep, count, values, epoch, secondsLeft } = message;
  const step = firstStep + count - 1;
  const width = values.length / count;
  // The first step metric is the loss.
  const trainLoss = values[(count - 1) * width] ?? Number.NaN;
  workspace.transaction(() => {
    workspace.metrics.append(runId, 'step', firstStep, count, values);
    workspace.runs.update(runId, {
      step,
      epoch,
      lastTrainLoss: trainLoss,
      secondsLeft,
      heartbeatAtMs: now(),
    });
    const totalSteps = workspace.runs.summary(runId).totalSteps ?? step;
    append({ type: 'run.progressed', runId, step, totalSteps, epoch, trainLoss, secondsLeft });
  });
}

function storeProbe({ workspace, runId }: RunRecords, { epoch, step, data }: Message<'probe'>): void {
  workspace.probes.write(runId, { epoch, step, data });
}

function storeEpoch({ workspace, runId, now, append }: RunRecords, message: Message<'epoch'>): void {
  const { epoch, step, values, best, texts = [], frames } = message;
  // The first two epoch metrics are the losses.
  const [trainLoss = Number.NaN, validationLoss = Number.NaN] = values;
  workspace.transaction(() => {
    workspace.metrics.append(runId, 'epoch', epoch, 1, values);
    workspace.texts.write(runId, { epoch, step }, texts);
    if (frames) workspace.frames.write(runId, { epoch, step }, frames);
    workspace.runs.update(runId, {
      epoch,
      step,
      lastTrainLoss: trainLoss,
      lastValidationLoss: validationLoss,
      heartbeatAtMs: now(),
      ...(best ? { bestValidationLoss: validationLoss, bestEpoch: epoch } : {}),
    });
    append({ type: 'run.epochEnded', runId, epoch, step, trainLoss, validationLoss, best });
  });
}

function stageCheckpoint(records: RunRecords, { step, epoch, data }: Message<'checkpoint'>): StagedMessage {
  const { workspace, runId, now, append } = records;
  const checkpoint = { step, epoch, data, hasOptimizerState: true, atMs: now() };
  const { more, complete, discard } = workspace.checkpoints.stage(runId, 'last', checkpoint);
  const store = () =>
    workspace.transaction(() => {
      complete();
      // Progress comes several times a second and a checkpoint every few: what is older than this one is of no use.
      workspace.events.prune(runId, ['run.progressed', 'run.checkpointed']);
      append({ type: 'run.checkpointed', runId, step });
    });
  return { more, store, discard };
}

/** Weights, scores and the end itself count in one transaction: before it the run is whole with its checkpoint, after it without. */
function stageEnd(records: RunRecords, message: Message<'ended'>): StagedMessage {
  const { workspace, runId } = records;
  // A run that may be resumed keeps its whole checkpoint.
  const last = RESUMABLE_STATES.includes(message.state) ? null : message.last;
  const staged: StagedPieces[] = [];
  const discard = () => {
    for (const one of staged) one.discard();
  };
  try {
    if (message.best) staged.push(stageWeights(records, 'best', message.best));
    if (last) staged.push(stageWeights(records, 'last', last));
  } catch (cause) {
    discard();
    throw cause;
  }
  return {
    // Each that has more writes its next piece, so that none is passed over.
    more: () => staged.filter((one) => one.more()).length > 0,
    store() {
      workspace.transaction(() => {
        for (const { complete } of staged) complete();
        keepScores(workspace, runId, message.scores);
        workspace.runs.update(runId, { weightsHash: message.weightsHash });
        endRun(records, message.state, message.reason);
      });
      records.scored?.(message.scores);
      if (last) freePagesSoon(workspace);
    },
    discard,
  };
}

function stageWeights(
  { workspace, runId, now }: RunRecords,
  kind: 'best' | 'last',
  { step, epoch, weights }: { step: number; epoch: number; weights: Uint8Array },
) {
  return workspace.checkpoints.stage(runId, kind, {
    step,
    epoch,
    data: weights,
    hasOptimizerState: false,
    atMs: now(),
  });
}

/** Writes an end state with its event. Inside a transaction. */
export function endRun(
  { workspace, runId, append, now }: RunRecords,
  state: RunState,
  reason: string | null,
): void {
  const endedAtMs = now();
  workspace.runs.update(runId, {
    state,
    reason,
    stopRequested: false,
    secondsLeft: null,
    endedAtMs,
    ...trainedUntil(workspace, runId, endedAtMs),
  });
  append({ type: 'run.ended', runId, state, reason });
  workspace.events.prune(runId, ['run.progressed']);
}

/** Adds the attempt that ends now to the time in training; without a running attempt nothing changes. */
function trainedUntil(workspace: Workspace, runId: RunId, endedAtMs: number): RunPatch {
  const startedAtMs = workspace.runs.attemptStartedAtMs(runId);
  if (startedAtMs === null) return {};
  const { attempts, trainedMs } = workspace.runs.trained(runId);
  const before = attempts <= 1 ? 0 : trainedMs;
  const took = Math.max(0, endedAtMs - startedAtMs);
  return { attemptStartedAtMs: null, trainedMs: before === null ? null : before + took };
}
