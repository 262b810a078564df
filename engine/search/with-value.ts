// One field of an experiment changed, as `--set` does it.
import { fieldsAt, withoutDefaults } from '../contract/experiment/experiment-fields.ts';
import { isFields } from '../contract/values/fields.ts';

/**
 * A copy of the experiment (plain JSON, all defaults filled in) with another value at a path. Where the value chooses a kind, the old kind's
 * defaults and the fields that the new kind lacks go; the schema fills in the new kind's defaults afterwards.
 */
export function withValue(experiment: unknown, path: string, value: unknown): unknown {
  const keys = path.split('.');
  const kept = keys.at(-1) === 'kind' ? forKind(experiment, keys.slice(0, -1), value) : experiment;
  return replaced(kept, keys, value);
}

function forKind(experiment: unknown, parent: readonly string[], kind: unknown): unknown {
  const owner = valueAt(experiment, parent);
  if (!isFields(owner) || owner.kind === kind) return experiment;
  const written = withoutDefaults(parent, experiment);
  const fields = fieldsAt(parent, replaced(experiment, [...parent, 'kind'], kind));
  const kept = Object.fromEntries(Object.entries(written).filter(([name]) => fields.includes(name)));
  return replaced(experiment, parent, kept);
}

export const valueAt = (root: unknown, keys: readonly string[]): unknown =>
  keys.reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], root);

function replaced(root: unknown, keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (Array.isArray(root))
    return root.map((item, index) => (String(index) === key ? replaced(item, rest, value) : item));
  const owner = isFields(root) ? root : {};
  return { ...owner, [key]: replaced(owner[key], rest, value) };
}
