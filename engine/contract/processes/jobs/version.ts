// What most jobs are about: a version of a dataset with its experiment, and the model that was trained on it.

import type { ColumnKind } from '../../datasets/dataset.ts';
import type { SamplesInfo } from '../../datasets/samples.ts';
import type { Experiment } from '../../experiment/experiment.ts';

/** A version of a dataset in a workspace, and the experiment that says what of it is used. */
export interface VersionJob {
  readonly workspacePath: string;
  readonly datasetVersionId: number;
  readonly experiment: Experiment;
}

export interface CheckJob extends VersionJob {
  /** What is known of the data, where they are samples. */
  readonly samples?: SamplesInfo | undefined;
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

export interface ForecastViewJob extends VersionJob {
  readonly model: TrainedModel;
  readonly part: 'test' | 'validation';
  readonly threads: number;
}
