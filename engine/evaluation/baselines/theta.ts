// The Theta method (Assimakopoulos and Nikolopoulos 2000) in the form of Hyndman and Billah 2003: simple exponential smoothing with
// half the slope of a straight line as drift, on values whose season was taken out by classical decomposition where the season is
// significant. As in the M4 competition, but additive where a value is not positive.
import { seasonOfSeries } from '../season-of-series.ts';
import type { Baseline, BaselineData, BaselineOptions, Fill } from './baseline.ts';
import { bridge } from './bridge.ts';
import { decompose, type Seasonality } from './smoothing/decompose.ts';
import { minimise } from './smoothing/search.ts';
import { createStates, type States, smooth } from './smoothing/smooth.ts';

const EVALUATIONS = 40;

interface Fitted {
  readonly alpha: number;
  readonly drift: number;
  readonly seasonality: Seasonality;
  readonly states: States;
}

export const theta: Baseline = {
  subject: 'theta',
  meaning:
    'The Theta method: exponential smoothing with half the trend of the training part, the season taken out before.',
  follows: 'fit',
  options: ({ evaluation: { season } }) => (season === undefined ? 'season of the data' : `season ${season}`),
  missing: () => null,
  fit,
};

function fit({ series, horizon }: BaselineData, { evaluation }: BaselineOptions): Fill {
  const fitted = series.map((one) => {
    const season = seasonOfSeries(one, evaluation);
    return one.actuals.map((actuals, target) =>
      fitTheta(actuals, { trainRows: one.trainRows, mean: one.trainMean[target]!, season }),
    );
  });
  return (index, origin, out, start) => {
    const targets = fitted[index]!;
    targets.forEach(({ alpha, drift, seasonality, states }, target) => {
      const level = states.level[origin - states.from]!;
      const ahead = (1 - power(1 - alpha, origin + 1)) / alpha - 1;
      for (let step = 1; step <= horizon; step += 1) {
        const value = level + (drift / 2) * (step + ahead);
        out[start + (step - 1) * targets.length + target] = seasonality.put(value, origin + step);
      }
    });
  };
}

interface ThetaOptions {
  readonly trainRows: number;
  /** Of the known training values. */
  readonly mean: number;
  readonly season: number | null;
}

export function fitTheta(actuals: Float64Array, { trainRows, mean, season }: ThetaOptions): Fitted {
  const bridged = bridge(actuals.subarray(0, trainRows), mean);
  const seasonality = decompose(bridged, season);
  const values = actuals.map((value, row) => seasonality.take(value, row));
  const training = values.subarray(0, trainRows);
  const level = seasonality.take(bridged[0]!, 0);
  const start = { level, trend: 0, season: new Float64Array(0) };
  const parametersOf = (alpha: number) => ({ alpha, beta: 0, gamma: 0, phi: 0 });
  const { at } = minimise(
    ([alpha]) => smooth(training, parametersOf(alpha!), start),
    { low: [0.001], high: [1] },
    { start: [0.3], evaluations: EVALUATIONS },
  );
  const alpha = at[0]!;
  const states = createStates(Math.max(0, trainRows - 1), values.length, 0);
  smooth(values, parametersOf(alpha), start, states);
  return { alpha, drift: slopeOf(training), seasonality, states };
}

/** Of the least-squares line through the known values; 0 through one. */
function slopeOf(values: Float64Array): number {
  let count = 0;
  let meanRow = 0;
  let meanValue = 0;
  values.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    count += 1;
    meanRow += (row - meanRow) / count;
    meanValue += (value - meanValue) / count;
  });
  let above = 0;
  let below = 0;
  values.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    above += (row - meanRow) * (value - meanValue);
    below += (row - meanRow) * (row - meanRow);
  });
  return below === 0 ? 0 : above / below;
}

/** base^exponent by repeated squares. */
function power(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
