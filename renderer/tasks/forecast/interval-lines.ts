// Turns the calibration of intervals into lines of a chart. Pure.
import type { IntervalResult } from '../../../engine/contract/results/intervals.ts';
import type { Line } from '../../charts/draw.ts';
import type { Look } from '../../features/run/subjects.ts';

/** The model, the baseline with the best CRPS, and where they should be. */
export function calibrationLines(
  { levels, subjects }: IntervalResult,
  lookOf: (subject: string) => Look,
): Line[] {
  const [model, ...baselines] = subjects;
  const best = baselines.toSorted((a, b) => a.crps - b.crps)[0];
  return [
    {
      id: 'right',
      label: 'calibrated',
      color: '--hc-actual',
      x: [0, 1],
      y: [0, 1],
      dash: [4, 3],
      silent: true,
    },
    ...[best, model].flatMap((one) =>
      one
        ? [
            {
              id: one.subject,
              label: one.subject,
              x: levels,
              y: one.below,
              dots: true,
              ...lookOf(one.subject),
            },
          ]
        : [],
    ),
  ];
}
