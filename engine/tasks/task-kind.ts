// The interface of a kind of task. Every question about a task is a method here, so that no code outside its folder branches on
// its name. Each answer carries what the one before found out: kind -> prepared data -> model on a backend.
//
// Methods get tasks of their own kind only: `taskOf` finds the kind by the task's name.

import type { ImportOptions } from '../contract/datasets/dataset.ts';
import type { SamplesInfo } from '../contract/datasets/samples.ts';
import type { ExperimentOf } from '../contract/experiment/experiment.ts';
import type { EnsembleFound } from '../contract/processes/jobs/ensemble.ts';
import type { ExportedFile, ExportedRun } from '../contract/processes/jobs/export.ts';
import type { JobProgress } from '../contract/processes/jobs/job.ts';
import type { TrainedModel } from '../contract/processes/jobs/version.ts';
import type { ClassAnswers } from '../contract/results/classify-result.ts';
import type { PartInfo, Score } from '../contract/runs/run.ts';
import type { EnsembleWay } from '../contract/studies/ensemble.ts';
import type { Task } from '../contract/tasks/task.ts';
import { HindcastError } from '../contract/values/errors.ts';
import type { Part } from '../data/prepared.ts';
import type { SampleTable } from '../data/samples/sample-table.ts';
import type { Series } from '../data/series.ts';
import type { ColumnMeanings, Tables } from '../export/task-content.ts';
import type { WeightLookup } from '../models/parameters.ts';
import type { TaskModel } from '../training/memory-estimate.ts';
import type { TrainingTask } from '../training/task.ts';
import type { SampleReadings } from './sample-reading.ts';

/** What a task reads of a dataset version, by kind of data; no more needs to be in memory. */
export type DataRequest =
  | {
      readonly kind: 'series';
      readonly columns: readonly string[];
      /** Names of the series that take part. Default: all. */
      readonly series?: readonly string[] | undefined;
    }
  | { readonly kind: 'samples'; readonly columns: readonly string[] };

/** What was read for a request of that kind. */
export type TaskData = SeriesData | SampleData;

export interface SeriesData {
  readonly kind: 'series';
  /** Of the dataset, for messages. */
  readonly name: string;
  readonly series: readonly Series[];
}

export interface SampleData {
  readonly kind: 'samples';
  readonly name: string;
  readonly samples: SampleTable;
}

/** @throws HindcastError `internal` where a task got what it did not ask for */
export function seriesOf(data: TaskData): SeriesData {
  if (data.kind === 'series') return data;
  throw new HindcastError('internal', 'A task that asked for series was given samples.');
}

/** @throws HindcastError `internal` where a task got what it did not ask for */
export function samplesOf(data: TaskData): SampleData {
  if (data.kind === 'samples') return data;
  throw new HindcastError('internal', 'A task that asked for samples was given series.');
}

export type ScoredPart = Exclude<Part, 'train'>;

export interface TaskKind<T extends Task = Task> {
  readonly kind: T['kind'];
  /** Of a kind that answers no samples: the verb of the command line by which a run is asked about new inputs. */
  readonly verb?: string;
  /** What a run keeps after its epochs of a few examples, so that one sees it learn. */
  readonly keeps?: 'texts' | 'frames';
  /** Its models read windows of series: in segments, column by column, with a read-out of their own. */
  readonly readsWindows?: true;
  /** Other fields of models that its runs have no use for, with their defaults. */
  readonly idleFields?: Readonly<Record<string, unknown>>;
  needs(task: T): DataRequest;
  /** Names of what is predicted, as scores name them, and of the columns that it is predicted from. */
  targets(task: T): readonly string[];
  inputs(task: T): readonly string[];
  /** `Forecasts 7 steps of close from the 30 steps before.` */
  sentence(task: T): string;
  /** The field of the experiment that names this column of the dataset: `task.targets`. */
  fieldOfColumn(task: T, column: string): string;
  /** Fields of the task that make a training smaller, for the advice of a model that is too large. */
  readonly sizeFields: readonly string[];
  /**
   * Steps (tokens) that the model reads of one example, each with all of its weights: for estimates of time.
   * @param samples what is known of the data, where they are samples
   */
  stepsPerExample(experiment: ExperimentOf<T>, samples?: SamplesInfo): number;
  /** Metrics of the task that the validation of each epoch is scored by. Default: all of them. */
  epochMetrics?(task: T): readonly string[];
  /** Scores of its baselines depend on data, task, split, pipeline and evaluation alone: runs with other models share them. */
  readonly hasSharedBaselines?: true;
  /** @throws HindcastError for what does not suit the data; `details.field` names the field of the experiment. */
  prepare(experiment: ExperimentOf<T>, data: TaskData): PreparedTask;
  /**
   * What comes after the last rows, as an encoded frame that the kind's own views decode. A kind without it predicts parts of its dataset only.
   * @throws HindcastError for data that does not suit the experiment, for damaged weights, and for more rows than a frame can hold.
   */
  predictAhead?(experiment: ExperimentOf<T>, ahead: Ahead): Promise<Uint8Array<ArrayBuffer>>;
  /** What the model says of new samples, as an encoded frame that the kind's own views decode. A kind without it reads no samples. */
  answer?(experiment: ExperimentOf<T>, asked: Ahead): Promise<Uint8Array<ArrayBuffer>>;
  /** Of a kind that answers samples: how new ones are read, and what it says of them. */
  readonly samples?: SampleAnswers<T>;
  /**
   * The model step by step, for looks inside. A kind without it is looked into otherwise, or not at all.
   * @param fitted what the run learned of these data, where it is known: it need not be learned again
   */
  openReadings?(experiment: ExperimentOf<T>, data: TaskData, fitted: unknown): Promise<SampleReadings>;
  /** Several runs of one protocol as one, scored on the test part. A kind without it leaves each run by itself. */
  ensemble?(members: readonly EnsembleMember<T>[], asked: AskedEnsemble): Promise<EnsembleOutcome>;
  readonly exports: TaskExports;
}

export interface EnsembleMember<T extends Task> {
  readonly runId: number;
  readonly experiment: ExperimentOf<T>;
  readonly trained: TrainedModel;
  /** What the run was trained on. */
  data(): Promise<TaskData>;
  /** Makes the experiment's backend the current one. */
  selectBackend(): Promise<unknown>;
}

export interface AskedEnsemble {
  readonly way: EnsembleWay;
  readonly withPredictions: boolean;
  /** Hears how many samples of the test part have their answers, from a kind that takes long over them. */
  progress(reached: JobProgress): void;
}

export interface EnsembleOutcome extends Omit<EnsembleFound, 'table'> {
  /** As `predict` gives them of the test part. */
  readonly predictions: Uint8Array | null;
}

export interface SampleAnswers<T extends Task> {
  /** How a file of new samples is read. */
  reading(task: T): Pick<ImportOptions, 'inputColumn' | 'labelColumn' | 'valueColumn' | 'labels'>;
  /** Of the encoded frame that `answer` gave. */
  said(answers: Uint8Array): ClassAnswers;
}

export interface Ahead {
  readonly data: TaskData;
  /** The data are not those of the run's dataset: messages do not blame it. */
  readonly isNew: boolean;
  readonly trained: TrainedModel;
  /** What the run was trained on, where `data` are new. */
  ownData(): Promise<TaskData>;
  /** Makes the experiment's backend the current one. */
  selectBackend(): Promise<unknown>;
}

/** Split, fitted on the training part, ready to train; what a run keeps of it. */
export interface PreparedTask {
  readonly inputNames: readonly string[];
  readonly parts: readonly PartInfo[];
  /** Examples of the parts, as batches count them. */
  readonly examples: Readonly<Record<Part, number>>;
  /** Protocol fingerprint (hex SHA-256): what is scored on the test part. Its header names task and version of the protocol. */
  readonly fingerprint: string;
  /** Fitted state, plain JSON: enough to transform new data. */
  readonly fitted: unknown;
  /** What to look at before training, and what is only worth knowing. */
  readonly notes: readonly string[];
  readonly facts?: readonly string[];
  /** Brings TensorFlow.js along. @throws HindcastError `invalid-input` for a model whose options do not suit the data. */
  open(): Promise<TaskMachine>;
}

/** The model of an experiment for its data, before and after it has weights. Tensors are made on the backend of then. */
export interface TaskMachine {
  readonly model: TaskModel;
  /** Asked before a run is made, where `prepare` leaves something to ask. @throws HindcastError for what would make training or scores fail. */
  requireTrainable?(): void;
  training(): TrainingTask;
  /** Of the subject `model`. Each `next` scores one batch; the last one returns the scores. */
  score(weight: WeightLookup, part: ScoredPart): Generator<void, Score[], void>;
  /** Of what needs no training; each `next` scores some examples. */
  scoreBaselines(part: ScoredPart): Generator<void, Score[], void>;
  /** What the model predicts on the part beside what is true: an encoded frame that the kind's own exports and views decode. */
  predict(weight: WeightLookup, part: ScoredPart): Uint8Array<ArrayBuffer>;
  /** The trained model as files that other programs load. Changes the current backend. */
  exportModel?(wanted: ModelExport): Promise<readonly ExportedFile[]>;
}

export interface ModelExport {
  readonly trained: TrainedModel;
  readonly about: ExportedRun;
  readonly threads: number;
}

/** What an export holds beside scores, curves and configuration; each of what `predict` gave on the test part. */
export interface TaskExports {
  /** The predictions themselves first. */
  tables(predictions: Uint8Array): Tables;
  readonly columns: ColumnMeanings;
  /** A section of the report, as HTML. */
  report(predictions: Uint8Array): { readonly title: string; readonly html: string };
}
