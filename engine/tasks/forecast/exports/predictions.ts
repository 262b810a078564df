// Forecasts of a part, or of what comes after the last rows, as one frame: a row for each step of each target, with the true
// value where it is known.

import type { ForecastFrame } from '../../../contract/results/forecast.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { PreparedForecast } from '../../../data/prepared.ts';
import type { BaselineForecaster } from '../../../evaluation/score-baselines.ts';
import type { ScoredPart } from '../../task-kind.ts';
import type { FutureWindows } from '../ahead/future.ts';
import type { QuantileMaker } from '../intervals.ts';
import { type ForecastPass, forecastBatches } from '../training/pass.ts';
import type { UnscoredReason } from './unscored.ts';

/** A frame stays below what a message between processes can hold. */
const MOST_BYTES = 528_000_000;
const ROW_BYTES = 44;
/** Rows of one frame without baselines. */
export const MOST_ROWS = MOST_BYTES / ROW_BYTES;

/** Windows to forecast, with the times and true values that the frame shows. */
export interface Subject extends Pick<ForecastPass, 'data' | 'set'> {
  readonly seriesNames: readonly string[];
  readonly notes?: readonly string[];
  originTime(window: number): bigint;
  /** `step` from 1. */
  time(window: number, step: number): bigint;
  actual(window: number, step: number, target: number): number;
}

export function futureSubject(future: FutureWindows): Subject {
  const { windows, seriesNames, notes, originTimes, times, horizon } = future;
  return {
    data: future,
    set: windows,
    seriesNames,
    notes,
    originTime: (window) => originTimes[window]!,
    time: (window, step) => times[window * horizon + step - 1]!,
    actual: () => Number.NaN,
  };
}

export function partSubject(prepared: PreparedForecast, part: ScoredPart): Subject {
  const set = prepared.windows[part];
  const seriesOf = (window: number) => prepared.series[set.series[window]!]!;
  return {
    data: prepared,
    set,
    seriesNames: prepared.series.map(({ name }) => name),
    originTime: (window) => seriesOf(window).times[set.origin[window]!]!,
    time: (window, step) => seriesOf(window).times[set.origin[window]! + step]!,
    actual: (window, step, target) => seriesOf(window).actuals[target]![set.origin[window]! + step]!,
  };
}

function rowsOf({ data, set }: Subject): number {
  return set.count * data.horizon * data.targetNames.length;
}

/** @throws HindcastError `invalid-input` for more rows than a frame can hold. */
export function requireRoom(subject: Subject, beside?: Beside): void {
  const rows = rowsOf(subject);
  const columns = beside ? beside.baselines.length + (beside.quantiles?.levels.length ?? 0) : 0;
  const more = 8 * columns + (beside?.reasons.length ?? 0);
  const mostRows = Math.floor(MOST_BYTES / (ROW_BYTES + more));
  if (rows <= mostRows) return;
  throw new HindcastError(
    'invalid-input',
    `Forecasts from every origin of that part are ${rows.toLocaleString('en-US')} rows, more than the ${mostRows.toLocaleString('en-US')} that fit in one answer; ask for the future, or for a part with fewer rows.`,
    { details: { rows, mostRows } },
  );
}

/** Quantiles of the forecasts, by level. */
export interface QuantilesBeside {
  readonly levels: readonly number[];
  readonly of: QuantileMaker;
}

/** What stands beside the forecasts of a part. */
export interface Beside {
  readonly quantiles?: QuantilesBeside | undefined;
  readonly baselines: readonly BaselineForecaster[];
  readonly reasons: readonly UnscoredReason[];
}

const NOTHING_BESIDE: Beside = { baselines: [], reasons: [] };

/** @throws HindcastError `invalid-input` for more rows than a frame can hold. */
export function forecastFrame(
  subject: Subject,
  part: ForecastFrame['header']['part'],
  { model, weight, size }: Pick<ForecastPass, 'model' | 'weight' | 'size'>,
  beside: Beside = NOTHING_BESIDE,
): ForecastFrame {
  requireRoom(subject, beside);
  const { data, set, seriesNames } = subject;
  const { baselines, reasons, quantiles } = beside;
  const { targetNames, horizon } = data;
  const columns = createColumns(rowsOf(subject), beside);
  let row = 0;
  for (const batch of forecastBatches({ data, set, model, weight, size })) {
    const { indices } = batch;
    const original = data.toOriginal(set, indices, batch.forecasts); // [indices.length, horizon, targets]
    quantiles?.of(batch, original)?.forEach((level, index) => {
      columns.quantile[index]!.set(level, row);
    });
    let cell = 0;
    for (const window of indices) {
      const origin = subject.originTime(window);
      for (const [index, { fill }] of baselines.entries()) {
        fill(set.series[window]!, set.origin[window]!, columns.baseline[index]!, row);
      }
      for (let step = 1; step <= horizon; step++) {
        const time = subject.time(window, step);
        for (let target = 0; target < targetNames.length; target++, row++, cell++) {
          columns.series[row] = set.series[window]!;
          columns.origin[row] = origin;
          columns.time[row] = time;
          columns.step[row] = step;
          columns.target[row] = target;
          columns.forecast[row] = original[cell]!;
          columns.actual[row] = subject.actual(window, step, target);
          for (const [index, { holds }] of reasons.entries()) {
            if (holds(window, step, target)) columns.unscored[index]![row] = 1;
          }
        }
      }
    }
  }
  const { notes = [] } = subject;
  return {
    header: {
      runId: 0,
      part,
      series: seriesNames,
      targets: targetNames,
      notes,
      baselines: baselines.map(({ subject: name }) => name),
      levels: quantiles?.levels ?? [],
      reasons: reasons.map(({ reason }) => reason),
      training: [],
      leftOut: [],
    },
    columns,
  };
}

/** Forecasts that are there already: [windows, horizon, targets], original units. */
export function valuesFrame(
  prepared: PreparedForecast,
  part: ScoredPart,
  values: Float64Array,
): ForecastFrame {
  const subject = partSubject(prepared, part);
  requireRoom(subject);
  const { horizon, targetNames } = prepared;
  const columns = createColumns(rowsOf(subject), NOTHING_BESIDE);
  const cells = horizon * targetNames.length;
  columns.forecast.set(values);
  for (let row = 0; row < values.length; row++) {
    const window = Math.floor(row / cells);
    const step = Math.floor((row % cells) / targetNames.length) + 1;
    const target = row % targetNames.length;
    columns.series[row] = subject.set.series[window]!;
    columns.origin[row] = subject.originTime(window);
    columns.time[row] = subject.time(window, step);
    columns.step[row] = step;
    columns.target[row] = target;
    columns.actual[row] = subject.actual(window, step, target);
  }
  return {
    header: {
      runId: 0,
      part,
      series: subject.seriesNames,
      targets: targetNames,
      baselines: [],
      levels: [],
      reasons: [],
      training: [],
      leftOut: [],
    },
    columns,
  };
}

function createColumns(rows: number, { baselines, reasons, quantiles }: Beside): ForecastFrame['columns'] {
  return {
    series: new Int32Array(rows),
    origin: new BigInt64Array(rows),
    time: new BigInt64Array(rows),
    step: new Int32Array(rows),
    target: new Int32Array(rows),
    forecast: new Float64Array(rows),
    actual: new Float64Array(rows),
    baseline: baselines.map(() => new Float64Array(rows)),
    quantile: (quantiles?.levels ?? []).map(() => new Float64Array(rows)),
    unscored: reasons.map(() => new Uint8Array(rows)),
  };
}
