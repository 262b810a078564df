// Forecasts against actual values: the nearest and the farthest step over the whole test part, and the error by step.
import type { ForecastFrame } from '../../contract/forecast.ts';
import { lineChart } from './svg.ts';

/** More points than a page shows. */
const MOST_POINTS = 1_500;
const MOST_CHARTS = 6;
const [ACTUAL, FORECAST] = ['#7a8694', '#0b62c4'] as const;

export function forecastCharts(frame: ForecastFrame): string {
  const { header } = frame;
  const steps = Math.max(
    1,
    frame.columns.step.reduce((most, step) => Math.max(most, step), 0),
  );
  const charts = header.series.flatMap((_, series) =>
    header.targets.flatMap((_target, target) =>
      [...new Set([1, steps])].map((step) => stepChart(frame, series, target, step)),
    ),
  );
  const shown = charts.filter((chart) => chart !== '').slice(0, MOST_CHARTS);
  const left = charts.length - shown.length;
  const note = left > 0 ? `<p>${left} more charts are left out.</p>` : '';
  return shown.join('\n') + note + (steps > 1 ? errorChart(frame, steps) : '');
}

function stepChart({ header, columns }: ForecastFrame, series: number, target: number, step: number): string {
  const rows: number[] = [];
  for (let row = 0; row < columns.step.length; row++) {
    if (columns.step[row] === step && columns.target[row] === target && columns.series[row] === series)
      rows.push(row);
  }
  const every = Math.ceil(rows.length / MOST_POINTS);
  const shown = rows.filter((_, place) => place % every === 0);
  if (shown.length === 0) return '';
  const name =
    header.series.length > 1 ? `${header.series[series]}: ${header.targets[target]}` : header.targets[target];
  const time = (row: number) => new Date(Number(columns.time[row]! / 1000n)).toISOString().slice(0, 10);
  return lineChart(
    [
      { label: 'actual', colour: ACTUAL, values: shown.map((row) => columns.actual[row]!) },
      { label: 'forecast', colour: FORECAST, values: shown.map((row) => columns.forecast[row]!) },
    ],
    {
      title: `${name}, ${step} ${step === 1 ? 'step' : 'steps'} ahead`,
      xLabel: every > 1 ? `every ${every}th forecast` : '',
      firstX: time(shown[0]!),
      lastX: time(shown.at(-1)!),
    },
  );
}

/** Mean absolute error by step, over all series and targets, in the units of the data. */
function errorChart({ columns }: ForecastFrame, steps: number): string {
  const sums = new Float64Array(steps);
  const counts = new Float64Array(steps);
  for (let row = 0; row < columns.step.length; row++) {
    const error = Math.abs(columns.forecast[row]! - columns.actual[row]!);
    if (Number.isNaN(error)) continue;
    sums[columns.step[row]! - 1]! += error;
    counts[columns.step[row]! - 1]! += 1;
  }
  const values = sums.map((sum, step) => sum / counts[step]!);
  const line = { label: 'mean absolute error', colour: FORECAST, values };
  return lineChart([line], {
    title: 'Error by steps ahead',
    xLabel: 'steps after the origin',
    firstX: '1',
    lastX: String(steps),
  });
}
