// A linear map from look-back to horizon in closed form, shared by all series and targets: ridge regression with an intercept over all
// training windows; the validation part chooses the strength of the ridge. What the map reads of a window is its form.
//
// Missing inputs are replaced by the last known value. The estimate is computed in float64 and in a fixed order, so it has the
// same bits everywhere.
import { HindcastError } from '../../../contract/values/errors.ts';
import {
  type Baseline,
  type BaselineData,
  type BaselineOptions,
  type Fill,
  lastKnownValues,
} from '../baseline.ts';
import { type Channel, channelsOf, originRuns } from './channels.ts';
import { addWholeWindows, addWindows, createEquations, type NormalEquations } from './normal-equations.ts';
import { interceptMap, type LinearMap, ridgeMap, squaredError } from './ridge.ts';
import { unweighted, weighted } from './weighting.ts';

/** Rows of the look-back that are read at most, and multiplications of a solution (lags x lags x horizon): about a second. */
const MOST_LAGS = 512;
const MOST_WORK = 2e8;
/** Additions that runs of origins far apart may cost. */
const MOST_EDGES = 2e9;
/** Fewer windows, over all channels, are too few for a fit. */
const FEWEST_WINDOWS = 20;
/** Share of the training rows that must be known in every channel. */
const LEAST_KNOWN = 0.5;
/** Ridges that are tried, in mean squares of the inputs summed over the windows. */
const RIDGES = [1e-6, 1e-4, 1e-2, 1e-1, 1];

/** What a map reads of a window, and how its ridge weighs the inputs. */
export interface MapForm {
  /** Inputs and answers are changes from the last value; otherwise distances from the training mean, that of the last value included. */
  readonly isRelative: boolean;
  /** [inputs, inputs] lower triangle T: the ridge shrinks a map U evenly, and T U is used; null: T is 1. */
  weighting(inputs: number): Float64Array | null;
}

/** `ridge`: added to the sums as it is; default: the best of a few on validation. */
export function createRidgeBaseline(
  info: Pick<Baseline, 'subject' | 'meaning' | 'asModel'>,
  form: MapForm,
  ridge?: number,
): Baseline {
  return {
    ...info,
    follows: 'fit',
    options: () => null,
    missing: whyMissing,
    fit: (data, experiment) => fillByMap(data, estimate(data, experiment, { form, ridge }), form),
  };
}

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
  if (varying.every((targets) => targets === 0)) return 'no target varies in the training part';
  const runs = originRuns(data, 'train', task.stride);
  const windows = runs.flatMap((own, index) => own.map(({ from, to }) => (to - from + 1) * varying[index]!));
  const count = windows.reduce((sum, size) => sum + size, 0);
  if (count < FEWEST_WINDOWS)
    return `${count === 1 ? '1 training window is' : `${count} training windows are`} too few for it`;
  const lags = lagsOf(data);
  const edges = windows.length * lags * (lags + data.horizon);
  return edges > MOST_EDGES ? 'the training windows lie too far apart for it' : null;
}

function knownShare(values: Float64Array): number {
  let known = 0;
  for (const value of values) if (!Number.isNaN(value)) known += 1;
  return known / values.length;
}

interface Estimate {
  readonly form: MapForm;
  readonly ridge: number | undefined;
}

function estimate(data: BaselineData, { task }: BaselineOptions, { form, ridge }: Estimate): LinearMap {
  const channels = channelsOf(data);
  const sums = sumOver(data, { channels, form, part: 'train', stride: task.stride });
  const weighting = form.weighting(sums.lags);
  const training = weighting === null ? sums : weighted(sums, weighting);
  const mapOf = (strength: number): LinearMap | null => {
    const map = ridgeMap(training, strength);
    return map === null || weighting === null ? map : unweighted(map, weighting);
  };
  if (ridge !== undefined) {
    const map = mapOf(ridge);
    if (map) return map;
    throw new HindcastError('internal', `The linear baseline has no solution with the ridge ${ridge}.`);
  }
  const validation = sumOver(data, { channels, form, part: 'validation', stride: 1 });
  let best: { readonly map: LinearMap; readonly error: number } | null = null;
  for (const share of RIDGES) {
    const map = mapOf(share * meanDiagonal(training));
    if (map === null) continue;
    const error = squaredError(map, validation);
    if (best === null || error < best.error) best = { map, error };
  }
  return best?.map ?? interceptMap(training);
}

interface SumOver {
  readonly channels: readonly Channel[];
  readonly form: MapForm;
  readonly part: 'train' | 'validation';
  readonly stride: number;
}

function sumOver(data: BaselineData, { channels, form, part, stride }: SumOver): NormalEquations {
  const lags = lagsOf(data);
  const equations = createEquations(form.isRelative ? lags : lags + 1, data.horizon);
  const add = form.isRelative ? addWindows : addWholeWindows;
  const runs = originRuns(data, part, stride);
  for (const { series, known, ahead } of channels) {
    for (const range of runs[series]!) add(equations, known, ahead, range);
  }
  return equations;
}

function meanDiagonal({ lags, gram }: NormalEquations): number {
  let sum = 0;
  for (let i = 0; i < lags; i += 1) sum += gram[i * lags + i]!;
  return lags === 0 ? 0 : sum / lags;
}

function fillByMap({ series, horizon }: BaselineData, map: LinearMap, { isRelative }: MapForm): Fill {
  const lasts = series.map(lastKnownValues);
  const ahead = new Float64Array(horizon);
  return (index, origin, out, start) => {
    const { trainStd, trainMean } = series[index]!;
    const width = trainStd.length;
    for (let target = 0; target < width; target += 1) {
      const values = lasts[index]![target]!;
      const base = isRelative ? values[origin]! : trainMean[target]!;
      const first = isRelative ? origin - 1 : origin;
      changesAhead(map, { values, first, base, std: trainStd[target]! }, ahead);
      for (let step = 0; step < horizon; step += 1) out[start + step * width + target] = base + ahead[step]!;
    }
  };
}

/** What a map reads: the rows from `first` backwards, less `base`; `std` is one unit of its answers. */
interface Inputs {
  readonly values: Float64Array;
  readonly first: number;
  readonly base: number;
  readonly std: number;
}

/** [horizon] The change from the base, original units; four rows of weights at a time, which halves the time. */
function changesAhead(
  { lags, horizon, weights, intercepts }: LinearMap,
  { values, first, base, std }: Inputs,
  out: Float64Array,
): void {
  for (let h = 0; h < horizon; h += 1) out[h] = intercepts[h]! * std;
  let i = 0;
  for (; i + 3 < lags; i += 4) {
    const a = values[first - i]! - base;
    const b = values[first - i - 1]! - base;
    const c = values[first - i - 2]! - base;
    const d = values[first - i - 3]! - base;
    const at = i * horizon;
    for (let h = 0; h < horizon; h += 1) {
      const near = a * weights[at + h]! + b * weights[at + horizon + h]!;
      const far = c * weights[at + 2 * horizon + h]! + d * weights[at + 3 * horizon + h]!;
      out[h]! += near + far;
    }
  }
  for (; i < lags; i += 1) {
    const input = values[first - i]! - base;
    for (let h = 0; h < horizon; h += 1) out[h]! += input * weights[i * horizon + h]!;
  }
}
