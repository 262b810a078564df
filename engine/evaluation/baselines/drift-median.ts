// The last known value, and at each step the median change between neighbouring known rows of the training part: a trend that
// single jumps do not bend.
import { nameList } from '../../data/pipeline/did-you-mean.ts';
import { type Baseline, fillWithSteps } from './baseline.ts';

export const driftMedian: Baseline = {
  subject: 'drift-median',
  meaning: 'The last known value and, at each step, the median change from row to row of the training part.',
  follows: 'drift',
  options: () => null,
  missing({ series }) {
    const without = series.filter(({ actuals, trainRows }) =>
      actuals.some((values) => changes(values, trainRows).length === 0),
    );
    if (without.length === 0) return null;
    return `the training part of ${nameList(without.map(({ name }) => name))} has no two known rows in a row`;
  },
  fit(data) {
    return fillWithSteps(data, (index, target) => {
      const { actuals, trainRows } = data.series[index]!;
      return medianOf(changes(actuals[target]!, trainRows));
    });
  },
};

function changes(values: Float64Array, rows: number): Float64Array {
  const all = new Float64Array(Math.max(0, rows - 1));
  for (let row = 1; row < rows; row += 1) all[row - 1] = values[row]! - values[row - 1]!;
  return all.filter((change) => !Number.isNaN(change));
}

function medianOf(values: Float64Array): number {
  values.sort();
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : values[middle - 1]! / 2 + values[middle]! / 2;
}
