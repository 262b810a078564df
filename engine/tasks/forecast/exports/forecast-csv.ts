// Forecasts as a table: a line for each step of each target, with the times of the origin and of the step. Those of a part of the
// data stand beside the baselines', with what standardized scores are divided by and why a line is in no score.
import type { ForecastFrame } from '../../../contract/results/forecast.ts';
import { field, number } from '../../../export/csv-text.ts';
import type { ColumnMeanings } from '../../../export/task-content.ts';
import { unitOf } from '../../../export/units.ts';
import { isoTime } from '../../../words/iso-time.ts';

/** Before the name of the baseline. */
const BASELINE = 'baseline/';
/** Before the level. */
const QUANTILE = 'quantile/';

export const FORECAST_COLUMNS: ColumnMeanings = {
  series: ['series of the dataset', ''],
  origin: ['last row that the forecast knows', 'ISO 8601, UTC'],
  time: ['the time forecast for', 'ISO 8601, UTC'],
  step: ['rows after the origin, from 1', 'rows'],
  forecast: ['forecast of the best weights', 'column "unit"'],
  actual: ['true value, empty where unknown', 'column "unit"'],
  unscored: ['why this line is in no score; empty where it is in the scores', ''],
  trainMean: ['mean of the known training rows of this series and target', 'column "unit"'],
  trainStd: [
    'population standard deviation of the same rows: a standardized score is that of (forecast - actual) / trainStd',
    'column "unit"',
  ],
  [BASELINE]: ['forecast of the baseline of that name, from the same origin', 'column "unit"'],
  [QUANTILE]: [
    'quantile of that level of the forecast: so much of its probability lies below',
    'column "unit"',
  ],
  meanAbsoluteError: ['mean size of the errors of all scored steps and targets', 'that of the scores'],
  promised: ['share of the true values that the interval should hold', ''],
  coverage: ['share of them that it holds', ''],
  width: ['mean width of the interval', 'that of the scores'],
  crps: ['continuous ranked probability score from all quantiles', 'that of the scores'],
  level: ['of a quantile', ''],
  below: ['share of the true values at or below it', ''],
  origins: ['windows of the series in this part', ''],
  from: ['first of neighbouring origins without a scored forecast', 'ISO 8601, UTC'],
  to: ['last of them', 'ISO 8601, UTC'],
  windows: ['how many they are', ''],
  reason: ['why they are left out', ''],
};

const FIRST = 'series,origin,time,step,target,forecast,actual,unit';

/**
 * Lines of `series,origin,time,step,target,forecast,actual,unit`; times are ISO 8601 in UTC, an unknown actual is empty.
 * Where quantiles are forecast, a column for each. Of a part of the data, which knows its training rows, also
 * `part,unscored,trainMean,trainStd` and a column for each baseline.
 */
export function forecastCsv(frame: ForecastFrame): string[] {
  const { header, columns } = frame;
  const beside = header.training.length === 0 ? null : besideOf(frame);
  const names = [FIRST, ...header.levels.map((level) => QUANTILE + level), ...(beside?.names ?? [])];
  const lines = [names.join(',')];
  const series = header.series.map(field);
  const targets = header.targets.map(field);
  const units = header.targets.map((target) => field(unitOf(target)));
  for (let row = 0; row < columns.step.length; row++) {
    const cells = [
      series[columns.series[row]!],
      isoTime(columns.origin[row]!),
      isoTime(columns.time[row]!),
      columns.step[row],
      targets[columns.target[row]!],
      number(columns.forecast[row]!),
      number(columns.actual[row]!),
      units[columns.target[row]!],
      ...columns.quantile.map((values) => number(values[row]!)),
    ];
    lines.push((beside === null ? cells : [...cells, ...beside.cells(row)]).join(','));
  }
  return lines;
}

interface Beside {
  readonly names: readonly string[];
  cells(row: number): readonly string[];
}

function besideOf(frame: ForecastFrame): Beside {
  const { header, columns } = frame;
  const statistics = new Map(
    header.training.map(({ series, target, mean, deviation }) => [
      JSON.stringify([series, target]),
      [number(mean), number(deviation)],
    ]),
  );
  const scales = header.series.map((series) =>
    header.targets.map((target) => statistics.get(JSON.stringify([series, target])) ?? ['', '']),
  );
  return {
    names: [
      'part',
      'unscored',
      'trainMean',
      'trainStd',
      ...header.baselines.map((name) => field(BASELINE + name)),
    ],
    cells: (row) => [
      header.part,
      field(whyUnscored(frame, row) ?? ''),
      ...scales[columns.series[row]!]![columns.target[row]!]!,
      ...columns.baseline.map((values) => number(values[row]!)),
    ],
  };
}

/** The first reason for which a row is in no score; null where it is in the scores. */
export function whyUnscored({ header, columns }: ForecastFrame, row: number): string | null {
  const index = columns.unscored.findIndex((mask) => mask[row] === 1);
  return header.reasons[index] ?? null;
}

/** Lines of `part,series,from,to,windows,reason`: a line for each stretch of neighbouring origins that is in no score. */
export function leftOutCsv({ header: { part, leftOut } }: ForecastFrame): string[] {
  const time = (us: number) => isoTime(BigInt(us));
  const lines = leftOut.map(({ series, fromUs, toUs, windows, reason }) =>
    [part, field(series), time(fromUs), time(toUs), windows, field(reason)].join(','),
  );
  return ['part,series,from,to,windows,reason', ...lines];
}
