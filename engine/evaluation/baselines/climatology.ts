// What the calendar says of each time, from the training part: waves of a day, a week and a year.
import type { Baseline, BaselineData } from './baseline.ts';
import { calendarValues, type Wave, wavesOf } from './climatology-waves.ts';

export const climatology: Baseline = {
  subject: 'climatology',
  meaning:
    'What is usual at that time of day, week and year: waves of the calendar, fitted to the training part.',
  follows: 'season',
  options: () => null,
  missing: whyNoClimatology,
  fit(data) {
    const usual = climatologyOf(data);
    const { horizon } = data;
    return (index, origin, out, start) => {
      const targets = usual[index]!;
      targets.forEach((values, target) => {
        for (let step = 1; step <= horizon; step += 1)
          out[start + (step - 1) * targets.length + target] = values[origin + step]!;
      });
    };
  },
};

const wavesOfTraining = ({ times, trainRows }: Series): Wave[] => wavesOf(times.subarray(0, trainRows));

/** A clause; null where every series has a cycle of the calendar that its training part covers twice. */
export function whyNoClimatology({ series }: BaselineData): string | null {
  const short = series.find((one) => wavesOfTraining(one).length === 0);
  return short === undefined
    ? null
    : `the training part of "${short.name}" covers no day, week or year twice, or its rows are too far apart for one`;
}

type Series = BaselineData['series'][number];

/** Two baselines ask for them, and each row takes a dozen sines. */
const known = new WeakMap<Series, Float64Array[]>();

/** By series and target: [rows]; not to be changed. */
export const climatologyOf = ({ series }: BaselineData): Float64Array[][] =>
  series.map((one) => {
    const values = known.get(one) ?? usualOf(one);
    known.set(one, values);
    return values;
  });

const usualOf = (one: Series): Float64Array[] =>
  calendarValues(one.times, one.actuals, {
    waves: wavesOfTraining(one),
    trainRows: one.trainRows,
    centres: one.trainMean,
  });
