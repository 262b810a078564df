// Errors by origin: means over the scored steps and targets of each origin, of the model and of each baseline.
import { expect, test } from 'vitest';
import type { ForecastFrame } from '../../../../engine/contract/results/forecast.ts';
import {
  originErrors,
  originErrorsCsv,
  subjectsOf,
} from '../../../../engine/tasks/forecast/exports/origin-errors-csv.ts';

const frame: ForecastFrame = {
  header: {
    runId: 1,
    part: 'test',
    series: ['a', 'b'],
    targets: ['y', 'z'],
    baselines: ['repeat'],
    levels: [],
    reasons: ['missing'],
    training: [
      { series: 'a', target: 'y', mean: 0, deviation: 2 },
      { series: 'a', target: 'z', mean: 0, deviation: 4 },
      { series: 'b', target: 'y', mean: 0, deviation: 1 },
      { series: 'b', target: 'z', mean: 0, deviation: 1 },
    ],
    leftOut: [],
  },
  // Two origins of series a with one step, one of series b.
  columns: {
    series: Int32Array.of(0, 0, 0, 0, 1, 1),
    origin: BigInt64Array.of(0n, 0n, 1_000_000n, 1_000_000n, 0n, 0n),
    time: new BigInt64Array(6),
    step: new Int32Array(6).fill(1),
    target: Int32Array.of(0, 1, 0, 1, 0, 1),
    forecast: Float64Array.of(1, 2, 3, 4, 5, 6),
    actual: Float64Array.of(3, 6, 3, 8, Number.NaN, 5),
    baseline: [Float64Array.of(0, 0, 0, 0, 0, 0)],
    quantile: [],
    unscored: [Uint8Array.of(0, 0, 1, 0, 1, 0)],
  },
};

test('what is not scored does not count', () => {
  expect(subjectsOf(frame)).toEqual(['model', 'repeat']);
  expect(originErrors(frame, false)).toEqual([
    { series: 'a', origin: 0n, means: [3, 4.5], count: 2 },
    { series: 'a', origin: 1_000_000n, means: [4, 8], count: 1 },
    { series: 'b', origin: 0n, means: [1, 5], count: 1 },
  ]);
});

test('standardized errors are divided by the deviation of their series and target', () => {
  expect(originErrors(frame, true)[0]!.means).toEqual([1, 1.5]);
  expect(originErrorsCsv(frame, true).slice(0, 3)).toEqual([
    'part,series,origin,subject,meanAbsoluteError,count',
    'test,a,1970-01-01T00:00:00Z,model,1,2',
    'test,a,1970-01-01T00:00:00Z,repeat,1.5,2',
  ]);
});
