// Describes what is wrong with an experiment, field by field, with the name that was probably meant.
import type { z } from 'zod';
import { allFields, fieldsAt, type Path } from '../../../contract/experiment/experiment-fields.ts';
import { fieldIssues } from '../../../contract/values/issues.ts';
import { suggestion } from '../../../contract/values/nearest-word.ts';

export interface Problem {
  /** Dotted: `training.optimizer.learningRate`, `pipeline.0.step`. */
  readonly field: string;
  /** Without a full stop: `training.epochs is "a"; it must be a whole number`. */
  readonly sentence: string;
}

/** Every problem that the schema found with `experiment`. */
export function describeProblems(error: z.ZodError, experiment: unknown): Problem[] {
  const plain = fieldIssues(error, experiment);
  return error.issues.flatMap((issue, index) => {
    const { field, message } = plain[index]!;
    const path = issue.path as Path;
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownField(path, key, experiment));
    const near = meantChoice(issue, path, experiment);
    const hint = near === null ? '' : `; did you mean "${near}"?`;
    return [{ field, sentence: `${field === '' ? 'the experiment' : field} ${message}${hint}` }];
  });
}

/** The sentence for a field that no experiment has. */
export function unknownField(path: Path, key: string, experiment: unknown): Problem {
  const field = [...path, key].join('.');
  const known = fieldsAt(path, experiment);
  const near = suggestion(key, known);
  const meant = near
    ? [...path, near].join('.')
    : allFields(experiment).find((candidate) => candidate.split('.').at(-1) === key);
  if (meant) return { field, sentence: `there is no field ${field}; did you mean ${meant}?` };
  const whole = path.length === 0 ? 'an experiment' : path.join('.');
  return { field, sentence: `there is no field ${field}; ${whole} has ${known.join(', ') || 'no fields'}` };
}

/** The nearest of the words that the field takes. */
function meantChoice(issue: z.core.$ZodIssue, path: Path, experiment: unknown): string | null {
  const choices = issue.code === 'invalid_value' ? issue.values : 'options' in issue ? issue.options : null;
  const value = path.reduce<unknown>(
    (at, key) => (at as Record<string | number, unknown> | undefined)?.[key],
    experiment,
  );
  return typeof value === 'string' && Array.isArray(choices) ? suggestion(value, choices.map(String)) : null;
}
