// Forecasts row by row, for JSON: names instead of indices, ISO times in UTC.
import type { ForecastFrame } from '../../../contract/results/forecast.ts';
import { whyUnscored } from '../../../tasks/forecast/exports/forecast-csv.ts';
import { isoTime } from '../../../words/iso-time.ts';

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
  /** By level, where quantiles are forecast. */
  readonly quantiles?: Readonly<Record<string, number>>;
  /** By baseline, of a part of the data. */
  readonly baselines?: Readonly<Record<string, number>>;
  /** Why the row is in no score; null where it is in the scores. */
  readonly unscored?: string | null;
}

export function forecastRows(frame: ForecastFrame): ForecastRow[] {
  const { header, columns } = frame;
  const besideOf = (row: number) => ({
    baselines: Object.fromEntries(
      header.baselines.map((name, index) => [name, columns.baseline[index]![row]!] as const),
    ),
    unscored: whyUnscored(frame, row),
  });
  const quantilesOf = (row: number) => ({
    quantiles: Object.fromEntries(
      header.levels.map((level, index) => [level, columns.quantile[index]![row]!] as const),
    ),
  });
  return Array.from(columns.step, (step, row) => ({
    series: header.series[columns.series[row]!] ?? '',
    origin: isoTime(columns.origin[row]!),
    time: isoTime(columns.time[row]!),
    step,
    target: header.targets[columns.target[row]!] ?? '',
    forecast: columns.forecast[row]!,
    actual: columns.actual[row]!,
    ...(header.levels.length > 0 && quantilesOf(row)),
    ...(header.training.length === 0 ? {} : besideOf(row)),
  }));
}

/** What the rows of a part are measured by: beside them in JSON. */
export function partFacts({ header }: ForecastFrame) {
  if (header.training.length === 0) return {};
  const leftOut = header.leftOut.map(({ fromUs, toUs, ...rest }) => ({
    ...rest,
    from: isoTime(BigInt(fromUs)),
    to: isoTime(BigInt(toUs)),
  }));
  return { training: header.training, leftOut };
}
