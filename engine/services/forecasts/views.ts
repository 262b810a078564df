// runs.forecastAt and runs.horizonErrors: a run's forecasts of one part, kept in memory while they are on screen.
import { HindcastError } from '../../contract/errors.ts';
import { ForecastAtFrame, type ForecastFrame } from '../../contract/forecast.ts';
import type { RunId, RunReference } from '../../contract/ids.ts';
import type { RunDetail } from '../../contract/run.ts';
import { asForecastExperiment, type ForecastExperiment } from '../../contract/tasks/forecast-experiment.ts';
import type { HorizonErrors } from '../../contract/views.ts';
import type { PreparedForecast } from '../../data/prepared.ts';
import { type BaselineForecaster, baselinesOf } from '../../evaluation/baselines.ts';
import { createScoreKeeper } from '../../evaluation/metrics.ts';
import { prepareForecast } from '../../tasks/forecast/prepare.ts';
import type { EngineContext } from '../context.ts';
import { readVersion } from '../datasets/read-version.ts';
import { forecastRun } from './run-forecast.ts';

type Part = 'test' | 'validation';

export interface ForecastAtRequest {
  readonly run: RunReference;
  readonly part: Part;
  readonly origin: number;
  readonly originUs?: number | undefined;
  readonly series?: string | undefined;
}

export interface ForecastViews {
  at(request: ForecastAtRequest): Promise<Blob>;
  horizonErrors(run: RunReference, part: Part): Promise<HorizonErrors>;
}

/** Forecasts of every origin of a part, with the data that they were made from. */
interface Forecasts {
  readonly runId: RunId;
  readonly experiment: ForecastExperiment;
  readonly part: Part;
  readonly prepared: PreparedForecast;
  /** [windows, horizon, targets] original units. */
  readonly values: Float64Array;
  readonly baselines: readonly BaselineForecaster[];
  readonly epoch: number | null;
}

const MOST_KEPT = 6;
/** Rows of the past shown beside a forecast, in horizons; at least the look-back of small ones. */
const PAST_HORIZONS = 4;

export function createForecastViews(context: EngineContext): ForecastViews {
  const kept = new Map<string, Promise<Forecasts>>();

  function forecastsOf(reference: RunReference, part: Part): Promise<Forecasts> {
    const { workspace } = context;
    const runId = workspace.runs.resolve(reference);
    const run = workspace.runs.detail(runId);
    const weights = run.weightsHash ?? run.checkpoints.map(({ kind, step }) => `${kind} ${step}`).join();
    const key = `${runId} ${part} ${weights}`;
    const found = kept.get(key);
    const made = found ?? make(context, runId, run, part);
    kept.delete(key);
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest);
    return made;
  }

  return {
    at: async (request) => frameAt(await forecastsOf(request.run, request.part), request),
    horizonErrors: async (run, part) => errorsByHorizon(await forecastsOf(run, part)),
  };
}

async function make(context: EngineContext, runId: RunId, run: RunDetail, part: Part): Promise<Forecasts> {
  const { workspace } = context;
  const experiment = asForecastExperiment(run.configuration);
  const { name, series } = await readVersion(workspace.path, run.datasetVersionId, experiment);
  const prepared = prepareForecast(experiment, series, name);
  // No signal: a caller that leaves must not cancel the answer for the others.
  const frame: ForecastFrame = await forecastRun(context, runId, part, undefined);
  const { epoch = null } =
    run.checkpoints.find(({ kind }) => kind === 'best') ??
    run.checkpoints.find(({ kind }) => kind === 'last') ??
    {};
  return {
    experiment,
    runId,
    part,
    prepared,
    values: frame.columns.forecast,
    baselines: baselinesOf(prepared, experiment),
    epoch: run.bestEpoch ?? epoch,
  };
}

function frameAt(
  { runId, part, prepared, values, baselines, epoch }: Forecasts,
  request: ForecastAtRequest,
): Blob {
  const { horizon, lookback, targetNames } = prepared;
  const set = prepared.windows[part];
  const window = chooseWindow(prepared, part, request);
  const index = set.series[window]!;
  const origin = set.origin[window]!;
  const series = prepared.series[index]!;
  const past = Math.min(origin + 1, Math.max(lookback, PAST_HORIZONS * horizon));
  const first = origin + 1 - past;
  const rows = past + horizon;
  const cells = horizon * targetNames.length;
  const ahead = (forecast: Float64Array, start: number, target: number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) =>
      row < past ? Number.NaN : forecast[start + (row - past) * targetNames.length + target]!,
    );
  const rivals = baselines.map(({ subject, fill }) => {
    const out = new Float64Array(cells);
    fill(index, origin, out, 0);
    return { subject, out };
  });
  const header = {
    runId,
    part,
    origins: set.count,
    origin: window,
    originUs: Number(series.times[origin]),
    series: series.name,
    seriesNames: prepared.series.map(({ name }) => name),
    targets: targetNames,
    baselines: rivals.map(({ subject }) => subject),
    lookback,
    horizon,
    epoch,
  };
  const eachTarget = <Column>(columnOf: (target: number) => Column): Column[] =>
    targetNames.map((_name, target) => columnOf(target));
  return ForecastAtFrame.toBlob({
    header,
    columns: {
      time: Float64Array.from({ length: rows }, (_, row) => Number(series.times[first + row])),
      actual: eachTarget((target) => series.actuals[target]!.slice(first, first + rows)),
      forecast: eachTarget((target) => ahead(values, window * cells, target)),
      baseline: eachTarget((target) => rivals.map(({ out }) => ahead(out, 0, target))),
    },
  });
}

function chooseWindow(prepared: PreparedForecast, part: Part, request: ForecastAtRequest): number {
  const set = prepared.windows[part];
  if (set.count === 0) throw new HindcastError('too-few-rows', `The ${part} part has no origin to show.`);
  if (request.originUs === undefined && request.series === undefined)
    return Math.min(request.origin, set.count - 1);
  const index = Math.max(
    0,
    prepared.series.findIndex(({ name }) => name === request.series),
  );
  const { times } = prepared.series[index]!;
  let chosen = -1;
  for (let window = 0; window < set.count; window++) {
    if (set.series[window] !== index) continue;
    chosen = window;
    if (request.originUs === undefined || Number(times[set.origin[window]!]) >= request.originUs) break;
  }
  return Math.max(0, chosen);
}

function errorsByHorizon({ experiment, part, prepared, values, baselines }: Forecasts): HorizonErrors {
  const set = prepared.windows[part];
  const { horizon, targetNames } = prepared;
  const all = Int32Array.from({ length: set.count }, (_, window) => window);
  const cells = horizon * targetNames.length;
  const subjects = [
    { subject: 'model', forecasts: values },
    ...baselines.map(({ subject, fill }) => {
      const forecasts = new Float64Array(set.count * cells);
      for (const window of all) fill(set.series[window]!, set.origin[window]!, forecasts, window * cells);
      return { subject, forecasts };
    }),
  ];
  const { task, evaluation } = experiment;
  return {
    horizon,
    origins: set.count,
    subjects: subjects.map(({ subject, forecasts }) => {
      const keeper = createScoreKeeper(prepared, part, { ...evaluation, scale: 'original' }, task);
      keeper.add(all, forecasts);
      const errors = keeper.byHorizon();
      return { subject, mae: errors.map(({ mae }) => mae), rmse: errors.map(({ rmse }) => rmse) };
    }),
  };
}
