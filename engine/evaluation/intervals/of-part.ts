// Intervals around the forecasts of one part of prepared data.
import type { IntervalChoice } from '../../contract/tasks/forecast.ts';
import type { PreparedForecast } from '../../data/prepared.ts';
import { type Calibration, scalesOf } from './calibration.ts';
import { conformal } from './conformal.ts';
import type { IntervalData, IntervalMaker } from './interval-method.ts';
import { intervalMethod } from './registry.ts';

type ScoredPart = 'validation' | 'test';

/**
 * Null without a calibration. A task without a method still has its baselines calibrated, by the plain one. So is the validation part:
 * its rows come before those that calibrate, so there is nothing to follow.
 */
export function intervalsOfPart(
  prepared: PreparedForecast,
  part: ScoredPart,
  { task, calibration }: { readonly task: IntervalChoice; readonly calibration: Calibration | null },
): IntervalMaker | null {
  if (calibration === null) return null;
  const method = part === 'test' ? (intervalMethod(task) ?? conformal) : conformal;
  return method.create(intervalData(prepared, part), calibration);
}

export function intervalData(prepared: PreparedForecast, part: ScoredPart): IntervalData {
  const { windows, horizon, targetNames, series } = prepared;
  return {
    set: windows[part],
    horizon,
    width: targetNames.length,
    scales: scalesOf(series),
    actual: (index, row, target) => series[index]!.actuals[target]![row] ?? Number.NaN,
  };
}
