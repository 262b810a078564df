// `task.origins: "complete"`: windows exist only where every target is known, in every part.
import { expect, test } from 'vitest';
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { asForecastExperiment } from '../../engine/contract/tasks/forecast-experiment.ts';
import type { Series } from '../../engine/data/series.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';

/** Every tenth pair of rows has targets. */
const ROWS = 200;
const isDue = (row: number) => row % 10 >= 8;
const series: Series = {
  name: 'one',
  times: BigInt64Array.from({ length: ROWS }, (_, row) => BigInt(row) * 1_000_000n),
  columns: [
    {
      name: 'x',
      kind: 'numeric',
      values: Float64Array.from({ length: ROWS }, (_, row) => row % 7),
      categories: [],
    },
    {
      name: 'y',
      kind: 'numeric',
      values: Float64Array.from({ length: ROWS }, (_, row) => (isDue(row) ? row : Number.NaN)),
      categories: [],
    },
  ],
};

const prepared = (origins: 'every' | 'complete') =>
  prepareForecast(
    asForecastExperiment(
      ExperimentSchema.parse({
        name: 'due',
        dataset: { name: 'due' },
        task: { kind: 'forecast', targets: ['y'], features: ['x'], lookback: 5, horizon: 2, origins },
        split: { kind: 'fraction', train: 0.5, validation: 0.25 },
        pipeline: [],
        model: { kind: 'rnn', units: 2 },
      }),
    ),
    [series],
    'due',
  ).windows;

test('one window for each answer', () => {
  const { train, validation, test: last } = prepared('complete');
  expect([train.count, validation.count, last.count]).toEqual([10, 5, 5]);
  for (const set of [train, validation, last]) {
    expect([...set.origin].every((origin) => isDue(origin + 1) && isDue(origin + 2))).toBe(true);
  }
});

test('by default every origin, in training those with any known target', () => {
  const { train, validation } = prepared('every');
  expect(train.count).toBe(29);
  expect(validation.count).toBe(49);
});
