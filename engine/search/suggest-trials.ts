// The values of the next trials of a sweep, each of which counts as running for those after it. The question is plain data, so that a
// process of its own can answer it.
import type { Experiment } from '../contract/experiment/experiment.ts';
import type { Space, Told } from '../contract/studies/search.ts';
import type { MethodOptions } from './methods/method.ts';
import { METHODS } from './methods/registry.ts';
import { problemOf } from './problem.ts';
import { type Suggestion, suggest } from './suggest.ts';

export interface TrialsQuestion {
  readonly experiment: Experiment;
  readonly space: Space;
  readonly method: MethodOptions;
  readonly seed: number;
  /** Number of the first one, counted from 1. */
  readonly first: number;
  readonly count: number;
  readonly told: readonly Told[];
}

/** Fewer than were asked for where there is nothing left to try. @throws HindcastError for a space that cannot be searched */
export function suggestTrials({
  experiment,
  space,
  method,
  seed,
  first,
  count,
  told,
}: TrialsQuestion): Suggestion[] {
  const search = { problem: problemOf(experiment, space), method };
  const known = [...told];
  const found: Suggestion[] = [];
  for (let trial = first; trial < first + count; trial++) {
    const suggestion = suggest(search, seed, trial, known);
    if (suggestion === null) break;
    found.push(suggestion);
    known.push({ trial, values: suggestion.values, result: null });
  }
  return found;
}

/** Milliseconds, roughly: the check of a suggestion against the schema, and of a combination of kinds. */
const CHECK_MS = 0.7;
const COMBINATION_MS = 0.3;
/** A host that computes for longer keeps windows and trainings waiting. */
const MOST_MS = 10;

/** It takes longer than a host may be busy. */
export function isLong({ space, method, count, told }: TrialsQuestion): boolean {
  const combinations = Object.entries(space).reduce(
    (product, [path, dimension]) =>
      dimension.kind === 'categorical' && path.endsWith('kind') ? product * dimension.values.length : product,
    1,
  );
  const each = METHODS.get(method.kind)?.milliseconds?.({ space, told: told.length + count }, method) ?? 0;
  return combinations * COMBINATION_MS + count * (CHECK_MS + each) > MOST_MS;
}
