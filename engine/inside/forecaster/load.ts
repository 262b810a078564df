// Opens a run's model to be looked into, and keeps it: the next question is about the same one.
import { backend, getBackend } from '@tensorflow/tfjs-core';
import { selectBackend } from '../../backends/select.ts';
import { limitSimdThreads } from '../../backends/simd/index.ts';
import type { Experiment } from '../../contract/experiment/experiment.ts';
import type { InsideReplay, ReplayChoice } from '../../contract/inside/replay.ts';
import type { InsideWeights } from '../../contract/inside/target.ts';
import type { ThreadShare } from '../../contract/processes/trainer.ts';
import { asForecastExperiment } from '../../contract/tasks/forecast-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { initializeParameters, type NamedArray, type ParameterSpec } from '../../models/parameters.ts';
import { prepareForecast } from '../../tasks/forecast/preparation/prepare.ts';
import { seriesOf, type TaskData } from '../../tasks/task-kind.ts';
import { decodeCheckpoint } from '../../training/checkpoint.ts';
import { seedRandomStreams } from '../../training/random-streams.ts';
import { decodeWeights } from '../../training/weights.ts';
import { requireWindows, SAMPLE_VIEWS } from '../kinds.ts';
import { type Inspected, type OpenedModel, openModel, withWeights } from './inspected.ts';
import { type Replay, replayedWeights, replayRun } from './replay.ts';

/** What was stored of a run. */
export interface StoredWeights {
  readonly data: Uint8Array;
  /** It is the state of a running training, which holds the weights. */
  readonly isCheckpoint: boolean;
}

export interface Subject {
  /** Another dataset version or experiment, another key. */
  readonly dataKey: string;
  readonly weightsKey: string;
  readonly experiment: Experiment;
  readonly weights: InsideWeights;
  /** What the run learned of its data; null: not known. */
  readonly fitted: unknown;
  /** Shared with the trainings; more of them change no bit of an answer. */
  readonly threads: ThreadShare;
  readData(): Promise<TaskData>;
  readWeights(kind: 'best' | 'last'): Promise<StoredWeights | null>;
}

let started: ReturnType<typeof backend> | undefined;
let keptModel: { readonly key: string; readonly opened: OpenedModel } | undefined;
/** Of the run that was replayed last. */
let replayed: { readonly key: string; readonly replay: Replay } | undefined;
let kept: { readonly key: string; readonly inspected: Inspected } | undefined;

/** @throws HindcastError for data and weights that there are not, or that do not go together. */
export async function openSubject(subject: Subject): Promise<OpenedModel> {
  if (keptModel?.key === subject.dataKey) return keptModel.opened;
  release();
  requireWindows(subject.experiment, SAMPLE_VIEWS);
  const experiment = asForecastExperiment(subject.experiment);
  const { series, name } = seriesOf(await subject.readData());
  const opened = openModel(experiment, prepareForecast(experiment, series, name));
  keptModel = { key: subject.dataKey, opened };
  return opened;
}

/** Always on `simd`, whatever the run was trained on: other backends show no gates. */
export async function inspect(subject: Subject): Promise<Inspected> {
  const key = `${subject.dataKey} ${JSON.stringify(subject.weights)} ${subject.weightsKey}`;
  limitSimdThreads(subject.threads.now);
  if (kept?.key === key && isStarted()) return kept.inspected;
  const opened = await openSubject(subject);
  releaseWeights();
  const arrays = await weightsOf(subject, opened.model.specs);
  await startBackend(subject.threads);
  kept = { key, inspected: withWeights(opened, arrays) };
  return kept.inspected;
}

/** Kept until another run is replayed. */
export async function replay(subject: Subject, choice: ReplayChoice): Promise<InsideReplay> {
  const key = `${subject.dataKey} ${subject.weightsKey}`;
  if (replayed?.key !== key) {
    const opened = await openSubject(subject);
    await startBackend(subject.threads);
    replayed = { key, replay: await replayRun(opened, choice) };
  }
  return replayed.replay.answer;
}

/** Once a process: another start drops the tensors of the first one. */
export async function startBackend({ now, most }: ThreadShare): Promise<void> {
  limitSimdThreads(now);
  if (isStarted()) return;
  await selectBackend('simd', { allowFallback: false, threads: most });
  limitSimdThreads(now);
  started = getBackend() === 'simd' ? backend() : undefined;
}

const isStarted = (): boolean => started !== undefined && getBackend() === 'simd' && backend() === started;

function release(): void {
  releaseWeights();
  keptModel = undefined;
}

function releaseWeights(): void {
  kept?.inspected.parameters.dispose();
  kept = undefined;
}

export async function weightsOf(
  { dataKey, weightsKey, experiment, weights, readWeights }: Subject,
  specs: readonly ParameterSpec[],
): Promise<readonly NamedArray[]> {
  if (weights === 'first') return initializeParameters(specs, seedRandomStreams(experiment.seed).init);
  if (typeof weights === 'object') {
    const own = replayed?.key === `${dataKey} ${weightsKey}` ? replayed.replay : undefined;
    return replayedWeights(own, weights.epoch);
  }
  const own = await readWeights(weights);
  if (own && !own.isCheckpoint) return decodeWeights(own.data);
  const state = own ?? (await readWeights('last'));
  const checkpoint = state?.isCheckpoint ? decodeCheckpoint(state.data) : undefined;
  const found = weights === 'best' ? checkpoint?.best?.weights : checkpoint?.weights;
  if (found) return found;
  throw new HindcastError(
    'conflict',
    `The run has no ${weights} weights any more: look again, or choose its first weights.`,
    { details: { weights } },
  );
}
