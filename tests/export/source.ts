// The input of an export, made without a workspace: series far from 0 and of different spreads, like real columns, a model with
// initial weights and random biases, and our own forecasts of the checked windows.
import { selectBackend } from '../../engine/backends/select.ts';
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { quantileLevels } from '../../engine/contract/tasks/forecast.ts';
import {
  asForecastExperiment,
  type ForecastExperiment,
} from '../../engine/contract/tasks/forecast-experiment.ts';
import type { Series, SeriesColumn } from '../../engine/data/series.ts';
import type { TfjsSource } from '../../engine/export/tfjs/export-tfjs.ts';
import { windowsToCheck } from '../../engine/export/tfjs/verification.ts';
import { createParameterSet, initializeParameters } from '../../engine/models/parameters.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { modelFor, shapeFor } from '../../engine/tasks/forecast/training/model.ts';
import { forecastBatches } from '../../engine/tasks/forecast/training/pass.ts';
import { seedRandomStream } from '../../engine/training/random-streams.ts';
import { Numbers } from '../ops/numbers.ts';

const DAY = 86_400_000_000n;
const WEATHER = ['fog', 'rain', 'sun'];

export interface MadeSeries {
  readonly rows?: number;
  /** Level and spread of column `a`. */
  readonly level?: number;
  readonly spread?: number;
}

/** Columns a, b (some values missing), weather (a category), up and down (shares of two classes). */
export function madeSeries(name: string, seed: number, made: MadeSeries = {}): Series {
  const { rows = 260, level = 350, spread = 30 } = made;
  const numbers = new Numbers(seed);
  const column = (name: string, value: (t: number) => number): SeriesColumn => ({
    name,
    kind: 'numeric',
    values: Float64Array.from({ length: rows }, (_, t) => value(t)),
    categories: [],
  });
  const wave = (t: number) => Math.sin(t / 5) + 0.3 * numbers.next();
  const up = (t: number) => Number(Math.sin(t / 5) > 0);
  const weather = column('weather', (t) => (t * 7 + seed) % 3);
  return {
    name,
    times: BigInt64Array.from({ length: rows }, (_, t) => BigInt(t) * DAY),
    columns: [
      column('a', (t) => level + spread * wave(t)),
      column('b', (t) => (t % 17 === 3 || t % 17 === 4 ? Number.NaN : -3 + 0.2 * wave(t))),
      { ...weather, kind: 'category', categories: WEATHER },
      column('up', up),
      column('down', (t) => 1 - up(t)),
    ],
  };
}

export const experimentWith = (changes: object): ForecastExperiment =>
  asForecastExperiment(
    ExperimentSchema.parse({
      name: 'made',
      dataset: { name: 'made' },
      task: { kind: 'forecast', targets: ['a'], features: ['b', 'a', 'weather'], lookback: 12, horizon: 3 },
      model: { kind: 'lstm', units: 8 },
      ...changes,
    }),
  );

export interface MadeSource extends TfjsSource {
  readonly series: readonly Series[];
}

/** Leaves the stock backend `cpu` current, as an export expects it. */
export async function sourceOf(
  experiment: ForecastExperiment,
  series: readonly Series[],
): Promise<MadeSource> {
  const prepareWith = (pipeline: ForecastExperiment['pipeline']) =>
    prepareForecast({ ...experiment, pipeline }, series, 'made');
  const prepared = prepareWith(experiment.pipeline);
  const model = modelFor(experiment, prepared);
  const random = seedRandomStream(1, 'init');
  const weights = initializeParameters(model.specs, random);
  for (const { values } of weights) {
    for (let i = 0; i < values.length; i++) values[i]! += 0.1 * (random.uniform() - 0.5);
  }
  const windows = windowsToCheck(prepared.windows);
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  const parameters = createParameterSet(model.specs, weights);
  const pass = { data: prepared, set: windows, model, weight: parameters.weight, size: windows.count };
  const [batch] = [...forecastBatches(pass)];
  const forecasts = batch!.quantiles ?? [batch!.forecasts.slice()];
  parameters.dispose();
  await selectBackend('cpu', { allowFallback: false, threads: 1 });
  const { fitted } = prepared;
  const shape = shapeFor(experiment, prepared);
  const levels = model.head === null ? null : quantileLevels(experiment.task);
  const made = { experiment, series, prepareWith, prepared, fitted, shape, weights, windows, forecasts };
  return { ...made, levels, intervals: null };
}
