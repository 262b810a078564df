// The frame of runs.forecast: one row a forecast step.
import type { Frame } from './frame.ts';

export interface ForecastHeader {
  readonly runId: number;
  readonly part: 'future' | 'test' | 'validation';
  readonly series: readonly string[];
  readonly targets: readonly string[];
  /** Part `future`: what a user should know of the rows that the forecasts stand on, and of how new data were read. */
  readonly notes?: readonly string[];
}

export interface ForecastFrame extends Frame<ForecastHeader> {
  readonly columns: {
    /** Index into header.series. */
    readonly series: Int32Array;
    /** Microseconds UTC. */
    readonly origin: BigInt64Array;
    readonly time: BigInt64Array;
    /** Steps after the origin, from 1. */
    readonly step: Int32Array;
    /** Index into header.targets. */
    readonly target: Int32Array;
    /** Original units. */
    readonly forecast: Float64Array;
    /** NaN where unknown or missing. */
    readonly actual: Float64Array;
  };
}
