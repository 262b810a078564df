// Exponential smoothing (Holt-Winters, additive, with a damped trend): parameters and first states from the training part of each
// series and target; level, trend and season then follow the known values up to the origin.
import { seasonOfSeries } from '../season-of-series.ts';
import type { Baseline, BaselineData, BaselineOptions, Fill } from './baseline.ts';
import { bridge } from './bridge.ts';
import { fitSmoothing } from './smoothing/fit.ts';
import { createStates, forecastFrom, smooth } from './smoothing/smooth.ts';

/** Steps over a row that all searches together may cost: about a second. */
const MOST_WORK = 1.5e8;
/** Rows at the end of the training part that parameters are estimated from at least. */
const LEAST_ROWS = 200;
/** Evaluations of one candidate at least, times the candidates. */
const LEAST_EVALUATIONS = 80;

export const ets: Baseline = {
  subject: 'ets',
  meaning:
    'Exponential smoothing (Holt-Winters): level, damped trend and season that follow the data, each where it pays.',
  follows: 'fit',
  options: ({ evaluation: { season } }) => (season === undefined ? 'season of the data' : `season ${season}`),
  missing: () => null,
  fit,
};

function fit(data: BaselineData, { evaluation }: BaselineOptions): Fill {
  const { series, horizon } = data;
  const work = MOST_WORK / series.reduce((sum, { actuals }) => sum + actuals.length, 0);
  const fitted = series.map((one) => {
    const season = seasonOfSeries(one, evaluation);
    const period = season !== null && season > 1 ? season : null;
    const most = Math.max(LEAST_ROWS, 3 * (period ?? 0), Math.floor(work / LEAST_EVALUATIONS));
    // The rows before say little of the smoothing, and of the states nothing.
    const begin = Math.max(0, one.trainRows - most);
    const from = Math.max(0, one.trainRows - 1);
    return one.actuals.map((actuals, target) => {
      const training = actuals.subarray(begin, one.trainRows);
      const bridged = bridge(training, one.trainMean[target]!);
      const { parameters, start } = fitSmoothing(training, bridged, { season: period, work });
      const states = createStates(from - begin, actuals.length - begin, start.season.length);
      smooth(actuals.subarray(begin), parameters, start, states);
      return { begin, states, phi: parameters.phi };
    });
  });
  return (index, origin, out, begins) => {
    const targets = fitted[index]!;
    targets.forEach(({ begin, states, phi }, target) => {
      forecastFrom(states, origin - begin, { horizon, phi }, (step, value) => {
        out[begins + (step - 1) * targets.length + target] = value;
      });
    });
  };
}
