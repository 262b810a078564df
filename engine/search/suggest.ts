// The values of a trial: a pure function of the search, its seed, the trial's number and the results that it was told.

import type { Experiment } from '../contract/experiment/experiment.ts';
import type { Told, Values } from '../contract/studies/search.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { seedRandomStream } from '../training/random-streams.ts';
import type { MethodOptions } from './methods/method.ts';
import { METHODS } from './methods/registry.ts';
import { experimentOf, type Problem } from './problem.ts';

export interface Search {
  readonly problem: Problem;
  readonly method: MethodOptions;
}

export interface Suggestion {
  readonly values: Values;
  readonly experiment: Experiment;
}

/**
 * Fields can contradict each other (a number of units that the heads do not divide), and in a small space the same choice comes up
 * again: training is deterministic, so a second time says nothing new. Both are drawn again.
 */
const MOST_ATTEMPTS = 200;

/**
 * Null: there is nothing left to try. `told` in any order.
 * @throws HindcastError `invalid-input` where no choice makes a valid experiment.
 */
export function suggest(
  { problem, method }: Search,
  seed: number,
  trial: number,
  told: readonly Told[],
): Suggestion | null {
  const found = METHODS.get(method.kind);
  if (!found) throw new HindcastError('internal', `There is no search method "${method.kind}".`);
  const stream = seedRandomStream(seed, `trial ${trial}`);
  const sorted = told.toSorted((a, b) => a.trial - b.trial);
  const tried = new Set(sorted.map(({ values }) => canonical(values)));
  let problemText = '';
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const values = found.propose(problem, { seed, trial, told: sorted, stream, attempt }, method);
    if (values === null) return null;
    if (tried.has(canonical(values))) continue;
    const experiment = experimentOf(problem, values);
    if (typeof experiment !== 'string') return { values, experiment };
    problemText = experiment;
  }
  if (problemText === '' || tried.size > 0) return null;
  throw new HindcastError(
    'invalid-input',
    `Of ${MOST_ATTEMPTS} choices within the space none makes a valid experiment: ${problemText}.`,
    { details: { field: 'plan.space' } },
  );
}

const canonical = (values: Values): string =>
  JSON.stringify(Object.entries(values).toSorted(([one], [other]) => (one < other ? -1 : 1)));
