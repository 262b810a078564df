// The training loop: epochs of steps, a validation after each, early stopping, checkpoints. An async generator of events that
// knows neither store nor API nor processes and reads no clock: its caller says when to stop and when a checkpoint is due.
//
// Exactness: a step depends only on the run's state, and a checkpoint contains all of that state. So a run that was stopped
// anywhere, however often, yields the same rows and ends with the same weights as one that was not.
import type { HoldRule } from '../contract/runs/hold.ts';
import { copyArrays, type NamedArray } from '../models/parameters.ts';
import { afterEpoch, isOutOfPatience } from './early-stopping.ts';
import type { TrainingEvent } from './events.ts';
import { heldReason } from './hold.ts';
import type { TrainingProbe } from './probe.ts';
import {
  closeRun,
  drawOrder,
  epochsOf,
  openRun,
  type RunOptions,
  type RunState,
  saveRun,
  snapshot,
} from './run-state.ts';
import { plateauAfter } from './schedules.ts';
import { describeDivergence, trainStep } from './step.ts';
import type { Solution, TrainingTask, ValidationResult } from './task.ts';

export interface TrainingSetup extends RunOptions {
  /** Asked between steps: true ends the run there, with a checkpoint. */
  shouldStop(): boolean;
  /** Asked after each step: true makes a checkpoint, beside those of `checkpointEverySteps` and of each epoch's end. */
  checkpointDue(): boolean;
  /** Ends it at the end of an epoch, with a checkpoint to resume from; null or absent: it trains to its end. */
  readonly hold?: HoldRule | null | undefined;
  /** Looks at the model, at the start and at ends of epochs. */
  readonly probe?: TrainingProbe | null | undefined;
}

type Ended = Extract<TrainingEvent, { type: 'ended' }>;
type Ending = Pick<Ended, 'state' | 'reason'>;
type Events<Result> = AsyncGenerator<TrainingEvent, Result, void>;

export function epochMetricNames(task: TrainingTask): string[] {
  return ['trainLoss', 'validationLoss', ...task.metricNames];
}

/** Lets messages, timers and signals have their turn. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Trains on the current tfjs backend until the epochs are done, the patience is at its end, a number is not finite,
 * the run is held or `shouldStop` says so. The last event is `ended`; no tensor is left then, nor when the caller returns early.
 * @throws HindcastError for a checkpoint that is damaged or of another model.
 */
export async function* train(setup: TrainingSetup): Events<void> {
  const run = openRun(setup);
  try {
    if (run.position.step === 0 && setup.probe?.isDue(0)) yield look(run, setup.probe, null);
    let ending = completion(run, setup) ?? holding(run, setup);
    while (!ending) ending = (yield* epoch(run, setup)) ?? completion(run, setup) ?? holding(run, setup);
    const best = run.best && { ...run.best, weights: copyArrays(run.best.weights) };
    yield { type: 'ended', ...ending, best, last: snapshot(run) };
  } finally {
    closeRun(run);
  }
}

/** How the run ends if it is over, judged by its state alone: a run resumed after its last epoch ends at once. */
function completion({ position, best }: RunState, { task, training }: TrainingSetup): Ending | null {
  const { epochs, earlyStopping } = training;
  if (task.solve && position.epoch > 0) return { state: 'completed', reason: null };
  if (isOutOfPatience(position.progress, earlyStopping) && position.epoch < epochs) {
    const reason = `Stopped early after epoch ${position.epoch} of ${epochs}: ${task.watches ?? 'the validation loss'} did not improve for ${earlyStopping?.patience} epochs. The best weights are those of epoch ${best?.epoch}.`;
    return { state: 'completed', reason };
  }
  return position.epoch >= epochs ? { state: 'completed', reason: null } : null;
}

/** Within an epoch the rule has let it pass already. */
function holding({ position }: RunState, { hold = null }: TrainingSetup): Ending | null {
  if (position.batch > 0) return null;
  const { bestLoss, lowestLoss } = position.progress;
  const reason = heldReason(hold, position.epoch, lowestLoss ?? bestLoss);
  return reason === null ? null : { state: 'held', reason };
}

/** The rest of the current epoch; null: the run continues. */
async function* epoch(run: RunState, setup: TrainingSetup): Events<Ending | null> {
  const { task, training } = setup;
  const wasStopped = task.solve && (yield* solve(run, setup, task.solve()));
  if (wasStopped) return wasStopped;
  while (run.position.batch < run.stepsPerEpoch) {
    await breathe();
    if (setup.shouldStop()) return yield* stop(run, setup);
    const watching = probeOfStep(run, setup);
    const before = watching && run.parameters.read();
    const result = trainStep(run, task, training);
    const done = run.position.step + (result.finite ? 0 : 1);
    yield { type: 'step', step: done, epoch: run.position.epoch + 1, values: result.values };
    if (!result.finite) return { state: 'diverged', reason: describeDivergence(run, result, training) };
    // Before any checkpoint: the weights before the step are in none.
    if (watching) yield look(run, watching, before);
    const regular = done % training.checkpointEverySteps === 0 && run.position.batch < run.stepsPerEpoch;
    if (setup.checkpointDue() || regular) yield checkpoint(run);
  }
  const validation = await validate(run, setup);
  return validation ? yield* endEpoch(run, setup, validation) : yield* stop(run, setup);
}

/** One step that finds all weights; what is done of it when the run is stopped is done again. Null: the run continues. */
async function* solve(
  run: RunState,
  setup: TrainingSetup,
  solving: Generator<void, Solution, void>,
): Events<Ending | null> {
  if (run.position.batch > 0) return null;
  const watching = probeOfStep(run, setup);
  const before = watching && run.parameters.read();
  for (;;) {
    await breathe();
    if (setup.shouldStop()) return yield* stop(run, setup);
    const { done, value } = solving.next();
    if (!done) continue;
    run.parameters.write(value.weights);
    const { position } = run;
    const { loss, count } = value;
    run.position = { ...position, step: 1, batch: 1, lossSum: loss * count, lossCount: count };
    // No gradient led there.
    const values = [loss, 0, 0, ...value.weights.map(() => 0)];
    yield { type: 'step', step: 1, epoch: 1, values };
    if (watching) yield look(run, watching, before);
    return null;
  }
}

/** The probe, where it looks at the model after the step to come: the last one of an epoch. */
function probeOfStep({ position, stepsPerEpoch }: RunState, { probe }: TrainingSetup): TrainingProbe | null {
  const isLast = position.batch === stepsPerEpoch - 1;
  return probe && isLast && probe.isDue(position.epoch + 1) ? probe : null;
}

function look(run: RunState, probe: TrainingProbe, before: readonly NamedArray[] | null): TrainingEvent {
  const { step, epoch } = run.position;
  const data = probe.look(run.parameters, before);
  return { type: 'probe', step, epoch: before ? epoch + 1 : epoch, data };
}

/** Null where a stop came in between; the epoch's steps are done then, and its validation is repeated when the run resumes. */
async function validate({ parameters }: RunState, setup: TrainingSetup): Promise<ValidationResult | null> {
  const pass = setup.task.validate(parameters.weight);
  for (;;) {
    const { done, value } = pass.next();
    if (done) return value;
    await breathe();
    if (setup.shouldStop()) return null;
  }
}

async function* endEpoch(
  run: RunState,
  { task, training }: TrainingSetup,
  validation: ValidationResult,
): Events<Ending | null> {
  const { position } = run;
  const { progress, best } = afterEpoch(position.progress, validation, training.earlyStopping);
  const trainLoss = position.lossSum / position.lossCount;
  const plateau = plateauAfter(position.plateau, validation.loss, training);
  const ended = { epoch: position.epoch + 1, batch: 0, lossSum: 0, lossCount: 0 };
  run.position = { ...position, ...ended, progress, plateau };
  if (best) run.best = snapshot(run);
  Object.assign(run, drawOrder(run.streams, task, training));
  const { step, epoch } = run.position;
  const { loss, metrics, texts, frames } = validation;
  const shown = { ...(texts && { texts }), ...(frames && { frames }) };
  yield { type: 'epoch', step, epoch, values: [trainLoss, loss, ...metrics], best, ...shown };
  if (!Number.isFinite(validation.loss)) {
    const reason = `The validation loss became ${validation.loss} after epoch ${epoch}. Lower training.optimizer.learningRate (${training.optimizer.learningRate}), or look for extreme values in the validation part.`;
    return { state: 'diverged', reason };
  }
  yield checkpoint(run);
  return null;
}

async function* stop(run: RunState, setup: TrainingSetup): Events<Ending> {
  const { step } = run.position;
  yield checkpoint(run);
  const total = run.stepsPerEpoch * epochsOf(setup.task, setup.training);
  return {
    state: 'stopped',
    reason: `Stopped after step ${step} of ${total}; it can be resumed from there.`,
  };
}

function checkpoint(run: RunState): TrainingEvent {
  const { step, epoch } = run.position;
  return { type: 'checkpoint', step, epoch, data: saveRun(run) };
}
