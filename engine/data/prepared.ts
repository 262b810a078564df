// The data as the training loop and the evaluation see it: windows of a fitted pipeline, gathered batch by batch. Nothing is
// materialised: a window is two integers, and a batch is filled from the columns when it is needed.
import type { PartInfo } from '../contract/runs/run.ts';

export type Part = 'train' | 'validation' | 'test';

/** Windows of one part, by series and origin. */
export interface WindowSet {
  readonly part: Part;
  readonly count: number;
  /** [count] index of the series. */
  readonly series: Int32Array;
  /** [count] row of the origin: the last row of the look-back; the targets are the `horizon` rows after it. */
  readonly origin: Int32Array;
  /** Origins of the part that have no window. */
  readonly leftOut: readonly LeftOutOrigins[];
}

/** Neighbouring origins of a series without a window, for one reason. */
export interface LeftOutOrigins {
  /** Index of the series. */
  readonly series: number;
  /** Rows of the first and last of them. */
  readonly from: number;
  readonly to: number;
  readonly windows: number;
  readonly reason: string;
}

/** Windows of any part, by series and origin. */
export type ChosenWindows = Pick<WindowSet, 'series' | 'origin'>;

/** Arrays that `gather` fills, all float32 and in model units (after the pipeline). */
export interface Batch {
  /** [batch, lookback, inputs] */
  readonly inputs: Float32Array;
  /** [batch, horizon, targets]; 0 where the target is missing. */
  readonly targets: Float32Array;
  /** [batch, horizon, targets]; 1 where the target is known, 0 where it is missing and must not count. */
  readonly mask: Float32Array;
}

/** What scoring and forecasts need to know of a series: its true values, untouched by the pipeline. */
export interface PreparedSeries {
  readonly name: string;
  /** [rows], microseconds UTC. */
  readonly times: BigInt64Array;
  /** Rows of the training part, from the first row on. */
  readonly trainRows: number;
  /** One array for each target, [rows], original units, NaN where missing. */
  readonly actuals: readonly Float64Array[];
  /** [targets] mean and population standard deviation of the known training rows, original units; 0 where they are all alike. */
  readonly trainMean: Float64Array;
  readonly trainStd: Float64Array;
}

/** A target of one series, by their indices. */
export interface SeriesTarget {
  readonly series: number;
  readonly target: number;
}

/** A forecasting task on one dataset version, ready to train: split, fitted on the training part, windowed. */
export interface PreparedForecast {
  /** Names of the model's inputs, in order; one-hot inputs are `column=category`. */
  readonly inputNames: readonly string[];
  readonly targetNames: readonly string[];
  readonly lookback: number;
  readonly horizon: number;
  /** Fitted state of every pipeline step: plain JSON, enough to transform new data and to invert forecasts. */
  readonly fitted: unknown;
  readonly windows: Readonly<Record<Part, WindowSet>>;
  /** Windows at the end of the validation part that calibrate intervals; they are none of `windows`. Absent: nothing is held back. */
  readonly calibration?: WindowSet;
  /** The series that take part; `WindowSet.series` counts in it. */
  readonly series: readonly PreparedSeries[];
  readonly parts: readonly PartInfo[];
  /** The protocol fingerprint (hex SHA-256): what is scored on the test part. */
  readonly fingerprint: string;
  /** What the validation loss leaves out, because its errors have no common unit with the others (engine/tasks/forecast/training/unjudged.ts); absent: nothing. */
  readonly unjudged?: readonly SeriesTarget[];
  /** What the user should know about the data as used. */
  readonly notes: readonly string[];
  /** Fills the first `indices.length` rows of `batch` with those windows of the set. */
  gather(set: ChosenWindows, indices: ArrayLike<number>, batch: Batch): void;
  /** Room for `size` windows. */
  createBatch(size: number): Batch;
  /**
   * Turns forecasts in model units, [count, horizon, targets] for those windows, into original units (float64, same layout):
   * the inverse of the pipeline.
   */
  toOriginal(set: ChosenWindows, indices: ArrayLike<number>, forecasts: Float32Array): Float64Array;
}
