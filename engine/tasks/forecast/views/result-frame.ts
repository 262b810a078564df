// The result of a run at a glance, as one frame.

import type { ForecastResultJob, ResultChoice } from '../../../contract/processes/jobs/forecasts.ts';
import type { SeriesScores } from '../../../contract/results/forecast-errors.ts';
import { ResultFrame } from '../../../contract/results/result.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { firstNotBefore } from '../../../data/first-not-before.ts';
import { bucketBounds, type Reduced, reduce } from '../../../data/reduction.ts';
import {
  type Choice,
  errorsByStep,
  MOST_WORST,
  type OverTime,
  overTime,
  type PartForecasts,
  scoresBySeries,
  windowsBySeries,
  worstOrigins,
} from './result.ts';

/** Every series is scored once, not again for each series and target on screen. */
const scored = new WeakMap<PartForecasts, SeriesScores[]>();

/** @throws HindcastError `too-few-rows` where the part has no origin, `not-found` for a series or target that it lacks. */
export function resultFrame(
  forecasts: PartForecasts,
  {
    runId,
    epoch,
    verdict,
    choice: request,
  }: Pick<ForecastResultJob, 'runId' | 'epoch' | 'verdict' | 'choice'>,
): Uint8Array {
  const { part, prepared } = forecasts;
  const { horizon, targetNames, series } = prepared;
  const all = windowsBySeries(forecasts);
  const choice = choose(forecasts, all, request);
  const steps = [...new Set([1, horizon])];
  const shown = overTime(forecasts, choice, steps);
  const range = rowsBetween(shown.times, request);
  const rows = range.end - range.start;
  const bounds = bucketBounds(rows, request.points).map((row) => row + range.start);
  const bySeries = scored.get(forecasts) ?? scoresBySeries(forecasts);
  scored.set(forecasts, bySeries);
  const { origin } = prepared.windows[part];
  const originUs = (window: number | undefined) => Number(series[choice.series]!.times[origin[window ?? 0]!]);
  return ResultFrame.encode({
    header: {
      runId,
      part,
      verdict,
      epoch,
      seriesNames: [...all.keys()].map((index) => series[index]!.name),
      series: series[choice.series]!.name,
      targets: targetNames,
      target: choice.target,
      steps,
      origins: choice.windows.length,
      firstUs: originUs(choice.windows[0]),
      lastUs: originUs(choice.windows.at(-1)),
      rows,
      whole: rows <= request.points,
      errorByStep: errorsByStep(forecasts, choice),
      worst: worstOrigins(forecasts, choice, MOST_WORST),
      bySeries,
    },
    columns: columnsOf(shown, bounds),
  });
}

function choose(
  { prepared, part }: PartForecasts,
  windows: ReadonlyMap<number, readonly number[]>,
  { series, target }: ResultChoice,
): Choice {
  const [first] = windows.keys();
  if (first === undefined) throw new HindcastError('too-few-rows', `The ${part} part has no origin to show.`);
  const index = series === undefined ? first : prepared.series.findIndex(({ name }) => name === series);
  const ofSeries = windows.get(index);
  if (!ofSeries) {
    const names = [...windows.keys()].map((one) => prepared.series[one]!.name).join(', ');
    throw new HindcastError(
      'not-found',
      `The ${part} part has no origin of a series "${series}"; choose one of ${names}.`,
    );
  }
  const column = target === undefined ? 0 : prepared.targetNames.indexOf(target);
  if (column < 0) {
    const names = prepared.targetNames.join(', ');
    throw new HindcastError('not-found', `The run does not forecast "${target}"; choose one of ${names}.`);
  }
  return { series: index, windows: ofSeries, target: column };
}

/** Rows of the range and one more at either side, so that lines leave the picture instead of ending in it. */
function rowsBetween(
  times: Float64Array,
  { fromUs, toUs }: ResultChoice,
): { readonly start: number; readonly end: number } {
  const first = fromUs === undefined ? 0 : firstNotBefore(times, fromUs) - 1;
  const after = toUs === undefined ? times.length : firstNotBefore(times, toUs) + 2;
  const start = Math.max(0, Math.min(first, times.length - 1));
  return { start, end: Math.max(start, Math.min(times.length, after)) };
}

function columnsOf({ times, actual, forecasts }: OverTime, bounds: Int32Array): ResultFrame['columns'] {
  const known = reduce(actual, bounds);
  const made = forecasts.map((line) => reduce(line, bounds));
  const each = (name: keyof Reduced) => made.map((reduced) => reduced[name]);
  return {
    time: Float64Array.from(bounds.subarray(0, -1), (row) => times[row]!),
    end: Float64Array.from(bounds.subarray(1), (row) => times[row - 1]!),
    actual: known.mean,
    actualMin: known.min,
    actualMax: known.max,
    forecast: each('mean'),
    forecastMin: each('min'),
    forecastMax: each('max'),
  };
}
