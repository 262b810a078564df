// Forecasts row by row, for JSON: names instead of indices, ISO times in UTC.
import type { ForecastFrame } from '../../../contract/forecast.ts';
import { isoTime } from '../../../export/iso-time.ts';

export interface ForecastRow {
  readonly series: string;
  readonly origin: string;
  readonly time: string;
  /** Steps after the origin, from 1. */
  readonly step: number;
  readonly target: string;
  /** In the unit of the target's column. */
  readonly forecast: number;
  /** NaN where unknown. */
  readonly actual: number;
}

export function forecastRows({ header, columns }: ForecastFrame): ForecastRow[] {
  return Array.from(columns.step, (step, row) => ({
    series: header.series[columns.series[row]!] ?? '',
    origin: isoTime(columns.origin[row]!),
    time: isoTime(columns.time[row]!),
    step,
    target: header.targets[columns.target[row]!] ?? '',
    forecast: columns.forecast[row]!,
    actual: columns.actual[row]!,
  }));
}
