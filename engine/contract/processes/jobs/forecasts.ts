// Inputs and answers of jobs on the forecasts of a run.

import type { SampleTable } from '../../datasets/sample-values.ts';
import type { EnsembleScore, EnsembleWay } from '../../studies/ensemble.ts';
import type { Fold } from '../../studies/folds.ts';
import type { EnsembleJob } from './ensemble.ts';
import type { ForecastViewJob, NewSeries, TrainedModel, VersionJob } from './version.ts';

export interface PredictJob extends VersionJob {
  readonly model: TrainedModel;
  readonly part: 'future' | 'test' | 'validation';
  /** Instead of the dataset's: to forecast what comes after their last rows. */
  readonly series?: readonly NewSeries[] | undefined;
  /** Instead of the dataset's: samples to be answered. `part` is `future`. */
  readonly samples?: SampleTable | undefined;
  readonly threads: number;
}

export interface ForecastOriginsJob extends ForecastViewJob {
  readonly choice: OriginChoice;
  /** For the frames' headers. */
  readonly runId: number;
  readonly epoch: number | null;
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

export interface AuditJob extends ForecastViewJob {
  readonly runId: number;
}

export interface FoldsJob {
  /** One after the other in time; each with the same number of members. */
  readonly folds: readonly Pick<EnsembleJob, 'members'>[];
  readonly way: EnsembleWay;
  /** Of the lower and the upper end of the intervals. */
  readonly levels: readonly [number, number];
}

export interface FoundFold extends Pick<Fold, 'fromUs' | 'untilUs' | 'windows' | 'intervals'> {
  /** `ensemble` and `run 3` and so on. */
  readonly scores: readonly EnsembleScore[];
}

export interface FoundFolds {
  readonly folds: readonly FoundFold[];
}
