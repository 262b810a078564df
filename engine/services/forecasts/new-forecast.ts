// Forecasts of what comes after the last rows, for display: of the run's own data (runs.forecastFuture), or of new data through
// the model's own recipe and pipeline (runs.forecastNew).

import type { ImportReport, ImportSource } from '../../contract/datasets/dataset.ts';
import type { NewSeries } from '../../contract/processes/jobs/version.ts';
import {
  type ForecastFrame,
  NewForecastFrame,
  type NewForecastHeader,
} from '../../contract/results/forecast.ts';
import type { Forecaster } from '../../contract/results/new-data.ts';
import { asForecastTask } from '../../contract/tasks/forecast.ts';
import type { FrameAnswer } from '../../contract/values/frame-answer.ts';
import type { RunReference } from '../../contract/values/ids.ts';
import { guardRecord } from '../../export/csv-guard.ts';
import { openSeriesSource } from '../../store/datasets/series-source.ts';
import { forecastCsv } from '../../tasks/forecast/exports/forecast-csv.ts';
import type { EngineContext } from '../context.ts';
import { forecastSeries, readExported } from './exported-model.ts';
import { readNewData, wantedBy, withReading } from './new-data.ts';
import { forecastRun } from './run-forecast.ts';

export interface NewForecastRequest {
  readonly model: Forecaster;
  readonly input: ImportSource;
}

export interface FutureForecast {
  readonly frame: FrameAnswer;
  readonly csv: Blob;
}

export interface NewForecast extends FutureForecast {
  readonly report: ImportReport;
}

/** Rows of the past shown before the forecast, in horizons; at least the look-back. */
const PAST_HORIZONS = 4;
const MOST_PAST = 2_000;

/** @throws HindcastError of reading the file, of data that do not suit the model, and of a folder that is no model. */
export async function forecastNew(
  context: EngineContext,
  { model, input }: NewForecastRequest,
  signal: AbortSignal | undefined,
): Promise<NewForecast> {
  const forecaster =
    model.kind === 'run' ? ofRun(context, model.run) : await ofFolder(context, model.folder, signal);
  const data = await readNewData(context, forecaster.wanted, input, signal);
  const { series, report } = data;
  const forecasts = await withReading(data, forecaster.forecast(series, signal));
  return { report, ...shown(forecasts, series, forecaster.lookback) };
}

/** @throws HindcastError `conflict` where no epoch has ended, and of series that cannot be forecast. */
export async function forecastFuture(
  context: EngineContext,
  reference: RunReference,
  signal: AbortSignal | undefined,
): Promise<FutureForecast> {
  const { workspace } = context;
  const runId = workspace.runs.resolve(reference);
  const { targets, lookback } = asForecastTask(workspace.runs.experiment(runId).task);
  const forecasts = await forecastRun(context, runId, 'future', signal);
  const source = await openSeriesSource(workspace.path, workspace.runs.datasetVersionId(runId));
  try {
    const series = await source.read({
      columns: targets,
      series: forecasts.header.series,
      lastRows: MOST_PAST,
    });
    return shown(forecasts, series, lookback);
  } finally {
    source.close();
  }
}

function shown(forecasts: ForecastFrame, series: readonly NewSeries[], lookback: number): FutureForecast {
  const csv = new Blob([`${forecastCsv(forecasts).map(guardRecord).join('\n')}\n`], { type: 'text/csv' });
  return { frame: NewForecastFrame.toAnswer(viewOf(forecasts, series, lookback)), csv };
}

function ofRun(context: EngineContext, reference: Extract<Forecaster, { kind: 'run' }>['run']) {
  const runId = context.workspace.runs.resolve(reference);
  return {
    wanted: wantedBy(context, runId),
    lookback: asForecastTask(context.workspace.runs.detail(runId).configuration.task).lookback,
    forecast: (series: readonly NewSeries[], signal: AbortSignal | undefined) =>
      forecastRun(context, runId, 'future', signal, series),
  };
}

async function ofFolder(context: EngineContext, folder: string, signal: AbortSignal | undefined) {
  const { trainedOn, model } = await readExported(context, folder, signal);
  return {
    wanted: { trainedOn, columns: model.columns },
    lookback: model.lookback,
    forecast: (series: readonly NewSeries[], signal: AbortSignal | undefined) =>
      forecastSeries(context, folder, series, signal),
  };
}

/** Of the series with that index; null where nothing is forecast of it. */
function originOf({ series, origin }: ForecastFrame['columns'], index: number): bigint | null {
  return origin[series.indexOf(index)] ?? null;
}

/** Without rows behind the origin: they give what is known ahead. */
function upTo(series: NewSeries, origin: bigint | null): NewSeries {
  const after = origin === null ? -1 : series.times.findIndex((time) => time > origin);
  if (after < 0) return series;
  const columns = series.columns.map((column) => ({ ...column, values: column.values.subarray(0, after) }));
  return { ...series, times: series.times.subarray(0, after), columns };
}

/** The last rows of each series that was forecast, and the forecasts behind them. */
export function viewOf(
  { header, columns }: ForecastFrame,
  all: readonly NewSeries[],
  lookback: number,
): NewForecastFrame {
  const { targets } = header;
  const horizon = columns.step.reduce((most, step) => Math.max(most, step), 0);
  const byName = new Map(all.map((one) => [one.name, one]));
  const given = header.series.map((name, index) => upTo(byName.get(name)!, originOf(columns, index)));
  const pasts = given.map(({ times }) =>
    Math.min(times.length, MOST_PAST, Math.max(lookback, PAST_HORIZONS * horizon)),
  );
  let rows = 0;
  const starts = pasts.map((past) => {
    const start = rows;
    rows += past + horizon;
    return start;
  });
  const series = new Int32Array(rows);
  const time = new Float64Array(rows).fill(Number.NaN);
  const empty = () => new Float64Array(rows).fill(Number.NaN);
  const actual = targets.map(empty);
  const forecast = targets.map(empty);
  const quantile = targets.map(() => header.levels.map(empty));
  for (const [index, one] of given.entries()) {
    const [start, past] = [starts[index]!, pasts[index]!];
    const first = one.times.length - past;
    series.fill(index, start, start + past + horizon);
    for (let row = 0; row < past; row++) time[start + row] = Number(one.times[first + row]);
    for (const [target, name] of targets.entries()) {
      const column = one.columns.find((candidate) => candidate.name === name)!;
      actual[target]!.set(column.values.subarray(first), start);
    }
  }
  for (let row = 0; row < columns.step.length; row++) {
    const index = columns.series[row]!;
    const at = starts[index]! + pasts[index]! + columns.step[row]! - 1;
    time[at] = Number(columns.time[row]);
    forecast[columns.target[row]!]![at] = columns.forecast[row]!;
    for (const [level, values] of columns.quantile.entries()) {
      quantile[columns.target[row]!]![level]![at] = values[row]!;
    }
  }
  const shown: NewForecastHeader = {
    series: header.series,
    targets,
    horizon,
    levels: header.levels,
    notes: header.notes ?? [],
    originsUs: given.map(({ times }) => Number(times.at(-1))),
  };
  return { header: shown, columns: { series, time, actual, forecast, quantile } };
}
