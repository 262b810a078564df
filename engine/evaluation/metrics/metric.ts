// The interface of a metric. Each metric is one file beside this one and a line in registry.ts.
import type { MetricInfo } from '../../contract/metrics.ts';

export interface Metric extends MetricInfo {
  /** A running score, of nothing so far. */
  createState(): MetricState;
}

/** Takes in cells one by one; the order of the additions decides the last bit. */
export interface MetricState {
  /** One known cell, original units. `scale` is what one unit of the scores is in original units. */
  add(forecast: number, actual: number, scale: number): void;
  /** Takes in all that another state of the same metric has seen. */
  merge(other: MetricState): void;
  /** NaN where nothing was added. */
  value(): number;
}
