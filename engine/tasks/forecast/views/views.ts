// A run's forecasts of one part as screens show them: a few neighbouring origins with the past before them, and errors by step.

import type { ChosenOrigins, OriginChoice } from '../../../contract/processes/jobs/forecasts.ts';
import { ForecastAtFrame } from '../../../contract/results/forecast.ts';
import type { HorizonErrors } from '../../../contract/results/forecast-errors.ts';
import { quantileLevels } from '../../../contract/tasks/forecast.ts';
import type { ForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { PreparedForecast } from '../../../data/prepared.ts';
import type { Calibration } from '../../../evaluation/intervals/calibration.ts';
import { intervalsOfPart } from '../../../evaluation/intervals/of-part.ts';
import { intervalMethod } from '../../../evaluation/intervals/registry.ts';
import type { BaselineForecaster } from '../../../evaluation/score-baselines.ts';
import type { Quantiles } from '../../../evaluation/score-keeper.ts';
import type { WeightLookup } from '../../../models/parameters.ts';
import type { ScoredPart } from '../../task-kind.ts';
import { partSubject, requireRoom } from '../exports/predictions.ts';
import { quantileMaker } from '../intervals.ts';
import { modelFor } from '../training/model.ts';
import { forecastBatches } from '../training/pass.ts';
import { validationBatchSize } from '../training/training.ts';
import { horizonErrors } from './horizon-errors.ts';
import type { PartForecasts } from './result.ts';

/** Rows of the past shown beside a forecast, in horizons; at least the look-back. */
const PAST_HORIZONS = 4;

export interface ViewedForecast {
  readonly experiment: ForecastExperiment;
  readonly prepared: PreparedForecast;
  /** Fitted to it. */
  readonly baselines: readonly BaselineForecaster[];
  readonly part: ScoredPart;
  readonly weight: WeightLookup;
  /** Of the model; null where the task calibrates nothing. */
  calibration(): Calibration | null;
}

/** @throws HindcastError `too-few-rows` where the part has no origin. */
export function forecastsAt(
  viewed: ViewedForecast,
  choice: OriginChoice,
  about: { readonly runId: number; readonly epoch: number | null },
): ChosenOrigins {
  const { prepared, part, baselines } = viewed;
  const { count } = prepared.windows[part];
  const chosen = chooseWindow(prepared, part, choice);
  const first = chosen - (chosen % choice.block);
  const last = Math.min(count, first + choice.block);
  const cells = prepared.horizon * prepared.targetNames.length;
  const { from, values, quantiles } = forecastsBetween(viewed, first, last);
  const levels = quantileLevels(viewed.experiment.task) ?? [];
  const frames: Uint8Array[] = [];
  for (let window = first; window < last; window++) {
    const ofWindow = (all: Float64Array) =>
      all.subarray((window - from) * cells, (window - from + 1) * cells);
    const ahead = { levels, forecast: ofWindow(values), quantiles: quantiles?.map(ofWindow) ?? [] };
    frames.push(ForecastAtFrame.encode(frameAt({ prepared, part, window, ...ahead, baselines, ...about })));
  }
  return { origins: count, chosen, first, frames };
}

/** Of every origin, with the baselines to set them against. @throws HindcastError `too-few-rows` where the part has none, `invalid-input` for too many. */
export function forecastsOfPart(viewed: ViewedForecast): PartForecasts {
  const { experiment, prepared, part, baselines } = viewed;
  const { count } = prepared.windows[part];
  if (count === 0) throw noOrigin(part);
  requireRoom(partSubject(prepared, part));
  const { values, quantiles } = forecastsBetween(viewed, 0, count);
  return { experiment, part, prepared, values, quantiles, baselines };
}

const noOrigin = (part: ScoredPart): HindcastError =>
  new HindcastError('too-few-rows', `The ${part} part has no origin to show.`);

/** In the batches of a pass over the whole part, so that each forecast has the bits that it has there. */
function forecastsBetween(viewed: ViewedForecast, first: number, last: number): ForecastsBetween {
  const { experiment, prepared, part } = viewed;
  const set = prepared.windows[part];
  const size = validationBatchSize(experiment.training.batchSize);
  // Intervals that follow the errors begin with the first window.
  const from = intervalMethod(experiment.task)?.isSequential ? 0 : first - (first % size);
  const to = Math.min(set.count, Math.ceil(last / size) * size);
  const cells = prepared.horizon * prepared.targetNames.length;
  const length = (to - from) * cells;
  const values = new Float64Array(length);
  const levels = quantileLevels(experiment.task);
  const quantiles = levels?.map(() => new Float64Array(length)) ?? null;
  for (const batch of batchesOf(viewed, { from, to })) {
    const at = (batch.indices[0]! - from) * cells;
    values.set(batch.forecasts, at);
    quantiles?.forEach((level, index) => {
      level.set(batch.quantiles?.[index] ?? [], at);
    });
  }
  return { from, values, quantiles };
}

interface ForecastsBetween {
  /** The first window of what follows. */
  readonly from: number;
  readonly values: Float64Array;
  readonly quantiles: Quantiles | null;
}

function chooseWindow(
  prepared: PreparedForecast,
  part: ScoredPart,
  { origin, originUs, series: name }: OriginChoice,
): number {
  const set = prepared.windows[part];
  if (set.count === 0) throw noOrigin(part);
  if (originUs === undefined && name === undefined) return Math.min(origin, set.count - 1);
  const index = Math.max(
    0,
    prepared.series.findIndex((series) => series.name === name),
  );
  const { times } = prepared.series[index]!;
  let chosen = -1;
  for (let window = 0; window < set.count; window++) {
    if (set.series[window] !== index) continue;
    chosen = window;
    if (originUs === undefined || Number(times[set.origin[window]!]) >= originUs) break;
  }
  return Math.max(0, chosen);
}

interface OneOrigin {
  readonly prepared: PreparedForecast;
  readonly part: ScoredPart;
  readonly window: number;
  /** [horizon, targets] original units. */
  readonly forecast: Float64Array;
  readonly levels: readonly number[];
  /** By level, as the forecast. */
  readonly quantiles: readonly Float64Array[];
  readonly baselines: readonly BaselineForecaster[];
  readonly runId: number;
  readonly epoch: number | null;
}

function frameAt(one: OneOrigin): ForecastAtFrame {
  const { prepared, part, window, forecast, levels, quantiles, baselines, runId, epoch } = one;
  const { horizon, lookback, targetNames } = prepared;
  const set = prepared.windows[part];
  const index = set.series[window]!;
  const origin = set.origin[window]!;
  const series = prepared.series[index]!;
  const past = Math.min(origin + 1, Math.max(lookback, PAST_HORIZONS * horizon));
  const first = origin + 1 - past;
  const rows = past + horizon;
  const ahead = (values: Float64Array, target: number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) =>
      row < past ? Number.NaN : values[(row - past) * targetNames.length + target]!,
    );
  const rivals = baselines.map(({ subject, fill }) => {
    const out = new Float64Array(horizon * targetNames.length);
    fill(index, origin, out, 0);
    return { subject, out };
  });
  const eachTarget = <Column>(columnOf: (target: number) => Column): Column[] =>
    targetNames.map((_name, target) => columnOf(target));
  return {
    header: {
      runId,
      part,
      origins: set.count,
      origin: window,
      originUs: Number(series.times[origin]),
      series: series.name,
      firstOfSeries: set.series.indexOf(index),
      originsOfSeries: set.series.lastIndexOf(index) + 1 - set.series.indexOf(index),
      seriesNames: [...new Set(set.series)].map((known) => prepared.series[known]!.name),
      targets: targetNames,
      baselines: rivals.map(({ subject }) => subject),
      levels,
      lookback,
      horizon,
      epoch,
    },
    columns: {
      time: Float64Array.from({ length: rows }, (_, row) => Number(series.times[first + row])),
      actual: eachTarget((target) => series.actuals[target]!.slice(first, first + rows)),
      forecast: eachTarget((target) => ahead(forecast, target)),
      baseline: eachTarget((target) => rivals.map(({ out }) => ahead(out, target))),
      quantile: eachTarget((target) => quantiles.map((level) => ahead(level, target))),
    },
  };
}

/** A batch of forecasts is in memory at a time. */
export function errorsByHorizon(viewed: ViewedForecast): HorizonErrors {
  const { count } = viewed.prepared.windows[viewed.part];
  return horizonErrors(viewed, batchesOf(viewed, { from: 0, to: count }));
}

function* batchesOf(
  { experiment, prepared, part, weight, calibration }: ViewedForecast,
  range: { readonly from: number; readonly to: number },
) {
  const set = prepared.windows[part];
  const size = validationBatchSize(experiment.training.batchSize);
  const model = modelFor(experiment, prepared);
  const maker = intervalsOfPart(prepared, part, { task: experiment.task, calibration: calibration() });
  const quantilesOf = quantileMaker(prepared, set, maker);
  for (const batch of forecastBatches({ data: prepared, set, range, model, weight, size })) {
    const forecasts = prepared.toOriginal(set, batch.indices, batch.forecasts);
    yield { indices: batch.indices, forecasts, quantiles: quantilesOf(batch, forecasts) };
  }
}
