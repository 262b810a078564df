// Forecasts as a table: a line for each step of each target, with the times of the origin and of the step.
import type { ForecastFrame } from '../../contract/forecast.ts';
import { field, number } from '../../export/csv-text.ts';
import { isoTime } from '../../export/iso-time.ts';
import type { ColumnMeanings } from '../../export/task-content.ts';
import { unitOf } from '../../export/units.ts';

export const FORECAST_COLUMNS: ColumnMeanings = {
  series: ['series of the dataset', ''],
  origin: ['last row that the forecast knows', 'ISO 8601, UTC'],
  time: ['the time forecast for', 'ISO 8601, UTC'],
  step: ['rows after the origin, from 1', 'rows'],
  forecast: ['forecast of the best weights', 'column "unit"'],
  actual: ['true value, empty where unknown', 'column "unit"'],
};

/** Lines of `series,origin,time,step,target,forecast,actual,unit`; times are ISO 8601 in UTC, an unknown actual is empty. */
export function forecastCsv({ header, columns }: ForecastFrame): string[] {
  const lines = ['series,origin,time,step,target,forecast,actual,unit'];
  const series = header.series.map(field);
  const targets = header.targets.map(field);
  const units = header.targets.map((target) => field(unitOf(target)));
  for (let row = 0; row < columns.step.length; row++) {
    lines.push(
      [
        series[columns.series[row]!],
        isoTime(columns.origin[row]!),
        isoTime(columns.time[row]!),
        columns.step[row],
        targets[columns.target[row]!],
        number(columns.forecast[row]!),
        number(columns.actual[row]!),
        units[columns.target[row]!],
      ].join(','),
    );
  }
  return lines;
}
