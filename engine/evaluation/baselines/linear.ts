// NLinear in closed form (Zeng and others 2023): the last value of a window is subtracted, one linear map from look-back to
// horizon (shared by all series and targets) is applied, and the last value is added again. The map is a ridge regression with an
// intercept over all training windows; the validation part chooses the strength of the ridge.
//
// Missing inputs are replaced by the last known value. The estimate is computed in float64 and in a fixed order, so it has the
// same bits everywhere.
import { HindcastError } from '../../contract/errors.ts';
import {
  type Baseline,
  type BaselineData,
  type BaselineOptions,
  type Fill,
  lastKnownValues,
} from './baseline.ts';
import { type Channel, channelsOf, originRuns } from './linear/channels.ts';
import { addWindows, createEquations, type NormalEquations } from './linear/normal-equations.ts';
import { type LinearMap, ridgeMap, squaredError } from './linear/ridge.ts';

/** Rows of the look-back that are read at most, and multiplications of a solution (lags x lags x horizon): about a second. */
const MOST_LAGS = 512;
const MOST_WORK = 2e8;
/** Additions that runs of origins far apart may cost. */
const MOST_EDGES = 2e9;
/** Fewer windows of all channels together say nothing. */
const FEWEST_WINDOWS = 20;
/** Share of the training rows that must be known in every channel. */
const LEAST_KNOWN = 0.5;
/** Ridges that are tried, in mean squares of the inputs summed over the windows. */
const RIDGES = [1e-6, 1e-4, 1e-2, 1e-1, 1];

export interface LinearOptions {
  /** Added to the sums as it is; default: the best of a few on validation. */
  readonly ridge?: number;
}

export function createLinear({ ridge }: LinearOptions = {}): Baseline {
  return {
    subject: 'linear',
    meaning:
      'NLinear: one linear map from look-back to horizon for all series and targets, relative to the last value, by ridge regression.',
    follows: 'fit',
    options: () => null,
    missing: whyMissing,
    fit: (data, experiment) => fillByMap(data, estimate(data, experiment, ridge)),
  };
}

export const linear = createLinear();

function lagsOf({ lookback, horizon }: BaselineData): number {
  const bySize = Math.floor(Math.sqrt(MOST_WORK / horizon));
  return Math.max(0, Math.min(lookback - 1, MOST_LAGS, bySize));
}

function whyMissing(data: BaselineData, { task }: BaselineOptions): string | null {
  const sparse = data.series.find(({ actuals, trainRows }) =>
    actuals.some((values) => knownShare(values.subarray(0, trainRows)) < LEAST_KNOWN),
  );
  if (sparse) return `most values of a target of ${sparse.name} are missing in the training part`;
  const varying = data.series.map(({ trainStd }) => trainStd.filter((std) => std > 0).length);
  const runs = originRuns(data, 'train', task.stride);
  const windows = runs.flatMap((own, index) => own.map(({ from, to }) => (to - from + 1) * varying[index]!));
  const count = windows.reduce((sum, size) => sum + size, 0);
  if (count < FEWEST_WINDOWS) return `${count} training windows are too few for it`;
  const lags = lagsOf(data);
  const edges = windows.length * lags * (lags + data.horizon);
  return edges > MOST_EDGES ? 'the training windows lie too far apart for it' : null;
}

function knownShare(values: Float64Array): number {
  let known = 0;
  for (const value of values) if (!Number.isNaN(value)) known += 1;
  return known / values.length;
}

function estimate(data: BaselineData, { task }: BaselineOptions, ridge: number | undefined): LinearMap {
  const channels = channelsOf(data);
  const training = sumOver(data, channels, { part: 'train', stride: task.stride });
  if (ridge !== undefined) {
    const map = ridgeMap(training, ridge);
    if (map) return map;
    throw new HindcastError('internal', `The linear baseline has no solution with the ridge ${ridge}.`);
  }
  const validation = sumOver(data, channels, { part: 'validation', stride: 1 });
  let best: { readonly map: LinearMap; readonly error: number } | null = null;
  for (const share of RIDGES) {
    const map = ridgeMap(training, share * meanDiagonal(training));
    if (map === null) continue;
    const error = squaredError(map, validation);
    if (best === null || error < best.error) best = { map, error };
  }
  // Inputs that are all alike have no map but the intercept.
  return best?.map ?? intercepts(training);
}

function sumOver(
  data: BaselineData,
  channels: readonly Channel[],
  { part, stride }: { readonly part: 'train' | 'validation'; readonly stride: number },
): NormalEquations {
  const equations = createEquations(lagsOf(data), data.horizon);
  const runs = originRuns(data, part, stride);
  for (const { series, known, ahead } of channels) {
    for (const range of runs[series]!) addWindows(equations, known, ahead, range);
  }
  return equations;
}

function meanDiagonal({ lags, gram }: NormalEquations): number {
  let sum = 0;
  for (let i = 0; i < lags; i += 1) sum += gram[i * lags + i]!;
  return lags === 0 ? 0 : sum / lags;
}

function intercepts({ lags, horizon, windows, answerSums }: NormalEquations): LinearMap {
  const weights = new Float64Array(lags * horizon);
  return { lags, horizon, weights, intercepts: answerSums.map((sum) => sum / windows) };
}

function fillByMap({ series, horizon }: BaselineData, map: LinearMap): Fill {
  const lasts = series.map(lastKnownValues);
  const ahead = new Float64Array(horizon);
  return (index, origin, out, start) => {
    const { trainStd } = series[index]!;
    const width = trainStd.length;
    for (let target = 0; target < width; target += 1) {
      const values = lasts[index]![target]!;
      changesAhead(map, { values, origin, std: trainStd[target]! }, ahead);
      const last = values[origin]!;
      for (let step = 0; step < horizon; step += 1) out[start + step * width + target] = last + ahead[step]!;
    }
  };
}

/** [horizon] The change from the last value, original units; four rows of weights at a time, which halves the time. */
function changesAhead(
  { lags, horizon, weights, intercepts }: LinearMap,
  { values, origin, std }: { readonly values: Float64Array; readonly origin: number; readonly std: number },
  out: Float64Array,
): void {
  const last = values[origin]!;
  for (let h = 0; h < horizon; h += 1) out[h] = intercepts[h]! * std;
  let i = 0;
  for (; i + 3 < lags; i += 4) {
    const a = values[origin - i - 1]! - last;
    const b = values[origin - i - 2]! - last;
    const c = values[origin - i - 3]! - last;
    const d = values[origin - i - 4]! - last;
    const at = i * horizon;
    for (let h = 0; h < horizon; h += 1) {
      const near = a * weights[at + h]! + b * weights[at + horizon + h]!;
      const far = c * weights[at + 2 * horizon + h]! + d * weights[at + 3 * horizon + h]!;
      out[h]! += near + far;
    }
  }
  for (; i < lags; i += 1) {
    const input = values[origin - i - 1]! - last;
    for (let h = 0; h < horizon; h += 1) out[h]! += input * weights[i * horizon + h]!;
  }
}
