// Describes what is wrong with a value from outside, field by field, in words that a user can act on.
import type { z } from 'zod';

export interface FieldIssue {
  /** `training.optimizer.learningRate`; empty for the value as a whole. */
  readonly field: string;
  /** "is -1; it must be greater than 0" */
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

export function fieldIssues(error: z.ZodError, input: unknown): FieldIssue[] {
  return error.issues.map((issue) => ({
    field: issue.path.join('.'),
    message: sentence(issue, valueAt(input, issue.path)),
  }));
}

/** One sentence part: `task.horizon is 0; it must be greater than 0 (and 2 more)`. */
export function issueText(issues: readonly FieldIssue[]): string {
  const [first] = issues;
  if (!first) return '';
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return `${first.field === '' ? 'it' : first.field} ${first.message}${more}`;
}

/** What a schema says about a value that is not available; `code` is there where the schema is of Zod. */
export interface StandardIssue {
  readonly path?: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string;
}

/** `limit must be a whole number` */
export function demandText(issue: StandardIssue): string {
  // Only the schemas of the contract make issues with a code.
  const wanted = issue.code === undefined ? undefined : wants(issue as Issue);
  const field = issue.path?.length ? issue.path.join('.') : 'it';
  if (wanted !== undefined) return `${field} must be ${wanted}`;
  // Own demands of the contract's schemas go on from the field.
  return issue.message.startsWith('must ') ? `${field} ${issue.message}` : `${field}: ${issue.message}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}

function sentence(issue: Issue, value: unknown): string {
  const wanted = wants(issue);
  if (wanted !== undefined) return `is ${stateOf(value)}; it must be ${wanted}`;
  // Own demands of the contract's schemas go on from the field.
  return issue.message.startsWith('must ')
    ? `is ${stateOf(value)}; it ${issue.message}`
    : describeOther(issue);
}

/** An empty field of the form is null, an empty list is []: both are words here. */
function stateOf(value: unknown): string {
  if (value === undefined) return 'missing';
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return isEmpty ? 'empty' : shown(value);
}

function wants(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return NOUNS[issue.expected] ?? issue.expected;
    case 'too_small':
      return bound(issue.origin, issue.inclusive ? 'at least' : 'greater than', issue.minimum);
    case 'too_big':
      return bound(issue.origin, issue.inclusive ? 'at most' : 'less than', issue.maximum);
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options) : undefined;
    default:
      return undefined;
  }
}

const NOUNS: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text in quotes',
  boolean: 'true or false',
  object: 'an object in braces',
  array: 'a list in brackets',
};

function bound(origin: string, relation: string, limit: number | bigint): string {
  if (origin === 'array')
    return `a list with ${relation} ${limit} ${Number(limit) === 1 ? 'entry' : 'entries'}`;
  if (origin === 'string')
    return `a text of ${relation} ${limit} ${Number(limit) === 1 ? 'character' : 'characters'}`;
  return `${relation} ${limit}`;
}

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? shown(values[0]) : `one of ${values.map(shown).join(', ')}`;

function describeOther(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `"${key}"`).join(', ');
    return `has ${issue.keys.length === 1 ? 'a field' : 'fields'} that nothing knows: ${names}`;
  }
  return `does not fit: ${issue.message}`;
}

/** A value as JSON, cut where it is long. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
