// A grid: every combination of values once, the last field's values fastest.
import { z } from 'zod';
import type { Dimension, Values } from '../../contract/studies/search.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { type Choice, experimentOf, isThere, type Problem } from '../problem.ts';
import { scaleOf } from '../scale.ts';
import { withValue } from '../with-value.ts';
import type { SearchMethod } from './method.ts';

const OptionsSchema = z.strictObject({
  kind: z.literal('grid'),
  /** Values of a range of numbers that are not stepped, both ends among them. */
  points: z.int().min(2).max(100).default(3),
});

/** More take longer to list than the host may be busy. */
const MOST_POINTS = 2_000;

export const grid: SearchMethod<z.infer<typeof OptionsSchema>> = {
  kind: 'grid',
  options: OptionsSchema,
  // Every point before it is looked at.
  milliseconds: ({ told }) => POINT_MS * told,
  propose(problem, { trial }, { points }) {
    let left = trial;
    for (const values of gridPoints(problem, points)) {
      if (typeof experimentOf(problem, values) !== 'string') left -= 1;
      if (left === 0) return values;
    }
    return null;
  },
};

const POINT_MS = 0.05;

interface Point {
  readonly values: Values;
  readonly experiment: unknown;
}

/** @throws HindcastError `invalid-input` for more than can be listed. */
function gridPoints({ base, groups }: Problem, points: number): Values[] {
  const step = (before: readonly Point[], { path, dimension }: Choice): Point[] => {
    const choices = gridValues(dimension, points);
    const next = before.flatMap((point) =>
      isThere(point.experiment, path) ? choices.map((value) => withChoice(point, path, value)) : [point],
    );
    if (next.length > MOST_POINTS) throw tooMany();
    return next;
  };
  return groups
    .flat()
    .reduce<Point[]>(step, [{ values: {}, experiment: base }])
    .map(({ values }) => values);
}

const withChoice = ({ values, experiment }: Point, path: string, value: Values[string]): Point => ({
  values: { ...values, [path]: value },
  experiment: withValue(experiment, path, value),
});

function gridValues(dimension: Dimension, points: number): readonly Values[string][] {
  if (dimension.kind === 'categorical') return dimension.values;
  const { low, high, step, value, count } = scaleOf(dimension);
  if (count !== Infinity && count > MOST_POINTS) throw tooMany();
  if (step === null) {
    return Array.from({ length: points }, (_, index) => value(low + ((high - low) * index) / (points - 1)));
  }
  return Array.from({ length: count }, (_, index) => dimension.min + index * step).map((one) =>
    // Through the axis and back, which tidies sums of steps.
    value(scaleOf(dimension).position(one)),
  );
}

const tooMany = (): HindcastError =>
  new HindcastError(
    'invalid-input',
    `The grid has more than ${MOST_POINTS} combinations: give fields fewer values, or choose another method.`,
    { details: { field: 'plan.space' } },
  );
