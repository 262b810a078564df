// Norms of dL/dh at every step over some windows, by the backward pass of training without its dropout.
//
// The loss is a mean over the rows of the batch, so the gradient that arrives at one row is 1 / rows of that of the row's own loss: the
// root of the mean over rows of |dL_row / dh|^2 is sqrt(rows x sum of the squares). Equal weights need complete windows.
import * as tf from '@tensorflow/tfjs-core';
import { HindcastError } from '../../contract/values/errors.ts';
import { completeWindows } from '../../data/complete-windows.ts';
import type { Part, PreparedForecast } from '../../data/prepared.ts';
import type { Site } from '../../models/pass.ts';
import { lossAndGradients } from '../../ops/gradients.ts';
import type { StateSquares } from '../../ops/recurrent/recurrent-types.ts';
import { inputTensor } from '../../tasks/forecast/training/pass.ts';
import { createTruth, maskedLoss } from '../../training/loss.ts';
import type { SitePlan } from '../anatomy.ts';
import { samePlace } from '../places.ts';
import { gatherInputs } from './capture.ts';
import type { Inspected } from './inspected.ts';

/** By lag, from the step that the direction is read out at. */
export interface LagNorms {
  readonly plan: SitePlan;
  readonly hidden: Float64Array;
  readonly cell: Float64Array | undefined;
}

export function stateGradients(inspected: Inspected, part: Part, windows: readonly number[]): LagNorms[] {
  const { model, parameters, prepared, anatomy, experiment } = inspected;
  const { horizon, targetNames } = prepared;
  const batch = gatherInputs(inspected, { part, windows });
  const seen: { readonly site: Site; readonly squares: StateSquares }[] = [];
  const onStateGradients = (site: Site, squares: StateSquares) => seen.push({ site, squares });
  tf.tidy(() => {
    const shape = [windows.length, horizon, targetNames.length] as const;
    const truth = createTruth(experiment.task, { target: batch.targets, mask: batch.mask }, shape);
    const x = inputTensor(prepared, batch, windows.length);
    const loss = () =>
      maskedLoss(experiment.task, model.answer({ x }, parameters.weight, { onStateGradients }), truth);
    lossAndGradients(loss, parameters.variables);
  });
  const rows = windows.length * (anatomy.isByColumn ? targetNames.length : 1);
  return anatomy.sites.map((plan) => {
    const found = seen.find(({ site }) => samePlace(site, plan.place));
    if (!found) throw new HindcastError('internal', `No gradient arrived at ${plan.path}.`);
    const { hidden, cell } = found.squares;
    return { plan, hidden: byLag(hidden, plan, rows), cell: cell && byLag(cell, plan, rows) };
  });
}

/** @param squares [time, rows] of the steps that the gradient reaches */
export function byLag(squares: Float32Array, { place }: Pick<SitePlan, 'place'>, rows: number): Float64Array {
  const steps = squares.length / rows;
  return Float64Array.from({ length: steps }, (_, lag) => {
    const step = place.direction === 'forward' ? steps - 1 - lag : lag;
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += squares[step * rows + row]!;
    return Math.sqrt(rows * sum);
  });
}

/** Evenly spaced over the part, of those whose targets are all known. @throws HindcastError `too-few-rows` where there is none. */
export function windowsWithTargets(prepared: PreparedForecast, part: Part, most: number): number[] {
  const complete = completeWindows(prepared, part, most);
  if (complete.length > 0) return complete;
  throw new HindcastError(
    'too-few-rows',
    `No window of the ${part} part has all its targets, so there is no gradient to look at; choose another part.`,
    { details: { part } },
  );
}
