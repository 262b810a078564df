// The window that a question is about.

import type { About, WindowChoice } from '../../contract/inside/target.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { PreparedForecast } from '../../data/prepared.ts';

export interface ChosenWindow {
  readonly about: About;
  /** Index in the windows of the part. */
  readonly index: number;
  readonly series: number;
  /** Row of the origin. */
  readonly row: number;
  /** Index among the targets. */
  readonly target: number;
}

/** @throws HindcastError `too-few-rows`, `invalid-input` for an origin or a target that there is not. */
export function chooseWindow(prepared: PreparedForecast, choice: WindowChoice): ChosenWindow {
  const { part, origin } = choice;
  const set = prepared.windows[part];
  if (origin >= set.count) throw noSuchOrigin(part, origin, set.count);
  const target = targetIndex(prepared, choice.target);
  const series = set.series[origin]!;
  const row = set.origin[origin]!;
  const { name, times } = prepared.series[series]!;
  const about: About = {
    part,
    origin,
    origins: set.count,
    originUs: Number(times[row]!),
    series: name,
    target: prepared.targetNames[target]!,
  };
  return { about, index: origin, series, row, target };
}

function noSuchOrigin(part: string, origin: number, count: number): HindcastError {
  const details = { origin, origins: count };
  if (count === 0) return new HindcastError('too-few-rows', `The ${part} part has no origin to look at.`);
  return new HindcastError(
    'invalid-input',
    `There is no origin ${origin} in the ${part} part: it has ${count}, counted from 0, so choose 0 to ${count - 1}.`,
    { details },
  );
}

function targetIndex({ targetNames }: PreparedForecast, name: string | undefined): number {
  if (name === undefined) return 0;
  const index = targetNames.indexOf(name);
  if (index >= 0) return index;
  throw new HindcastError(
    'invalid-input',
    `The model does not forecast "${name}"; its targets are ${targetNames.join(', ')}.`,
    { details: { target: name } },
  );
}
