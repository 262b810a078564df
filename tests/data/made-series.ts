// Small series and experiments for the tests of the pipeline and the evaluation.
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import {
  asForecastExperiment,
  type ForecastExperiment,
} from '../../engine/contract/tasks/forecast-experiment.ts';
import type { Series, SeriesColumn } from '../../engine/data/series.ts';

export const DAY_US = 86_400_000_000n;
/** A Saturday. */
export const START_US = BigInt(Date.UTC(2000, 0, 1)) * 1000n;

export interface MadeOptions {
  readonly name?: string;
  readonly stepUs?: bigint;
  readonly startUs?: bigint;
}

/** NaN for missing numbers; strings make a category column, null a missing category. */
export type MadeColumns = Readonly<Record<string, readonly number[] | readonly (string | null)[]>>;

export function makeSeries(columns: MadeColumns, options: MadeOptions = {}): Series {
  const made = Object.entries(columns).map(([name, values]) => makeColumn(name, values));
  const rows = made[0]!.values.length;
  const { stepUs = DAY_US, startUs = START_US } = options;
  const times = BigInt64Array.from({ length: rows }, (_, row) => startUs + BigInt(row) * stepUs);
  return { name: options.name ?? 'main', times, columns: made };
}

function makeColumn(name: string, values: MadeColumns[string]): SeriesColumn {
  if (values.every((value) => typeof value === 'number')) {
    return { name, kind: 'numeric', values: Float64Array.from(values), categories: [] };
  }
  const known = values.filter((value) => value !== null);
  const categories = [...new Set(known.map(String))];
  const codes = Float64Array.from(values, (value) =>
    value === null ? NaN : categories.indexOf(String(value)),
  );
  return { name, kind: 'category', values: codes, categories };
}

/** Not Math.random: mulberry32, the same numbers in every run; uniform in [0, 1). */
export function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A noisy wave around 10, positive everywhere. */
export function wave(rows: number, seed = 1): number[] {
  const random = makeRandom(seed);
  return Array.from({ length: rows }, (_, row) => 10 + 3 * Math.sin(row / 3) + random());
}

type Input = Readonly<Record<string, unknown>>;

/** Target `y`, look-back 4, horizon 2 and no pipeline, unless `task` or `rest` say otherwise. */
export function makeExperiment(task: Input = {}, rest: Input = {}): ForecastExperiment {
  const experiment = ExperimentSchema.parse({
    name: 'made',
    dataset: { name: 'made' },
    task: { kind: 'forecast', targets: ['y'], lookback: 4, horizon: 2, ...task },
    model: { kind: 'lstm', units: 4 },
    pipeline: [],
    ...rest,
  });
  return asForecastExperiment(experiment);
}

/** The error that `act` throws; fails where it throws none. */
export function errorOf(act: () => unknown): Error & { code?: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}
