// Jobs: questions to a worker process. One line for each, with its input, its answer and its name in sentences. The answering
// side is a file in engine/hosts/trainer/jobs; the two sides share only this table.

import type { Audit } from '../audit.ts';
import type { Cell, ClassAnswers, ClassifyResult } from '../classify-result.ts';
import type { ColumnKind } from '../dataset.ts';
import type { DuelVerdict, JudgedDuel, OriginLosses } from '../duel.ts';
import type { BackendStatus } from '../engine-info.ts';
import type { EnsembleScore, EnsembleWay } from '../ensemble.ts';
import type { HindcastErrorData } from '../errors.ts';
import type { Experiment } from '../experiment.ts';
import type { AnalysisName, Exploration, ExploreOptions } from '../explore.ts';
import type { ReportFigure, TrainedOn } from '../export.ts';
import type { HorizonErrors } from '../forecast-errors.ts';
import type { MetricsFrame } from '../frames.ts';
import type { Music, WritingOptions, Written } from '../generation.ts';
import type { RunId } from '../ids.ts';
import type { InsideWeights } from '../inside/target.ts';
import type { InsideView } from '../inside/views.ts';
import type { IntervalResult } from '../intervals.ts';
import type { Labelled, LabelResult } from '../labelling.ts';
import type { LabName, LabOutcome } from '../labs.ts';
import type { ExportedModel } from '../new-data.ts';
import type { Residuals } from '../residuals.ts';
import type { Rows } from '../rows.ts';
import type { RunDetail, Score } from '../run.ts';
import type { Clip, SampleTable } from '../sample-values.ts';
import type { SamplePage } from '../sample-views.ts';
import type { SamplesInfo } from '../samples.ts';
import type { Space, Told, Values } from '../search.ts';
import type { TranslatingOptions, Translation, TranslationResult } from '../translation.ts';
import type { ColumnStatistics, DatasetDifference, ExperimentCheck } from '../views.ts';
import type { CheckFileJob, CheckSlice } from './check-file.ts';
import type { ThreadShare } from './trainer.ts';

/** Jobs on the folder of an exported model, which may be hostile. */
const EXPORTED_LIMITS: JobLimits = {
  idleSeconds: 120,
  megabytes: 5_000,
  remedy: 'give the folder of an export, as it was written',
};

export const JOB_KINDS = {
  /** The answer is an encoded frame of the run's task; of a ForecastFrame, `runId` of its header is 0. */
  predict: job<PredictJob, Uint8Array>('The forecast'),
  /** Some neighbouring origins of a part, each as a chart shows it. */
  'forecast-origins': job<ForecastOriginsJob, ChosenOrigins>('The forecast'),
  /** Errors by step over a whole part, of the model and the baselines. */
  'forecast-errors': job<ForecastViewJob, HorizonErrors>('The errors by step'),
  /** Losses by origin, for a duel. */
  'forecast-losses': job<ForecastLossesJob, OriginLosses>('The losses by origin'),
  /** The values of the next trials of a sweep. */
  suggest: job<SuggestJob, readonly SuggestedTrial[]>('The choice of trials'),
  /** Leaks of the future into the forecasts of a run. */
  audit: job<AuditJob, Audit>('The audit'),
  /** The forecasts of several runs put together. */
  ensemble: job<EnsembleJob, EnsembleFound>('The ensemble'),
  /** The verdict of a duel. */
  'judge-duel': job<JudgedDuel, DuelVerdict>('The verdict'),
  /** What the errors look like. */
  'forecast-residuals': job<ForecastResidualsJob, Residuals>('The residuals'),
  /** How well the quantiles are calibrated. */
  'forecast-intervals': job<ForecastIntervalsJob, IntervalResult>('The intervals'),
  /** The result of a run at a glance; the answer is a ResultFrame, encoded. */
  'forecast-result': job<ForecastResultJob, Uint8Array>('The result'),
  /** The result of a classifier on a part, and the samples of it that are most wrong. */
  'classify-result': job<ClassifyResultJob, ClassifyResult>('The result'),
  'classify-answer': job<ClassifyAnswerJob, ClassAnswers>('The answer', { isResident: true }),
  /** Samples of a version in a table, and the input of one as a whole. */
  'sample-page': job<SamplePageJob, SamplePage>('The samples'),
  sample: job<SampleJob, SampleContent>('The sample'),
  /** The next tokens of a text that a language model writes. */
  'write-text': job<WriteTextJob, Written>('The text', { isResident: true }),
  /** The music of a written text; null where it has none. */
  music: job<MusicJob, WrittenMusic | null>('The music'),
  /** What a translator writes for new texts, and for those of a part. */
  'translate-texts': job<TranslateTextsJob, Translation[]>('The translation', { isResident: true }),
  'translation-result': job<TranslationResultJob, TranslationResult>('The result'),
  /** The labels of the words of new texts, and of those of a part. */
  'label-texts': job<LabelTextsJob, Labelled>('The labels', { isResident: true }),
  'label-result': job<LabelResultJob, LabelResult>('The result'),
  /** Forecasts of an exported model after the last rows of new data; the answer is a ForecastFrame, encoded. */
  'forecast-exported': job<ExportedForecastJob, Uint8Array>('The forecast', { limits: EXPORTED_LIMITS }),
  /** What the folder of an exported model says of itself; its files are checked as for a forecast. */
  'read-exported': job<ExportedFolder, DescribedModel>('The reading of the exported model', {
    limits: EXPORTED_LIMITS,
  }),
  /** The model as files that stock TensorFlow.js loads, checked against our forecasts of the test part. */
  export: job<ExportJob, readonly ExportedFile[]>('The export'),
  /** The run as CSV files, or as a report. */
  'export-tables': job<ExportTablesJob, readonly ExportedFile[]>('The export'),
  'describe-backends': job<null, readonly BackendStatus[]>('The look at the backends'),
  /** A draft against its data: HindcastError where it does not suit them. */
  check: job<VersionJob, DraftSize>('The check'),
  /** The answer is a ChartFrame, encoded. */
  chart: job<ChartJob, Uint8Array>('The chart'),
  /** A whole copy of the workspace in a new file. SQLite flushes it in one go, a second for 2 GB. */
  'copy-workspace': job<CopyWorkspaceJob, null>('The copy of the workspace'),
  /** A part of the check of the whole file; asked again until nothing is left. */
  'check-file': job<CheckFileJob, CheckSlice>('The check of the file'),
  statistics: job<StatisticsJob, readonly ColumnStatistics[]>('The statistics'),
  /** The next part of a lab, or what its parts show together; asked again until there is an outcome. */
  lab: job<LabJob, LabStep>('The lab'),
  /** What changed between two versions of a dataset. */
  difference: job<DifferenceJob, DatasetDifference>('The comparison of the versions'),
  /** An analysis of the explorer. */
  explore: job<ExploreJob, Partial<Exploration>>('The analysis'),
  /** Rows of a series that a filter keeps. */
  rows: job<RowsJob, Rows>('The rows'),
  /** A look inside a model; the answer is that of the view that was asked for (contract/inside/views.ts). */
  inspect: job<InspectJob, unknown>('The look inside', { isResident: true }),
};

export interface CopyWorkspaceJob {
  readonly workspacePath: string;
  /** A file of that name is overwritten. */
  readonly path: string;
}

/** As `TrialsQuestion` of the search. */
export interface SuggestJob {
  readonly experiment: Experiment;
  readonly space: Space;
  readonly method: { readonly kind: string };
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  readonly told: readonly Told[];
}

export interface SuggestedTrial {
  readonly values: Values;
  readonly experiment: Experiment;
}

export interface EnsembleJob {
  readonly members: readonly (VersionJob & { readonly model: TrainedModel; readonly runId: RunId })[];
  readonly way: EnsembleWay;
  readonly withForecasts: boolean;
}

export interface EnsembleFound {
  /** Of the members; null: they have none. */
  readonly weights: readonly number[] | null;
  readonly scores: readonly EnsembleScore[];
  readonly windows: number;
  /** A ForecastFrame, encoded. */
  readonly forecasts: Uint8Array | null;
}

export interface ClassifyResultJob extends ForecastViewJob {
  readonly cell?: Cell | undefined;
  readonly threshold?: number | undefined;
  readonly most: number;
  /** The same for the same answers: those of the last question may be kept. */
  readonly key: string;
  readonly verdict: string;
}

/** A version of samples, with what is known of them. */
export interface VersionSamples {
  readonly workspacePath: string;
  readonly datasetVersionId: number;
  readonly info: SamplesInfo;
  /** All samples, also those without a label. */
  readonly rows: number;
}

export interface SamplePageJob extends VersionSamples {
  readonly from: number;
  readonly most: number;
  readonly label?: string | undefined;
}

export interface SampleJob extends VersionSamples {
  readonly row: number;
}

/** As `WholeSample`, with the bytes themselves. */
export type SampleContent =
  | { readonly kind: 'text'; readonly text: string; readonly isCut: boolean }
  | { readonly kind: 'audio'; readonly rate: number; readonly wave: Uint8Array }
  | { readonly kind: 'sequence'; readonly channels: number; readonly values: Uint8Array };

export interface ClassifyAnswerJob extends VersionJob {
  readonly model: TrainedModel;
  readonly asked:
    | { readonly kind: 'texts'; readonly texts: readonly string[] }
    | { readonly kind: 'clip'; readonly clip: Clip };
  readonly threads: number;
}

export interface WriteTextJob extends VersionJob {
  readonly model: TrainedModel;
  readonly options: WritingOptions;
  /** Tokens before the piece, and tokens of it. */
  readonly from: number;
  readonly count: number;
  /** The same for the same text: the one that was written last stays open. */
  readonly key: string;
  readonly threads: number;
}

export interface MusicJob {
  readonly text: string;
  readonly hasWave: boolean;
}

/** As `Music` of contract/generation.ts, with the bytes themselves. */
export interface WrittenMusic extends Pick<Music, 'seconds' | 'notes'> {
  readonly midi: Uint8Array;
  readonly wave: Uint8Array | null;
}

export interface TranslateTextsJob extends VersionJob {
  readonly model: TrainedModel;
  readonly texts: readonly string[];
  readonly options: TranslatingOptions;
  readonly threads: number;
}

export interface LabelTextsJob extends VersionJob {
  readonly model: TrainedModel;
  readonly texts: readonly string[];
  readonly threads: number;
}

export interface LabelResultJob extends ForecastViewJob {
  readonly most: number;
  readonly cell?: Cell | undefined;
  /** The same for the same labels: those of the last question may be kept. */
  readonly key: string;
  readonly verdict: string;
}

export interface TranslationResultJob extends ForecastViewJob {
  readonly most: number;
  /** The same for the same texts: those of the last question may be kept. */
  readonly key: string;
  readonly verdict: string;
}

/** A version of a dataset in a workspace, and the experiment that says what of it is used. */
export interface VersionJob {
  readonly workspacePath: string;
  readonly datasetVersionId: number;
  readonly experiment: Experiment;
}

/** What a finished or interrupted training leaves for forecasts: enough to make them without the training data's past. */
export interface TrainedModel {
  /** Fitted pipeline, plain JSON; the `fitted` of the `prepared` message. */
  readonly fitted: unknown;
  /** Weights file (see engine/training/weights.ts). */
  readonly weights: Uint8Array;
}

/** A series that is in no dataset: new data to forecast from. As engine/data/series.ts has it. */
export interface NewSeries {
  readonly name: string;
  /** [rows], microseconds UTC, strictly increasing. */
  readonly times: BigInt64Array;
  readonly columns: readonly {
    readonly name: string;
    readonly kind: ColumnKind;
    /** [rows]; NaN where missing, category columns as codes. */
    readonly values: Float64Array;
    readonly categories: readonly string[];
  }[];
}

export interface PredictJob extends VersionJob {
  readonly model: TrainedModel;
  readonly part: 'future' | 'test' | 'validation';
  /** Instead of the dataset's: to forecast what comes after their last rows. */
  readonly series?: readonly NewSeries[] | undefined;
  /** Instead of the dataset's: samples to be answered. `part` is `future`. */
  readonly samples?: SampleTable | undefined;
  readonly threads: number;
}

export interface ForecastViewJob extends VersionJob {
  readonly model: TrainedModel;
  readonly part: 'test' | 'validation';
  readonly threads: number;
}

export interface AuditJob extends ForecastViewJob {
  readonly runId: number;
}

export interface ForecastLossesJob extends ForecastViewJob {
  /** Squares of the errors instead of their sizes. */
  readonly isSquared: boolean;
}

export interface ForecastIntervalsJob extends ForecastViewJob {
  /** The same for the same forecasts: those of the last question may be kept. */
  readonly key: string;
  readonly runId: number;
}

export interface ForecastResidualsJob extends ForecastViewJob {
  /** The same for the same forecasts: those of the last question may be kept. */
  readonly key: string;
  readonly runId: number;
  readonly choice: ResidualChoice;
}

/** Default: the first series and target, 1 step ahead. */
export interface ResidualChoice {
  readonly series?: string | undefined;
  readonly target?: string | undefined;
  readonly step?: number | undefined;
}

export interface ForecastOriginsJob extends ForecastViewJob {
  readonly choice: OriginChoice;
  /** For the frames' headers. */
  readonly runId: number;
  readonly epoch: number | null;
}

export interface ForecastResultJob extends ForecastViewJob {
  readonly choice: ResultChoice;
  /** The same for the same forecasts: those of the last question may be kept. */
  readonly key: string;
  /** For the frame's header. */
  readonly runId: number;
  readonly epoch: number | null;
  readonly verdict: string;
}

/** What is drawn over time. */
export interface ResultChoice {
  /** Default: the first that has an origin. */
  readonly series?: string | undefined;
  /** Default: the first. */
  readonly target?: string | undefined;
  readonly fromUs?: number | undefined;
  readonly toUs?: number | undefined;
  readonly points: number;
}

export interface OriginChoice {
  /** Index among the origins of the part; beyond the end it is the last one. */
  readonly origin: number;
  /** Instead of the index: the first origin of the series (default: the first series) at or after this time. */
  readonly originUs?: number | undefined;
  readonly series?: string | undefined;
  /** Origins that are answered together: blocks of this size, counted from the first origin. */
  readonly block: number;
}

export interface ChosenOrigins {
  /** Of the whole part. */
  readonly origins: number;
  /** Index of the chosen origin, and that of the first frame. */
  readonly chosen: number;
  readonly first: number;
  /** Encoded ForecastAtFrames, one an origin. */
  readonly frames: readonly Uint8Array[];
}

/** An absolute path. */
export interface ExportedFolder {
  readonly folder: string;
}

export interface ExportedForecastJob extends ExportedFolder {
  readonly series: readonly NewSeries[];
}

export interface DescribedModel {
  readonly model: ExportedModel;
  /** What new data must be like. */
  readonly trainedOn: TrainedOn;
}

export interface ExportJob extends VersionJob {
  readonly model: TrainedModel;
  readonly about: ExportedRun;
  readonly threads: number;
}

/** What training a draft takes, without the time: that is judged by earlier runs. */
export interface DraftSize extends Omit<NonNullable<ExperimentCheck['estimate']>, 'seconds' | 'judgedBy'> {
  /** Multiplications and additions. */
  readonly workPerEpoch: number;
}

/** Numeric columns of one series between two times, as ChartRequest of the API has them. */
export interface ChartJob {
  readonly workspacePath: string;
  readonly datasetVersionId: number;
  readonly series: string;
  readonly columns: readonly string[];
  readonly range: {
    readonly fromUs?: number | undefined;
    readonly toUs?: number | undefined;
    readonly points: number;
  };
}

export interface StatisticsJob {
  readonly workspacePath: string;
  readonly datasetVersionId: number;
  readonly series: string;
  /** Numeric ones. */
  readonly columns: readonly string[];
}

export interface ExploreJob extends StatisticsJob {
  readonly analysis: AnalysisName;
  readonly options: ExploreOptions;
}

export interface RowsJob extends Omit<StatisticsJob, 'columns'> {
  readonly columns: readonly { readonly name: string; readonly categories: readonly string[] | null }[];
  readonly filter: string;
  /** The first row at this time or after it; else the one with the number `from` of those that match. */
  readonly fromUs?: number | undefined;
  readonly from: number;
  readonly count: number;
}

export interface DifferenceJob {
  readonly workspacePath: string;
  /** Ids of versions. */
  readonly before: number;
  readonly after: number;
}

/** About one run; `view` and `choice` are a line of InsideViews. */
export interface InspectJob extends VersionJob {
  readonly runId: RunId;
  readonly weights: InsideWeights;
  /** Other weights, another key. */
  readonly weightsKey: string;
  readonly threads: ThreadShare;
  readonly view: InsideView;
  readonly choice: unknown;
}

export interface LabJob {
  readonly lab: LabName;
  readonly quick: boolean;
  readonly threads: number;
  /** A column of a dataset version. */
  readonly own: {
    readonly workspacePath: string;
    readonly datasetVersionId: number;
    readonly dataset: string;
    readonly target: string;
    readonly series: string;
  } | null;
  /** Results of the parts so far, in order; null: only the parts are asked for. */
  readonly results: readonly unknown[] | null;
}

export interface LabStep {
  /** What the parts do. */
  readonly parts: readonly string[];
  /** Of the part that was computed. */
  readonly result?: unknown;
  /** All parts are done. */
  readonly outcome?: LabOutcome;
}

export interface ExportTablesJob extends VersionJob {
  readonly model: TrainedModel;
  readonly run: RunDetail;
  readonly steps: MetricsFrame;
  readonly epochs: MetricsFrame;
  readonly format: 'csv' | 'report';
  readonly guardFormulas: boolean;
  readonly figures: readonly ReportFigure[];
  readonly threads: number;
}

/** What the card of an exported model says of its run. */
export interface ExportedRun {
  readonly name: string;
  readonly description: string;
  readonly training: {
    readonly dataset: string;
    readonly datasetVersion: number;
    readonly dataHash: string;
    readonly fingerprint: string | null;
    readonly weightsHash: string | null;
    readonly seed: number;
  };
  readonly trainedOn: TrainedOn;
  readonly scores: Score[];
}

export interface ExportedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly data: Uint8Array;
}

/** Of a job on files that may be made to do harm: it runs in a thread that its process watches. */
export interface JobLimits {
  /** The longest time without a sign of progress. */
  readonly idleSeconds: number;
  /** The memory that the process may take beyond what it has when the job starts. */
  readonly megabytes: number;
  /** End of the sentence about a job that was ended: what to do. */
  readonly remedy: string;
}

/** A job as its types and its words. */
export interface JobKind<In, Out> {
  /** For sentences: "The forecast was cancelled." */
  readonly what: string;
  /** Its process answers many questions about one thing (`about`), and is kept for that. */
  readonly isResident?: boolean;
  readonly limits?: JobLimits | undefined;
  /** Never set: carries the types. */
  readonly types?: { readonly in: In; readonly out: Out };
}

/** A table such as JOB_KINDS. */
export type JobKinds = Readonly<Record<string, JobKind<unknown, unknown>>>;
export type JobInput<Kind extends JobKind<unknown, unknown>> = NonNullable<Kind['types']>['in'];
export type JobOutput<Kind extends JobKind<unknown, unknown>> = NonNullable<Kind['types']>['out'];

export type Jobs = typeof JOB_KINDS;
export type JobName = keyof Jobs;

export function job<In, Out>(
  what: string,
  options: Pick<JobKind<In, Out>, 'isResident' | 'limits'> = {},
): JobKind<In, Out> {
  return { what, ...options };
}

/** host -> worker process. One job runs at a time; a process may answer many, one after the other. */
export interface JobRequest {
  readonly type: 'job';
  /** Comes back with the answer. */
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  readonly limited?: LimitedJob | undefined;
}

/** Limits with the name of the job in sentences. */
export interface LimitedJob extends JobLimits {
  readonly what: string;
}

/** worker process -> host. */
export type JobReply =
  | { readonly type: 'answered'; readonly id: number; readonly output: unknown; readonly last: boolean }
  /** `last`: the process takes no further job and ends. */
  | {
      readonly type: 'refused';
      readonly id: number;
      readonly error: HindcastErrorData;
      readonly last: boolean;
    };
