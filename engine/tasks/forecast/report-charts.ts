// Charts of forecasts against actual values: the nearest and the farthest step over the whole test part, and the error by step. A
// chart shows one series and one target, since others may have other units.
import type { ForecastFrame } from '../../contract/forecast.ts';
import { ACCENT, QUIET } from '../../export/report/colours.ts';
import { lineChart } from '../../export/report/svg.ts';
import { counted } from '../../export/report/text.ts';
import { countTicks, timeTicks } from '../../export/report/ticks.ts';
import { unitOf } from '../../export/units.ts';

/** Series and targets that get charts of their own. */
const MOST_PAIRS = 4;

interface Pair {
  readonly name: string;
  readonly unit: string;
  /** Of the frame. */
  readonly rows: number[];
}

export function forecastCharts(frame: ForecastFrame): string {
  const pairs = pairsOf(frame);
  const steps = frame.columns.step.reduce((most, step) => Math.max(most, step), 0);
  const charts = pairs
    .slice(0, MOST_PAIRS)
    .flatMap((pair) => [
      ...[...new Set([1, steps])].map((step) => stepChart(frame, pair, step)),
      ...(steps > 2 ? [errorChart(frame, pair, steps)] : []),
    ]);
  const left = pairs.length - MOST_PAIRS;
  const note =
    left > 0
      ? `<p class="quiet">The same charts of ${left} more series or targets are left out; the csv export has their forecasts.</p>`
      : '';
  return charts.join('\n') + note;
}

/** Those that have forecasts. */
function pairsOf({ header, columns }: ForecastFrame): Pair[] {
  const width = header.targets.length;
  const rowsByPair = new Map<number, number[]>();
  for (let row = 0; row < columns.step.length; row++) {
    const key = columns.series[row]! * width + columns.target[row]!;
    const rows = rowsByPair.get(key);
    if (rows) rows.push(row);
    else rowsByPair.set(key, [row]);
  }
  return [...rowsByPair]
    .sort(([a], [b]) => a - b)
    .map(([key, rows]) => {
      const column = header.targets[key % width]!;
      const series = header.series[Math.floor(key / width)]!;
      const name = header.series.length > 1 ? `${series}, ${column}` : column;
      return { name, unit: unitOf(column), rows };
    });
}

function stepChart({ columns }: ForecastFrame, pair: Pair, step: number): string {
  const rows = pair.rows.filter((row) => columns.step[row] === step);
  const x = rows.map((row) => Number(columns.time[row]! / 1000n));
  const of = (values: Float64Array) => rows.map((row) => values[row]!);
  return lineChart({
    title: `${pair.name}: ${counted(step, 'step')} ahead`,
    lines: [
      { label: 'actual', colour: QUIET, x, values: of(columns.actual) },
      { label: 'forecast', colour: ACCENT, dashed: true, x, values: of(columns.forecast) },
    ],
    xTicks: timeTicks,
    xLabel: 'time forecast for, UTC',
    yLabel: pair.unit,
  });
}

function errorChart({ columns }: ForecastFrame, pair: Pair, steps: number): string {
  const sums = new Float64Array(steps);
  const counts = new Float64Array(steps);
  for (const row of pair.rows) {
    const error = Math.abs(columns.forecast[row]! - columns.actual[row]!);
    if (Number.isNaN(error)) continue;
    sums[columns.step[row]! - 1]! += error;
    counts[columns.step[row]! - 1]! += 1;
  }
  const x = sums.map((_, step) => step + 1);
  const values = sums.map((sum, step) => sum / counts[step]!);
  return lineChart({
    title: `${pair.name}: mean absolute error by steps ahead`,
    lines: [{ label: 'mean absolute error', colour: ACCENT, x, values }],
    xTicks: countTicks,
    xLabel: 'steps after the origin',
    yLabel: pair.unit,
    height: 160,
  });
}
