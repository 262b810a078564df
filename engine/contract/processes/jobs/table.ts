// Jobs: questions to a worker process. One line for each, with its input, its answer and its name in sentences. The answering
// side is a file in engine/hosts/trainer/jobs; the two sides share only this table.

import type { Exploration } from '../../datasets/explore.ts';
import type { Rows } from '../../datasets/rows.ts';
import type { ColumnStatistics, SampleDifference, SeriesDifference } from '../../datasets/views.ts';
import type { Caption, CaptionResult } from '../../results/captioning.ts';
import type { ClassAnswers, ClassifyResult } from '../../results/classify-result.ts';
import type { EstimateResult } from '../../results/estimation.ts';
import type { HorizonErrors } from '../../results/forecast-errors.ts';
import type { Written } from '../../results/generation.ts';
import type { IntervalResult } from '../../results/intervals.ts';
import type { Labelled, LabelResult } from '../../results/labelling.ts';
import type { Residuals } from '../../results/residuals.ts';
import type { TagResult } from '../../results/tagging.ts';
import type { Translation, TranslationResult } from '../../results/translation.ts';
import type { VideoResult } from '../../results/video.ts';
import type { Audit } from '../../studies/audit.ts';
import type { DuelVerdict, JudgedDuel, OriginLosses } from '../../studies/duel.ts';
import type { BackendStatus } from '../../workspace/engine-info.ts';
import type { CheckFileJob, CheckSlice } from '../check-file.ts';
import type {
  ChartJob,
  DifferenceJob,
  DraftSize,
  ExploreJob,
  RowsJob,
  SetAsideJob,
  StatisticsJob,
} from './datasets.ts';
import type { EnsembleFound, EnsembleJob } from './ensemble.ts';
import type {
  DescribedModel,
  ExportedFile,
  ExportedFolder,
  ExportedForecastJob,
  ExportJob,
  ExportTablesJob,
} from './export.ts';
import type {
  AuditJob,
  ChosenOrigins,
  FoldsJob,
  ForecastIntervalsJob,
  ForecastLossesJob,
  ForecastOriginsJob,
  ForecastResidualsJob,
  ForecastResultJob,
  FoundFolds,
  PredictJob,
} from './forecasts.ts';
import type { InspectJob, LabJob, LabStep } from './inside.ts';
import { type JobLimits, job } from './job.ts';
import type {
  CaptionResultJob,
  CaptionWriteJob,
  ClassifyAnswerJob,
  ClassifyResultJob,
  EstimateResultJob,
  LabelResultJob,
  LabelTextsJob,
  NextFrames,
  NextFramesJob,
  SampleContent,
  SampleDifferenceJob,
  SampleJob,
  SamplePageContent,
  SamplePageJob,
  TagResultJob,
  UnpackSampleDataJob,
  VideoResultJob,
  VideoWindowContent,
  VideoWindowJob,
} from './samples.ts';
import type { SuggestedTrial, SuggestJob } from './search.ts';
import type {
  MusicJob,
  TranslateTextsJob,
  TranslationResultJob,
  WriteTextJob,
  WrittenMusic,
} from './texts.ts';
import type { CheckJob, ForecastViewJob } from './version.ts';
import type { CopyWorkspaceJob } from './workspace.ts';

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
  /** Several runs put together into one. */
  ensemble: job<EnsembleJob, EnsembleFound>('The ensemble'),
  /** The folds of backtests, each with its forecasts put together. */
  folds: job<FoldsJob, FoundFolds>('The folds'),
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
  /** The result of a model that gives labels, or that estimates a number, on a part. */
  'tag-result': job<TagResultJob, TagResult>('The result'),
  'estimate-result': job<EstimateResultJob, EstimateResult>('The result'),
  'classify-answer': job<ClassifyAnswerJob, ClassAnswers>('The answer', { isResident: true }),
  /** Samples of a version in a table, and the input of one as a whole. */
  'sample-page': job<SamplePageJob, SamplePageContent>('The samples'),
  /** The file to import, of downloaded archives of sample data. */
  'unpack-sample-data': job<UnpackSampleDataJob, string>('The unpacking of the sample data'),
  sample: job<SampleJob, SampleContent>('The sample'),
  'sample-difference': job<SampleDifferenceJob, SampleDifference>('The comparison'),
  /** The next tokens of a text that a language model writes. */
  'write-text': job<WriteTextJob, Written>('The text', { isResident: true }),
  /** The music of a written text; null where it has none. */
  music: job<MusicJob, WrittenMusic | null>('The music'),
  /** What a translator writes for new texts, and for those of a part. */
  'translate-texts': job<TranslateTextsJob, Translation[]>('The translation', { isResident: true }),
  'translation-result': job<TranslationResultJob, TranslationResult>('The result'),
  /** The labels of the words of new texts, and of those of a part. */
  'label-texts': job<LabelTextsJob, Labelled>('The labels', { isResident: true }),
  /** What was written for the images of a part, and for a new one. */
  'caption-result': job<CaptionResultJob, CaptionResult>('The result'),
  'caption-write': job<CaptionWriteJob, Caption>('The caption', { isResident: true }),
  /** Figures of forecast frames by step, and the frames of a window. */
  'video-result': job<VideoResultJob, VideoResult>('The result'),
  'video-window': job<VideoWindowJob, VideoWindowContent>('The frames'),
  /** The next frames of new videos. */
  'next-frames': job<NextFramesJob, NextFrames>('The frames'),
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
  check: job<CheckJob, DraftSize>('The check'),
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
  difference: job<DifferenceJob, SeriesDifference>('The comparison of the versions'),
  /** An analysis of the explorer. */
  explore: job<ExploreJob, Partial<Exploration>>('The analysis'),
  /** Rows that an import set aside, as CSV. */
  'set-aside': job<SetAsideJob, Uint8Array>('The rows set aside'),
  /** Rows of a series that a filter keeps. */
  rows: job<RowsJob, Rows>('The rows'),
  /** A look inside a model; the answer is that of the view that was asked for (contract/inside/views.ts). */
  inspect: job<InspectJob, unknown>('The look inside', { isResident: true }),
};

export type Jobs = typeof JOB_KINDS;

export type JobName = keyof Jobs;
