// Losses of a model by origin, for tests that compare two models on the same origins.
import type { OriginLosses } from '../../../contract/studies/duel.ts';
import type { PartForecasts } from '../views/result.ts';

/**
 * Mean loss of each origin over its known cells, in order of time; origins of several series at one time are one. Errors are in the unit of
 * the scores: divided by the training deviation where scores are standardized.
 */
export function originLosses(
  { experiment, prepared, part, values }: PartForecasts,
  isSquared: boolean,
): OriginLosses {
  const { horizon, targetNames, series } = prepared;
  const set = prepared.windows[part];
  const isScaled = experiment.evaluation.scale === 'standardized';
  const sums = new Map<number, { sum: number; count: number }>();
  for (let window = 0; window < set.count; window += 1) {
    const { actuals, trainStd, times } = series[set.series[window]!]!;
    const origin = set.origin[window]!;
    const time = Number(times[origin]);
    const cell = sums.get(time) ?? { sum: 0, count: 0 };
    for (let at = 0; at < horizon * targetNames.length; at += 1) {
      const target = at % targetNames.length;
      const scale = isScaled ? trainStd[target]! : 1;
      const actual = actuals[target]![origin + 1 + Math.floor(at / targetNames.length)]!;
      const error = (values[window * horizon * targetNames.length + at]! - actual) / scale;
      if (!Number.isFinite(error)) continue;
      cell.sum += isSquared ? error * error : Math.abs(error);
      cell.count += 1;
    }
    sums.set(time, cell);
  }
  const known = [...sums].filter(([, { count }]) => count > 0).toSorted(([a], [b]) => a - b);
  return {
    times: Float64Array.from(known, ([time]) => time),
    losses: Float64Array.from(known, ([, { sum, count }]) => sum / count),
  };
}
