// The interface of a metric. Each metric is one file beside this one and a line in registry.ts.
import type { MetricInfo } from '../../contract/runs/metrics.ts';
import type { Channel } from '../channel.ts';
import type { TrueValues } from '../true-values.ts';

export interface Metric extends MetricInfo {
  /** A running score, of nothing so far. */
  createState(): MetricState;
  /** Why cells of that series and target have no score by it, as a clause: `the training part is constant`; null where they have. */
  leavesOut?(channel: Channel): string | null;
  /** What its scores depend on beside the true values that are scored; the protocol fingerprint covers it. */
  scaleOf?(channel: Channel): number;
  /** Why nothing can be scored by it on these true values of one part, as a clause; null where something can. Asked before a run is made. */
  refuses?(values: readonly TrueValues[]): string | null;
  /** What to know of its scores on these true values, as a clause; null where there is nothing. */
  warnsOf?(values: readonly TrueValues[]): string | null;
}

/** Of a cell, beside its forecast and its true value. */
export interface ScoredCell {
  readonly channel: Channel;
  /** The last known value at or before the origin, original units; NaN where there is none. */
  last(): number;
  /** What Naive2 forecasts of the cell, original units; NaN where nothing is known at the origin. */
  naive2(): number;
  /** Levels of its quantiles, rising; none where values alone are forecast. */
  readonly levels: readonly number[];
  /** Of the level with that index, original units. */
  quantile(level: number): number;
}

/** Takes in cells one by one; the order of the additions decides the last bit. */
export interface MetricState {
  /** One known cell, original units. `scale` is what one unit of the scores is in original units. */
  add(forecast: number, actual: number, scale: number, cell: ScoredCell): void;
  /** Takes in all that another state of the same metric has seen. */
  merge(other: MetricState): void;
  /** NaN where nothing was added. */
  value(): number;
}
