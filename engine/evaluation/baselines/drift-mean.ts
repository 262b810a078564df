// The last known value, and at each step the mean change of the training part: the line through its first and last known row.
import { nameList } from '../../data/pipeline/did-you-mean.ts';
import { type Baseline, fillWithSteps } from './baseline.ts';

export const driftMean: Baseline = {
  subject: 'drift-mean',
  meaning: 'The last known value and, at each step, the mean change from row to row of the training part.',
  follows: 'drift',
  options: () => null,
  missing({ series }) {
    const without = series.filter(({ actuals, trainRows }) =>
      actuals.some((values) => meanChange(values, trainRows) === null),
    );
    if (without.length === 0) return null;
    return `the training part of ${nameList(without.map(({ name }) => name))} has fewer than two known rows`;
  },
  fit(data) {
    return fillWithSteps(data, (index, target) => {
      const { actuals, trainRows } = data.series[index]!;
      return meanChange(actuals[target]!, trainRows) ?? 0;
    });
  },
};

function meanChange(values: Float64Array, rows: number): number | null {
  const training = values.subarray(0, rows);
  const isKnown = (value: number): boolean => !Number.isNaN(value);
  const first = training.findIndex(isKnown);
  const last = training.findLastIndex(isKnown);
  return last > first ? (training[last]! - training[first]!) / (last - first) : null;
}
