// A space over a base experiment. Which fields there are depends on the chosen kinds of model, optimizer and so on: the unions of the
// schema say it, so that no condition has to be written down.

import { type Experiment, ExperimentSchema } from '../contract/experiment/experiment.ts';
import { fieldsAt } from '../contract/experiment/experiment-fields.ts';
import { type Dimension, SEARCHABLE, type Space, type Values } from '../contract/studies/search.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { fieldIssues, issueText } from '../contract/values/issues.ts';
import { valueAt, withValue } from './with-value.ts';

export interface Choice {
  readonly path: string;
  readonly dimension: Dimension;
}

/** Choices that every valid experiment has together or not at all, so that they can be modelled together. */
export type Group = readonly Choice[];

export interface Problem {
  readonly base: Experiment;
  /** A group that decides whether another is there comes before it. */
  readonly groups: readonly Group[];
}

const keysOf = (path: string): string[] => path.split('.');
const parentOf = (path: string): string => keysOf(path).slice(0, -1).join('.');

/** The experiment has this field, whatever its value; an object that is null has no fields. */
export function isThere(experiment: unknown, path: string): boolean {
  const keys = keysOf(path);
  const parent = keys.slice(0, -1);
  return valueAt(experiment, parent) != null && fieldsAt(parent, experiment).includes(keys.at(-1) ?? '');
}

/** Where the fields lie that this choice may add or remove: beside a kind, within any other value. */
const scopeOf = (path: string): string => (keysOf(path).at(-1) === 'kind' ? parentOf(path) : path);

/** May decide whether another choice is there. */
const mayDecide = ({ path, dimension }: Choice, others: readonly Choice[]): boolean =>
  dimension.kind === 'categorical' &&
  others.some((other) => other.path !== path && other.path.startsWith(`${scopeOf(path)}.`));

/** Outer ones first. */
const byScope = (a: Choice, b: Choice): number =>
  keysOf(scopeOf(a.path)).length - keysOf(scopeOf(b.path)).length || a.path.length - b.path.length;

/** Combinations of deciding values that are looked through to see which fields exist together. */
const MOST_COMBINATIONS = 4_096;

/** @throws HindcastError `invalid-input` for a space that cannot be searched, naming the field. */
export function problemOf(base: Experiment, space: Space): Problem {
  const written = Object.entries(space).map(([path, dimension]) => ({ path, dimension }));
  for (const { path } of written) checkSearchable(path);
  const deciding = written.filter((choice) => mayDecide(choice, written)).toSorted(byScope);
  const ordered = [...deciding, ...written.filter((choice) => !deciding.includes(choice))];
  const experiments = combinations(base, deciding);
  const signatures = ordered.map(({ path }) => experiments.map((one) => isThere(one, path)).join());
  const absent = ordered.find((_, index) => !signatures[index]?.includes('true'));
  if (absent) throw noSuchField(absent.path, experiments);
  for (const choice of ordered) requireValid(choice, experiments);
  const groups = [...Map.groupBy(ordered, (_, index) => signatures[index]).values()];
  return { base, groups };
}

/** Combinations in which a value is tried: one in which it is valid is nearly always among the first. */
const MOST_TRIED = 64;

/**
 * Values that no combination takes would be drawn again and again, and missing from the sweep without a word.
 * @throws HindcastError `invalid-input` for a value of a list, or an end of a range, that the field never takes
 */
function requireValid({ path, dimension }: Choice, experiments: readonly unknown[]): void {
  const owners = experiments.filter((one) => isThere(one, path)).slice(0, MOST_TRIED);
  const values = dimension.kind === 'categorical' ? dimension.values : [dimension.min, dimension.max];
  for (const value of values) {
    const issues = owners.map((owner) => issueAt(path, withValue(owner, path, value)));
    const issue = issues.includes(null) ? null : issues[0];
    if (!issue) continue;
    const message = `The space offers a value that ${path} never takes: it ${issue}.`;
    throw new HindcastError('invalid-input', message, { details: { field: path } });
  }
}

/** What is wrong with that field of an experiment; null where it is right, whatever else is wrong. */
function issueAt(path: string, experiment: unknown): string | null {
  const checked = ExperimentSchema.safeParse(experiment);
  if (checked.success) return null;
  return fieldIssues(checked.error, experiment).find(({ field }) => field === path)?.message ?? null;
}

/** Every experiment that the deciding choices lead to; a choice that is not there is left out. */
function combinations(base: Experiment, deciding: readonly Choice[]): unknown[] {
  return deciding.reduce<unknown[]>(
    (experiments, { path, dimension }) => {
      const values = dimension.kind === 'categorical' ? dimension.values : [];
      const next = experiments.flatMap((experiment) =>
        isThere(experiment, path) ? values.map((value) => withValue(experiment, path, value)) : [experiment],
      );
      if (next.length <= MOST_COMBINATIONS) return next;
      const message = `The space has more than ${MOST_COMBINATIONS} combinations of kinds: give ${path} fewer values.`;
      throw new HindcastError('invalid-input', message, { details: { field: path } });
    },
    [base],
  );
}

function checkSearchable(path: string): void {
  if (SEARCHABLE.some((root) => path === root || path.startsWith(`${root}.`))) return;
  const message = `The space names ${path}, but trials are compared by their validation loss, which only stays comparable within ${SEARCHABLE.join(', ')}: set ${path} in the experiment instead.`;
  throw new HindcastError('invalid-input', message, { details: { field: path } });
}

function noSuchField(path: string, experiments: readonly unknown[]): HindcastError {
  const parent = keysOf(path).slice(0, -1);
  const owner = parent.join('.');
  const known = [...new Set(experiments.flatMap((one) => fieldsAt(parent, one)))];
  const isNull = known.includes(keysOf(path).at(-1) ?? '');
  const has = isNull ? `${owner} is null` : `${owner} has ${known.join(', ') || 'no fields'}`;
  return new HindcastError('invalid-input', `The space names ${path}, and there is no such field: ${has}.`, {
    details: { field: path },
  });
}

/** Chooses values group by group; groups that the choices so far leave out are skipped. */
export function choose({ base, groups }: Problem, pick: (group: Group) => Values): Values {
  const values: Values = {};
  let experiment: unknown = base;
  for (const group of groups) {
    // The others of the group may only be there once the first is chosen: the heads of an attention model.
    if (!isThere(experiment, group[0]?.path ?? '')) continue;
    const picked = pick(group);
    for (const { path } of group) {
      values[path] = picked[path] ?? null;
      experiment = withValue(experiment, path, values[path]);
    }
  }
  return values;
}

/** The base with the values, checked. A string says why it is no valid experiment. */
export function experimentOf({ base }: Pick<Problem, 'base'>, values: Values): Experiment | string {
  const changed = Object.entries(values).reduce<unknown>(
    (experiment, [path, value]) => withValue(experiment, path, value),
    base,
  );
  const checked = ExperimentSchema.safeParse(changed);
  return checked.success ? checked.data : issueText(fieldIssues(checked.error, changed));
}
