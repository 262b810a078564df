// The job `train`: data, backend and model from an experiment, then the loop's events as messages, and scores at the end.

import { availableMemory } from '../../backends/available-memory.ts';
import { selectBackend } from '../../backends/select.ts';
import { limitSimdThreads } from '../../backends/simd/index.ts';
import type { ToTrainer } from '../../contract/processes/trainer.ts';
import type { BackendUsed } from '../../contract/runs/run.ts';
import { createTrainingProbe } from '../../inside/probe/training-probe.ts';
import type { PreparedTask, TaskMachine } from '../../tasks/task-kind.ts';
import { prepareTask, taskOf } from '../../tasks/task-of.ts';
import type { TrainingEvent, WeightsSnapshot } from '../../training/events.ts';
import { epochMetricNames, train } from '../../training/loop.ts';
import { checkMemory, sizeOfTraining } from '../../training/memory-estimate.ts';
import { epochsOf, stepsPerEpoch } from '../../training/run-state.ts';
import { stepMetricNames } from '../../training/step.ts';
import { stepWork, usefulThreads } from '../../training/step-work.ts';
import { encodeWeights, hashWeights } from '../../training/weights.ts';
import { createEventRelay } from './event-relay.ts';
import type { Outbox, OutboxMessage } from './outbox.ts';
import { type OpenSource, readTaskData } from './prepare-job.ts';
import { scoreRun } from './score-run.ts';

export interface TrainJobOptions {
  readonly job: Extract<ToTrainer, { type: 'train' }>;
  readonly outbox: Outbox;
  readonly openSource: OpenSource;
  /** Milliseconds of a clock that does not jump. */
  now(): number;
  /** How often the host asked to stop. */
  stopRequests(): number;
  /** The newest share of the cores: runs may have begun or ended since the job was sent. */
  threadsNow(): number;
}

interface Preparation {
  readonly prepared: PreparedTask;
  readonly machine: TaskMachine;
  readonly backend: BackendUsed;
}

type Ended = Extract<TrainingEvent, { type: 'ended' }>;
type Weights = Extract<OutboxMessage, { type: 'ended' }>['best'];

/** Sends `prepared`, then rows and checkpoints as they come, then `ended`. @throws HindcastError for whatever keeps it from training. */
export async function runTrainJob(options: TrainJobOptions): Promise<void> {
  const preparation = await prepare(options);
  const { outbox, now } = options;
  const { experiment, checkpoint } = options.job;
  const { training, seed } = experiment;
  const task = preparation.machine.training();
  const perEpoch = stepsPerEpoch(task, training);
  const totalSteps = perEpoch * epochsOf(task, training);
  const probe = createTrainingProbe(experiment, task);
  await outbox.send({
    ...describePreparation(preparation),
    stepsPerEpoch: perEpoch,
    totalSteps,
    stepMetrics: stepMetricNames(task.specs),
    epochMetrics: epochMetricNames(task),
    probe: probe?.layout ?? null,
  });

  const relay = createEventRelay({ outbox, now, totalSteps, epochs: epochsOf(task, training) });
  const events = train({
    task,
    training,
    seed,
    checkpoint,
    shouldStop: () => options.stopRequests() > 0,
    checkpointDue: relay.checkpointDue,
    hold: options.job.hold,
    probe,
  });
  for await (const event of events) {
    if (event.type !== 'ended') await relay.relay(event);
    else {
      await relay.flush();
      await outbox.send(await describeEnd(event, options, preparation));
    }
  }
}

async function prepare({ job, openSource, threadsNow }: TrainJobOptions): Promise<Preparation> {
  const { experiment, threads: share } = job;
  const prepared = prepareTask(experiment, await readTaskData(job, openSource));
  const machine = await prepared.open();
  const { model } = machine;
  const kind = taskOf(experiment.task);
  const { backend: wanted, allowBackendFallback: allowFallback, training } = experiment;
  const work = stepWork({
    parameterCount: model.parameterCount,
    batchSize: training.batchSize,
    stepsPerExample: kind.stepsPerExample(experiment),
  });
  const threads = share.fixed ? share.most : Math.min(share.most, usefulThreads(work));
  const backend = await selectBackend(wanted, { allowFallback, threads });
  limitSimdThreads(threadsNow());
  checkMemory(sizeOfTraining(model, training), availableMemory(backend.name), kind.sizeFields);
  return { prepared, machine, backend };
}

function describePreparation({ prepared, machine, backend }: Preparation) {
  const { fingerprint, fitted, parts, notes, facts = [] } = prepared;
  const { fallbackReason } = backend;
  const fallback =
    fallbackReason === null ? [] : [`The backend ${backend.name} was used instead: ${fallbackReason}`];
  return {
    type: 'prepared',
    backend,
    parameterCount: machine.model.parameterCount,
    fingerprint,
    fitted,
    parts,
    notes: [...fallback, ...notes, ...facts],
  } as const;
}

/** The last message. A stopped run whose host asks once more is in a hurry: its scores are left out, as are those of one that is held. */
async function describeEnd(
  { state, reason, best, last }: Ended,
  { stopRequests, job: { baselines } }: TrainJobOptions,
  { machine }: Preparation,
): Promise<OutboxMessage> {
  const requests = stopRequests();
  const shouldGiveUp = (): boolean => state === 'stopped' && stopRequests() > requests;
  const isScored = best !== null && state !== 'held';
  const scores = isScored
    ? await scoreRun({ machine, weights: best.weights, baselines, shouldGiveUp })
    : null;
  const bestFile = encodeSnapshot(best);
  return {
    type: 'ended',
    state,
    reason,
    scores: scores ?? [],
    best: bestFile,
    last: encodeSnapshot(last),
    weightsHash: scores && bestFile && hashWeights(bestFile.weights),
  };
}

function encodeSnapshot(snapshot: WeightsSnapshot | null): Weights {
  return snapshot && { ...snapshot, weights: encodeWeights(snapshot.weights) };
}
