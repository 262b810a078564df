// The value one season before, at the same position in the season. If that is missing, an earlier season is used, and if no
// season has it, the last known value. Steps beyond the first season repeat the last season before the origin.
import { nameList } from '../../data/pipeline/did-you-mean.ts';
import { seasonOfSeries } from '../season-of-series.ts';
import { type Baseline, type BaselineData, type BaselineOptions, lastKnownValues } from './baseline.ts';

export const seasonalNaive: Baseline = {
  subject: 'seasonal-naive',
  meaning: 'The value one season before.',
  follows: 'season',
  options: ({ evaluation: { season } }) => (season === undefined ? 'season of the data' : `season ${season}`),
  missing(data, experiment) {
    const seasons = seasonsOf(data, experiment);
    const without = data.series.filter((_, index) => seasons[index] === null);
    if (without.length === 0) return null;
    return `the rows of ${nameList(without.map(({ name }) => name))} suggest no season; set evaluation.season`;
  },
  fit(data, experiment) {
    const { series, horizon } = data;
    const lasts = series.map(lastKnownValues);
    const seasons = seasonsOf(data, experiment);
    return (index, origin, out, start) => {
      const { actuals } = series[index]!;
      const season = seasons[index]!;
      const width = actuals.length;
      for (let cell = 0; cell < horizon * width; cell += 1) {
        const target = cell % width;
        const values = actuals[target]!;
        const step = Math.floor(cell / width) + 1;
        let row = origin + step - season * Math.ceil(step / season);
        while (row >= 0 && Number.isNaN(values[row])) row -= season;
        out[start + cell] = row >= 0 ? values[row]! : lasts[index]![target]![origin]!;
      }
    };
  },
};

/** Rows of a season, by series; null where one has none. */
function seasonsOf({ series }: BaselineData, { evaluation }: BaselineOptions): (number | null)[] {
  return series.map((one) => seasonOfSeries(one, evaluation));
}
