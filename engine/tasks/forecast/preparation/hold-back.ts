// The end of the validation part, which calibrates intervals: stopping and the choice of weights do not see it, so that errors there
// are like those to come.

import { type ForecastTask, quantileLevels } from '../../../contract/tasks/forecast.ts';
import { CALIBRATION_SHARE } from '../../../contract/tasks/quantiles.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { countText } from '../../../data/count-text.ts';
import type { PreparedSeries, WindowSet } from '../../../data/prepared.ts';
import type { PartRanges } from '../../../data/split.ts';
import { errorsNeeded } from '../../../evaluation/intervals/calibration.ts';
import { intervalMethod } from '../../../evaluation/intervals/registry.ts';

export interface HeldBack {
  /** Their validation part ends earlier. */
  readonly splits: readonly PartRanges[];
  /** Their validation part is what is held back; null: nothing is. */
  readonly calibration: readonly PartRanges[] | null;
}

/** The last rows of the validation part of each series. */
export function holdBack(task: ForecastTask, splits: readonly PartRanges[]): HeldBack {
  if (!intervalMethod(task)?.holdsBack) return { splits, calibration: null };
  const share = task.calibrationShare ?? CALIBRATION_SHARE;
  const cuts = splits.map(({ validation: { from, to } }) => to - Math.round((to - from) * share));
  return {
    splits: splits.map((split, index) => ({
      ...split,
      validation: { from: split.validation.from, to: cuts[index]! },
    })),
    calibration: splits.map((split, index) => ({
      ...split,
      validation: { from: cuts[index]!, to: split.validation.to },
    })),
  };
}

interface Held {
  readonly task: ForecastTask;
  readonly datasetName: string;
  readonly windows: { readonly validation: WindowSet };
  readonly calibration: WindowSet;
  readonly series: readonly PreparedSeries[];
}

/** @throws HindcastError `too-few-rows` where one of the two halves of the validation part is too small for what it is for. */
export function requireCalibration(held: Held): void {
  const { task, datasetName, windows, calibration } = held;
  const share = task.calibrationShare ?? CALIBRATION_SHARE;
  const details = { field: 'task.calibrationShare' };
  if (windows.validation.count === 0) {
    const message = `Holding back ${percent(share)} of the validation part of ${datasetName} to calibrate intervals leaves no window to stop by; lower task.calibrationShare, or give validation more rows.`;
    throw new HindcastError('too-few-rows', message, { details });
  }
  const levels = quantileLevels(task) ?? [];
  const needed = errorsNeeded(levels);
  const known = fewestErrors(held, calibration);
  if (known >= needed) return;
  const message = `Intervals up to the levels ${levels[0]} and ${levels.at(-1)} need ${countText(needed)} errors at every step to be calibrated by, but the ${percent(share)} of the validation part of ${datasetName} that is held back for that gives ${countText(known)}; raise task.calibrationShare, give validation more rows, lower task.horizon, or leave the outermost levels out of task.quantiles.`;
  throw new HindcastError('too-few-rows', message, { details: { ...details, known, needed } });
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

/** Known values of the step and target that has the fewest. */
function fewestErrors(
  { task: { horizon, targets }, series }: Held,
  { series: of, origin, count }: WindowSet,
): number {
  let fewest = Number.POSITIVE_INFINITY;
  for (const target of targets.keys()) {
    for (let step = 1; step <= horizon; step += 1) {
      let known = 0;
      for (let window = 0; window < count; window += 1) {
        if (!Number.isNaN(series[of[window]!]!.actuals[target]![origin[window]! + step])) known += 1;
      }
      fewest = Math.min(fewest, known);
    }
  }
  return fewest;
}

/** What becomes of the validation part, for the notes of a run. */
export function calibrationNote({ windows, calibration }: Pick<Held, 'windows' | 'calibration'>): string {
  const of = `${countText(windows.validation.count + calibration.count)} validation windows`;
  return `The last ${countText(calibration.count)} of ${of} calibrate the intervals; stopping does not see them (task.calibrationShare).`;
}
