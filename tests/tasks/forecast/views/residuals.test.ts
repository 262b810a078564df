// What the errors of forecasts look like: a model that copies is found, errors that could be forecast are found, and the pictures add up.
import { expect, test } from 'vitest';
import { originLosses } from '../../../../engine/tasks/forecast/duel/origin-losses.ts';
import { prepareForecast } from '../../../../engine/tasks/forecast/preparation/prepare.ts';
import { residualsOf } from '../../../../engine/tasks/forecast/views/residuals.ts';
import type { PartForecasts } from '../../../../engine/tasks/forecast/views/result.ts';
import { makeExperiment, makeRandom, makeSeries, wave } from '../../../data/made-series.ts';

const HORIZON = 3;
const HOUR_US = 3_600_000_000n;

function forecastsOf(
  y: readonly number[],
  fill: (origin: number, step: number) => number,
  stepUs = HOUR_US,
): PartForecasts {
  const experiment = makeExperiment({ horizon: HORIZON });
  const prepared = prepareForecast(experiment, [makeSeries({ y }, { stepUs })], 'made');
  const { origin, count } = prepared.windows.test;
  const values = new Float64Array(count * HORIZON);
  for (let window = 0; window < count; window += 1)
    for (let step = 1; step <= HORIZON; step += 1)
      values[window * HORIZON + step - 1] = fill(origin[window]!, step);
  return { experiment, part: 'test', prepared, values, baselines: [] };
}

const y = wave(600);
const noise = makeRandom(8);

test('a model that repeats the last value copies, one that is off by noise does not', () => {
  const copy = residualsOf(
    forecastsOf(y, (origin) => y[origin]!),
    {},
    1,
  );
  expect(copy.copies).toMatchObject({ lag: 1, isCopy: true, fromLast: 0 });
  expect(copy.copies.words).toContain('It copies');
  expect(
    residualsOf(
      forecastsOf(y, (origin) => y[origin]!),
      { step: 3 },
      1,
    ).copies.lag,
  ).toBe(3);
  const good = residualsOf(
    forecastsOf(y, (origin, step) => y[origin + step]! + noise() - 0.5),
    {},
    1,
  );
  expect(good.copies).toMatchObject({ lag: 0, isCopy: false });
});

test('what is left in the errors is told from noise', () => {
  const left = residualsOf(
    forecastsOf(y, () => 10),
    {},
    1,
  );
  expect(left.autocorrelation!.pValue).toBeLessThan(1e-6);
  expect(left.words).toContain('something left to forecast');
  const white = residualsOf(
    forecastsOf(y, (origin, step) => y[origin + step]! + noise() - 0.5),
    {},
    1,
  );
  expect(white.words).toContain('look like noise');
});

test('pictures add up to the errors', () => {
  const forecasts = forecastsOf(y, (origin, step) => y[origin + step]! + step);
  const found = residualsOf(forecasts, { step: 2 }, 7);
  const { count } = forecasts.prepared.windows.test;
  expect(found).toMatchObject({ runId: 7, count, step: 2, horizon: HORIZON });
  expect(found.mean).toBeCloseTo(2, 9);
  expect(found.histogram.counts.reduce((sum, bin) => sum + bin, 0)).toBe(count);
  expect(found.byHour.reduce((sum, { count: hours }) => sum + hours, 0)).toBe(count);
  expect(found.byWeekday).toHaveLength(7);
  expect(found.map.steps).toEqual([1, 2, 3]);
  expect(found.map.sizes.map((line) => line[0])).toEqual([1, 2, 3].map((size) => expect.closeTo(size, 9)));
  expect(found.map.origin.every((origin) => origin >= 0 && origin < count)).toBe(true);
  expect(found.byLevel).toHaveLength(10);
  expect(() => residualsOf(forecasts, { step: 4 }, 1)).toThrow('no step 4');
  expect(() => residualsOf(forecasts, { target: 'z' }, 1)).toThrow('no target "z"');
});

test('the weekday of a row is that of its date', () => {
  const forecasts = forecastsOf(y, () => 10);
  const { byWeekday } = residualsOf(forecasts, {}, 1);
  const { times } = forecasts.prepared.series[0]!;
  const { origin, count } = forecasts.prepared.windows.test;
  const days = new Array<number>(7).fill(0);
  for (let window = 0; window < count; window += 1) {
    const date = new Date(Number(times[origin[window]! + 1]! / 1000n));
    days[(date.getUTCDay() + 6) % 7]! += 1;
  }
  expect(byWeekday.map(({ count: known }) => known)).toEqual(days);
});

test('rows of a month have neither hours nor weekdays', () => {
  const forecasts = forecastsOf(y, () => 10, 30n * 24n * HOUR_US);
  expect(residualsOf(forecasts, {}, 1)).toMatchObject({ byHour: [], byWeekday: [] });
});

test('losses by origin are means over the steps, in order of time', () => {
  const forecasts = forecastsOf(y, (origin, step) => y[origin + step]! + step);
  const { times, losses } = originLosses(forecasts, false);
  expect(times).toEqual(times.toSorted());
  expect([...losses].every((loss) => Math.abs(loss - 2) < 1e-9)).toBe(true);
  expect(originLosses(forecasts, true).losses[0]).toBeCloseTo(14 / 3, 9);
});
