// The state of a running training: counters, parameters, optimizer, random streams and the order of the current epoch.
import type { Training } from '../contract/experiment/training.ts';
import { createParameterSet, initializeParameters, type ParameterSet } from '../models/parameters.ts';
import {
  type BestEpoch,
  type Checkpoint,
  checkOptimizerKind,
  decodeCheckpoint,
  encodeCheckpoint,
  type Position,
} from './checkpoint.ts';
import { NO_PROGRESS } from './early-stopping.ts';
import type { WeightsSnapshot } from './events.ts';
import { createOptimizer, type RunningOptimizer } from './optimizers.ts';
import {
  mapStreams,
  openRandomStream,
  type RandomStream,
  type RandomStreams,
  type StreamName,
  type StreamState,
  seedRandomStream,
  seedRandomStreams,
} from './random-streams.ts';
import { NO_PLATEAU } from './schedules.ts';
import type { CarriedState, TrainingTask } from './task.ts';

export interface RunState {
  position: Position;
  best: BestEpoch | null;
  readonly parameters: ParameterSet;
  readonly optimizer: RunningOptimizer;
  readonly streams: RandomStreams;
  readonly carried: CarriedState | undefined;
  readonly stepsPerEpoch: number;
  /** Indices of the training examples in the order of the present epoch. */
  order: Uint32Array;
  /** The shuffle stream before `order` was drawn. */
  shuffleBefore: StreamState;
}

export interface RunOptions {
  readonly task: TrainingTask;
  readonly training: Training;
  readonly seed: number;
  /** To resume from; null: from the start. */
  readonly checkpoint: Uint8Array | null;
}

const START: Position = {
  step: 0,
  epoch: 0,
  batch: 0,
  lossSum: 0,
  lossCount: 0,
  progress: NO_PROGRESS,
  plateau: NO_PLATEAU,
};

/** A task that is solved takes one step. */
export function stepsPerEpoch(task: TrainingTask, training: Training): number {
  return task.solve ? 1 : Math.ceil(task.trainExamples / training.batchSize);
}

export const epochsOf = (task: TrainingTask, training: Training): number =>
  task.solve ? 1 : training.epochs;

/**
 * Creates variables on the current backend; `closeRun` frees them.
 * @throws HindcastError for a checkpoint that is damaged, newer or of another model.
 */
export function openRun({ task, training, seed, checkpoint }: RunOptions): RunState {
  const saved = checkpoint && decodeCheckpoint(checkpoint);
  if (saved) checkOptimizerKind(saved, training.optimizer.kind);
  task.carried?.write(saved?.carried ?? []);
  const streams = saved ? mapStreams((name) => savedStream(saved, name, seed)) : seedRandomStreams(seed);
  const weights = saved?.weights ?? initializeParameters(task.specs, streams.init);
  const parameters = createParameterSet(task.specs, weights);
  return {
    position: { ...START, ...saved?.position },
    best: saved?.best ?? null,
    parameters,
    optimizer: createOptimizer(training.optimizer, parameters, saved?.optimizer ?? null),
    streams,
    carried: task.carried,
    stepsPerEpoch: stepsPerEpoch(task, training),
    ...drawOrder(streams, task, training),
  };
}

/** A checkpoint of before a stream was there has drawn nothing of it. */
function savedStream({ streams }: Checkpoint, name: StreamName, seed: number): RandomStream {
  const state = streams[name];
  return state ? openRandomStream(state) : seedRandomStream(seed, name);
}

export function closeRun({ parameters, optimizer }: RunState): void {
  optimizer.dispose();
  parameters.dispose();
}

/** The order of the next epoch. */
export function drawOrder(
  { shuffle }: RandomStreams,
  { trainExamples, arrange }: TrainingTask,
  training: Training,
): Pick<RunState, 'order' | 'shuffleBefore'> {
  const shuffleBefore = shuffle.state();
  const order = training.shuffle
    ? shuffle.permutation(trainExamples)
    : Uint32Array.from({ length: trainExamples }, (_, index) => index);
  return { order: arrange ? arrange(order, training.batchSize) : order, shuffleBefore };
}

/** Everything of the run as a checkpoint's bytes. */
export function saveRun(run: RunState): Uint8Array {
  return encodeCheckpoint({
    position: run.position,
    streams: mapStreams((name) => (name === 'shuffle' ? run.shuffleBefore : run.streams[name].state())),
    weights: run.parameters.read(),
    optimizer: run.optimizer.state(),
    best: run.best,
    carried: run.carried?.read() ?? [],
  });
}

/** A copy of the present weights. */
export function snapshot({ position, parameters }: RunState): WeightsSnapshot {
  return { step: position.step, epoch: position.epoch, weights: parameters.read() };
}
