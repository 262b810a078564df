// How well the quantiles of a part's forecasts are calibrated, of the model and of the baselines. Pure.

import type { BandResult, IntervalResult } from '../../../contract/results/intervals.ts';
import { type ForecastTask, quantileLevels } from '../../../contract/tasks/forecast.ts';
import { bandsOf, CALIBRATION_SHARE } from '../../../contract/tasks/quantiles.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { countText } from '../../../data/count-text.ts';
import { scoredWindows } from '../../../data/windows.ts';
import { calibrationSet } from '../../../evaluation/intervals/calibration.ts';
import { intervalMethod } from '../../../evaluation/intervals/registry.ts';
import { quantileCrps } from '../../../evaluation/metrics/quantile-loss.ts';
import type { Quantiles } from '../../../evaluation/score-keeper.ts';
import { shareText } from '../../../words/share-text.ts';
import { type PartForecasts, subjectsOf } from './result.ts';

/** @throws HindcastError `conflict` where the run forecasts values alone */
export function intervalResult(forecasts: PartForecasts, runId: number): IntervalResult {
  const result = intervalsOfPart(forecasts);
  if (result) return { runId, ...result };
  const message = `Run ${runId} forecasts values without intervals; train one with task.intervals set to conformal or adaptive, or with task.loss pinball or gaussian.`;
  throw new HindcastError('conflict', message, { details: { run: runId } });
}

/** Null where values alone are forecast. */
export function intervalsOfPart(forecasts: PartForecasts): Omit<IntervalResult, 'runId'> | null {
  const { experiment, prepared, part } = forecasts;
  const levels = quantileLevels(experiment.task);
  if (levels === null || !forecasts.quantiles) return null;
  const windows = Array.from(
    { length: scoredWindows(prepared.windows[part], experiment.evaluation) },
    (_, window) => window,
  );
  const subjects = subjectsOf(forecasts, windows).flatMap(({ subject, quantiles, cellsOf }) => {
    if (quantiles === null) return [];
    const tally = createTally(levels, prepared.horizon);
    windows.forEach((window, index) => {
      tallyWindow(forecasts, { tally, window, quantiles, start: cellsOf(window, index).start });
    });
    return [{ subject, ...tally.finish() }];
  });
  const method = methodWords(experiment.task, forecasts);
  const { horizon } = prepared;
  const unit = experiment.evaluation.scale;
  return { part, levels: [...levels], horizon, unit, method, subjects, words: wordsOf(subjects) };
}

interface Tally {
  add(step: number, actual: number, quantile: (level: number) => number, scale: number): void;
  finish(): Omit<IntervalResult['subjects'][number], 'subject'>;
}

function createTally(levels: readonly number[], horizon: number): Tally {
  const bands = bandsOf(levels);
  const below = new Float64Array(levels.length);
  const inside = bands.map(() => new Float64Array(horizon));
  const widths = bands.map(() => new Float64Array(horizon));
  const counts = new Float64Array(horizon);
  let crps = 0;
  return {
    add(step, actual, quantile, scale) {
      counts[step]! += 1;
      crps += quantileCrps({ levels, quantile }, actual) / scale;
      for (let level = 0; level < levels.length; level += 1)
        if (actual <= quantile(level)) below[level]! += 1;
      bands.forEach(({ low, high }, band) => {
        const [from, to] = [quantile(low), quantile(high)];
        if (from <= actual && actual <= to) inside[band]![step]! += 1;
        widths[band]![step]! += (to - from) / scale;
      });
    },
    finish() {
      const count = sum(counts);
      return {
        count,
        below: Array.from(below, (share) => share / count),
        crps: crps / count,
        bands: bands.map(
          ({ nominal }, band): BandResult => ({
            nominal,
            coverage: sum(inside[band]!) / count,
            width: sum(widths[band]!) / count,
            coverageByStep: Array.from(inside[band]!, (held, step) => held / counts[step]!),
            widthByStep: Array.from(widths[band]!, (width, step) => width / counts[step]!),
          }),
        ),
      };
    },
  };
}

const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);

interface TalliedWindow {
  readonly tally: Tally;
  readonly window: number;
  readonly quantiles: Quantiles;
  readonly start: number;
}

function tallyWindow(
  { experiment, prepared, part }: PartForecasts,
  { tally, window, quantiles, start }: TalliedWindow,
): void {
  const { horizon, targetNames, series, windows } = prepared;
  const { actuals, trainStd } = series[windows[part].series[window]!]!;
  const first = windows[part].origin[window]! + 1;
  for (let step = 0; step < horizon; step += 1) {
    for (let target = 0; target < targetNames.length; target += 1) {
      const actual = actuals[target]![first + step]!;
      const scale = experiment.evaluation.scale === 'standardized' ? trainStd[target]! : 1;
      if (Number.isNaN(actual) || scale === 0) continue;
      const at = start + step * targetNames.length + target;
      tally.add(step, actual, (level) => quantiles[level]![at]!, scale);
    }
  }
}

function methodWords(task: ForecastTask, { prepared }: PartForecasts): string {
  const method = intervalMethod(task);
  if (method === null) return 'Quantiles as the model forecasts them.';
  const share = shareText(task.calibrationShare ?? CALIBRATION_SHARE);
  const { count } = calibrationSet(prepared);
  const label = method.label[0]!.toUpperCase() + method.label.slice(1);
  return `${label} intervals, calibrated on ${countText(count)} windows: the last ${share} of the validation part, which stopping does not see.`;
}

/** A coverage so far from what was promised is said. */
const NEAR = 0.03;

function wordsOf(subjects: IntervalResult['subjects']): string {
  const [model, ...baselines] = subjects;
  const band = model?.bands[0];
  if (!model || !band) return '';
  const off = band.coverage - band.nominal;
  const verdict =
    Math.abs(off) <= NEAR
      ? 'as they promise'
      : off < 0
        ? 'too few, so they are too narrow for this part'
        : 'more than promised, so they are wider than need be';
  const held = `Intervals of ${shareText(band.nominal)} hold ${shareText(band.coverage)} of the true values: ${verdict}.`;
  const best = baselines.toSorted((a, b) => a.crps - b.crps)[0];
  if (!best) return held;
  const better = model.crps < best.crps ? 'better than' : 'no better than';
  const shown = (value: number) => String(Number(value.toPrecision(4)));
  return `${held} Its CRPS of ${shown(model.crps)} is ${better} that of the best baseline, ${best.subject} with ${shown(best.crps)}.`;
}
