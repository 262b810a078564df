// What a training and its scores need beyond windows. Asked before a run is made; runs that were made earlier can still be looked at.

import type { ForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { formatTime } from '../../../data/pipeline/table.ts';
import type { PreparedForecast, WindowSet } from '../../../data/prepared.ts';
import { requireScorable } from '../../../evaluation/metric-requirements.ts';
import { demandOf } from '../../../training/loss.ts';
import type { TargetDemand } from '../../../training/losses/loss-function.ts';
import { PARTS, requireKnownTargets } from '../preparation/requirements.ts';

/** Errors: `too-few-rows` and `invalid-input`; `details.field` names the field of the experiment. */
export function requireTrainable(prepared: PreparedForecast, experiment: ForecastExperiment): void {
  requireKnownTargets(prepared, experiment.evaluation);
  requireSeason(prepared, experiment);
  requireScorable(prepared, experiment);
  const demand = demandOf(experiment.task);
  if (demand === null) return;
  for (const part of PARTS) requireTargets(prepared, prepared.windows[part], { experiment, demand });
}

/** A season that was asked for must lie within the data: else its baseline would repeat the last value under another name. */
function requireSeason(
  { series }: PreparedForecast,
  { evaluation: { season }, dataset }: ForecastExperiment,
): void {
  const most = Math.max(...series.map(({ times }) => times.length));
  if (season === undefined || season < most) return;
  const longest = series.length > 1 ? 'the longest series of ' : '';
  const message = `evaluation.season is ${season} rows, but ${longest}${dataset.name} has ${most}, so no value lies a season before; lower evaluation.season, or leave it out.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'evaluation.season' } });
}

const BATCH_WINDOWS = 64;

interface Demanded {
  readonly experiment: ForecastExperiment;
  readonly demand: TargetDemand;
}

/** Every row that a window of the set forecasts is what the loss demands. */
function requireTargets(prepared: PreparedForecast, set: WindowSet, demanded: Demanded): void {
  const { targetNames, horizon } = prepared;
  const windows = coveringWindows(set, horizon);
  const batch = prepared.createBatch(BATCH_WINDOWS);
  for (let first = 0; first < windows.length; first += BATCH_WINDOWS) {
    const indices = windows.slice(first, first + BATCH_WINDOWS);
    prepared.gather(set, indices, batch);
    const cells = indices.length * horizon * targetNames.length;
    const rows = { target: batch.targets.subarray(0, cells), mask: batch.mask.subarray(0, cells) };
    const unfit = demanded.demand.firstUnfit(rows, targetNames.length);
    if (unfit < 0) continue;
    const window = indices[Math.floor(unfit / horizon)]!;
    const values = rows.target.subarray(unfit * targetNames.length, (unfit + 1) * targetNames.length);
    const row = set.origin[window]! + 1 + (unfit % horizon);
    throw unfitTargets(prepared, { ...demanded, series: set.series[window]!, row, values });
  }
}

/** Indices of windows that together forecast each row that any window of the set does. */
function coveringWindows({ count, series, origin }: WindowSet, horizon: number): number[] {
  const chosen: number[] = [];
  for (let window = 0; window < count; window += 1) {
    const last = chosen.at(-1);
    const next = window + 1;
    const isNew = last === undefined || series[last] !== series[window];
    // The last one before a row would be left out.
    const isLast = next === count || series[next] !== series[window];
    const leavesOut = !isNew && !isLast && origin[next]! > origin[last]! + horizon;
    if (isNew || isLast || leavesOut) chosen.push(window);
  }
  return chosen;
}

interface UnfitRow extends Demanded {
  /** Indices of the series, and of the row in it. */
  readonly series: number;
  readonly row: number;
  /** [targets], after the pipeline. */
  readonly values: Float32Array;
}

const MOST_VALUES = 4;

function unfitTargets(prepared: PreparedForecast, { experiment, demand, series, row, values }: UnfitRow) {
  const { name, actuals, times } = prepared.series[series]!;
  const { loss, targets } = experiment.task;
  const list = (value: (target: number) => number) => {
    const shown = targets
      .slice(0, MOST_VALUES)
      .map((target, index) => `${target} is ${Number(value(index).toPrecision(6))}`);
    return targets.length > MOST_VALUES ? `${shown.join(', ')}, ...` : shown.join(', ');
  };
  const written = Float32Array.from(actuals, (column) => column[row]!);
  const isFitAsWritten =
    demand.firstUnfit({ target: written, mask: written.map(() => 1) }, targets.length) < 0;
  const place = `in series "${name}" at ${formatTime(times[row]!)}`;
  const start = `The loss ${loss} needs ${demand.words}, but ${place}`;
  const message = isFitAsWritten
    ? `${start} the pipeline changes them: ${list((target) => values[target]!)}; leave the targets out of the steps of the pipeline, or choose another task.loss.`
    : `${start} ${list((target) => written[target]!)}; choose another task.loss.`;
  return new HindcastError('invalid-input', message, { details: { field: 'task.loss' } });
}
