// The errors of a part's forecasts for one series and target. Pure.

import type { ResidualChoice } from '../../../contract/processes/jobs/forecasts.ts';
import type { Residuals } from '../../../contract/results/residuals.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { autocorrelation } from '../../../evaluation/significance/autocorrelation.ts';
import { copiesOf, type Pair } from './copies.ts';
import { type PartForecasts, windowsBySeries } from './result.ts';

/** Of a picture. */
const MOST_POINTS = 300;
const MOST_BINS = 24;
const MOST_LINES = 24;
const MOST_LAGS = 48;
const LEVELS = 10;
const DAY_US = 86_400e6;

/** @throws HindcastError `not-found` for a series, target or step that the forecasts lack */
export function residualsOf(forecasts: PartForecasts, choice: ResidualChoice, runId: number): Residuals {
  const { prepared, part, values } = forecasts;
  const { horizon, targetNames, series: all } = prepared;
  const byWindow = windowsBySeries(forecasts);
  const seriesNames = [...byWindow.keys()].map((index) => all[index]!.name);
  const series = found(seriesNames, choice.series ?? seriesNames[0], 'series');
  const target = found([...targetNames], choice.target ?? targetNames[0], 'target');
  const step = choice.step ?? 1;
  if (step > horizon)
    throw new HindcastError('not-found', `The horizon is ${horizon} steps, so there is no step ${step}.`);
  const index = [...byWindow.keys()][seriesNames.indexOf(series)]!;
  const windows = byWindow.get(index)!;
  const column = targetNames.indexOf(target);
  const { times, actuals } = all[index]!;
  const truths = actuals[column]!;
  const { origin } = prepared.windows[part];
  const cellOf = (window: number, ahead: number) =>
    (window * horizon + ahead - 1) * targetNames.length + column;
  const lastKnown = (row: number): number => {
    let at = row;
    while (at > 0 && Number.isNaN(truths[at])) at -= 1;
    return truths[at]!;
  };
  const pairsOf = (ahead: number): Pair[] =>
    windows.map((window) => {
      const row = origin[window]! + ahead;
      return {
        time: Number(times[row]),
        truth: truths[row]!,
        forecast: values[cellOf(window, ahead)]!,
        last: lastKnown(origin[window]!),
      };
    });
  const pairs = pairsOf(step);
  const known = pairs.filter(({ truth, forecast }) => Number.isFinite(truth) && Number.isFinite(forecast));
  const errors = Float64Array.from(known, ({ truth, forecast }) => forecast - truth);
  const mean = average(errors);
  const deviation = Math.sqrt(
    errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / Math.max(1, errors.length - 1),
  );
  const left =
    errors.length > MIN_ERRORS
      ? autocorrelation(errors, Math.min(MOST_LAGS, Math.floor(errors.length / 4)))
      : null;
  const rowUs = Number(times[1] ?? 0n) - Number(times[0] ?? 0n);
  return {
    runId,
    part,
    seriesNames,
    series,
    targets: [...targetNames],
    target,
    step,
    horizon,
    count: errors.length,
    mean,
    deviation,
    overTime: overTime(known, errors),
    histogram: histogramOf(errors),
    autocorrelation: left && { ...left, values: [...left.values] },
    byHour:
      rowUs >= DAY_US
        ? []
        : byClass(known, errors, 24, (time) => Math.floor((((time % DAY_US) + DAY_US) % DAY_US) / 3600e6)),
    // The first of January 1970 was a Thursday.
    byWeekday:
      rowUs > DAY_US
        ? []
        : byClass(known, errors, 7, (time) => (((Math.floor(time / DAY_US) + 3) % 7) + 7) % 7),
    byLevel: byLevel(known, errors),
    map: mapOf(),
    copies: copiesOf(pairs, step),
    words: leftWords(left, step),
  };

  function mapOf(): Residuals['map'] {
    const bounds = bucketsOf(windows.length, MOST_POINTS);
    const lines = bucketsOf(horizon, MOST_LINES);
    const timeOf = (at: number) => Number(times[origin[windows[at]!]!]);
    return {
      from: bounds.map(([from]) => timeOf(from)),
      to: bounds.map(([, to]) => timeOf(to - 1)),
      origin: bounds.map(([from, to]) => windows[Math.floor((from + to - 1) / 2)]!),
      steps: lines.map(([from]) => from + 1),
      sizes: lines.map(([first, end]) =>
        bounds.map(([from, to]) => {
          const sizes: number[] = [];
          for (let at = from; at < to; at += 1) {
            for (let ahead = first + 1; ahead <= end; ahead += 1) {
              const window = windows[at]!;
              const size = Math.abs(values[cellOf(window, ahead)]! - truths[origin[window]! + ahead]!);
              if (Number.isFinite(size)) sizes.push(size);
            }
          }
          return average(sizes);
        }),
      ),
    };
  }
}

/** Fewer errors have no autocorrelation worth a look. */
const MIN_ERRORS = 20;

function found(names: readonly string[], name: string | undefined, what: string): string {
  if (name !== undefined && names.includes(name)) return name;
  const message = `These forecasts have no ${what} "${name ?? ''}"; they have ${names.join(', ')}.`;
  throw new HindcastError('not-found', message, { details: { [what]: name ?? '' } });
}

const average = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += values[at]!;
  return sum / values.length;
};

/** Ranges [from, to) that cover `count` things in at most `most` pieces. */
function bucketsOf(count: number, most: number): [number, number][] {
  const pieces = Math.min(count, most);
  const at = (piece: number) => Math.floor((piece * count) / pieces);
  return Array.from({ length: pieces }, (_, piece) => [at(piece), at(piece + 1)]);
}

function overTime(pairs: readonly Pair[], errors: Float64Array): Residuals['overTime'] {
  const bounds = bucketsOf(pairs.length, MOST_POINTS);
  const some = bounds.map(([from, to]) => errors.subarray(from, to));
  return {
    from: bounds.map(([from]) => pairs[from]!.time),
    to: bounds.map(([, to]) => pairs[to - 1]!.time),
    mean: some.map(average),
    least: some.map((part) => Math.min(...part)),
    most: some.map((part) => Math.max(...part)),
  };
}

function histogramOf(errors: Float64Array): Residuals['histogram'] {
  if (errors.length === 0) return { edges: [], counts: [] };
  const sorted = errors.toSorted();
  const [low, high] = [sorted[0]!, sorted.at(-1)!];
  if (low === high) return { edges: [low, high], counts: [errors.length] };
  const bins = Math.min(MOST_BINS, Math.max(4, Math.ceil(2 * Math.cbrt(errors.length))));
  const counts = new Array<number>(bins).fill(0);
  for (const error of errors)
    counts[Math.min(bins - 1, Math.floor(((error - low) / (high - low)) * bins))]! += 1;
  return { edges: Array.from({ length: bins + 1 }, (_, edge) => low + ((high - low) * edge) / bins), counts };
}

function byClass(
  pairs: readonly Pair[],
  errors: Float64Array,
  classes: number,
  classOf: (time: number) => number,
): Residuals['byHour'] {
  const groups = Array.from({ length: classes }, () => ({ sum: 0, size: 0, count: 0 }));
  pairs.forEach(({ time }, at) => {
    const group = groups[classOf(time)]!;
    group.sum += errors[at]!;
    group.size += Math.abs(errors[at]!);
    group.count += 1;
  });
  if (groups.filter(({ count }) => count > 0).length < 2) return [];
  return groups.map(({ sum, size, count }) => ({ mean: sum / count, size: size / count, count }));
}

function byLevel(pairs: readonly Pair[], errors: Float64Array): Residuals['byLevel'] {
  const order = pairs.map((_, at) => at).toSorted((a, b) => pairs[a]!.truth - pairs[b]!.truth);
  return bucketsOf(order.length, LEVELS).map(([from, to]) => {
    const some = order.slice(from, to);
    return {
      level: average(some.map((at) => pairs[at]!.truth)),
      mean: average(some.map((at) => errors[at]!)),
      size: average(some.map((at) => Math.abs(errors[at]!))),
    };
  });
}

function leftWords(left: ReturnType<typeof autocorrelation> | null, step: number): string {
  if (left === null || Number.isNaN(left.pValue))
    return 'Too few errors, or errors all alike: nothing can be said of what is left in them.';
  const p = `Ljung-Box over ${left.values.length} lags: p = ${Number(left.pValue.toPrecision(2))}`;
  if (step > 1)
    return `Errors ${step} steps ahead overlap, so neighbours are alike by themselves (${p}); look at 1 step ahead.`;
  return left.pValue < 0.05
    ? `An error follows from those before it (${p}): there is something left to forecast.`
    : `The errors look like noise (${p}).`;
}
