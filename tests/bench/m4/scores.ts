// The scores of the M4 competition (Makridakis and others 2020): means over all series and steps of sMAPE and MASE, and their mean ratio
// to those of Naive2, the OWA. Naive2 is the last value, the season taken out before where it is significant and put back.
import { naive2Of } from '../../../engine/evaluation/naive2.ts';
import type { M4Series } from './file.ts';

export interface M4Score {
  /** Per cent. */
  readonly smape: number;
  readonly mase: number;
}

/** By name of the series: what a method forecasts of it. */
export type M4Forecasts = ReadonlyMap<string, ArrayLike<number>>;

export function scoreM4(series: readonly M4Series[], season: number, forecasts: M4Forecasts): M4Score {
  const scores = series.map(({ name, known, future }) => {
    const forecast = forecasts.get(name);
    if (!forecast || forecast.length < future.length) throw new Error(`No forecast of ${name}.`);
    const scale = mean(known.slice(season).map((value, row) => Math.abs(value - known[row]!)));
    const errors = future.map((actual, step) => Math.abs(actual - forecast[step]!));
    const shares = errors.map(
      (error, step) => (200 * error) / (Math.abs(future[step]!) + Math.abs(forecast[step]!)),
    );
    return { smape: mean(shares), mase: mean(errors) / scale };
  });
  return { smape: mean(scores.map(({ smape }) => smape)), mase: mean(scores.map(({ mase }) => mase)) };
}

export const owaOf = (score: M4Score, naive2: M4Score): number =>
  (score.smape / naive2.smape + score.mase / naive2.mase) / 2;

const forecastAll = (
  series: readonly M4Series[],
  of: (one: M4Series) => (step: number) => number,
): M4Forecasts =>
  new Map(
    series.map((one) => {
      const at = of(one);
      return [one.name, one.future.map((_, index) => at(index + 1))];
    }),
  );

/** The methods of the competition that need no training. */
export function simpleMethods(series: readonly M4Series[], season: number): ReadonlyMap<string, M4Forecasts> {
  return new Map([
    [
      'naive',
      forecastAll(
        series,
        ({ known }) =>
          () =>
            known.at(-1)!,
      ),
    ],
    [
      'seasonal-naive',
      forecastAll(
        series,
        ({ known }) =>
          (step) =>
            known.at(((step - 1) % season) - season)!,
      ),
    ],
    [
      'naive2',
      forecastAll(series, ({ known }) => {
        const naive2 = naive2Of(Float64Array.from(known), season);
        return (step) => naive2(known.at(-1)!, known.length - 1, step);
      }),
    ],
  ]);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
