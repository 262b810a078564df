// `--set path=value`: changes fields of an experiment before it starts.
import { MOST_DEPTH, nestsTooDeep } from '../../../contract/api/json-depth.ts';
import { UsageError } from '../usage.ts';
import { unknownField } from './problems.ts';

export interface Setting {
  /** As typed: `training.epochs=5`. */
  readonly text: string;
  readonly path: readonly string[];
  /** JSON where it is JSON, else the text itself. */
  readonly value: unknown;
}

/** Reads one `path=value`. */
export function parseSetting(text: string): Setting {
  const equals = text.indexOf('=');
  const path = text.slice(0, Math.max(0, equals)).split('.');
  if (equals < 1 || path.some((key) => key === '')) {
    throw new UsageError(`--set takes path=value, for example training.epochs=5, but "${text}" was given.`, {
      option: '--set',
    });
  }
  const value = text.slice(equals + 1);
  if (path.length > MOST_DEPTH || nestsTooDeep(value)) {
    const start = `${text.slice(0, 40)}…`;
    throw new UsageError(
      `--set ${start} nests more than ${MOST_DEPTH} levels deep, and no experiment does; give the fields one by one, for example training.epochs=5.`,
      { option: '--set' },
    );
  }
  return { text, path, value: jsonOrText(value) };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * A copy of `experiment` (plain JSON, complete with defaults) with the settings applied in their order; what they make of it is checked
 * by the schema afterwards. Where a `kind` changes, the defaults of the old kind go and what is `written` in the file stays.
 */
export function applySettings(experiment: unknown, settings: readonly Setting[], written: unknown): unknown {
  const copy = structuredClone(experiment);
  for (const setting of settings) {
    if (setting.path.at(-1) === 'kind') forgetDefaults(copy, setting, written);
    apply(copy, setting);
  }
  return copy;
}

function forgetDefaults(root: unknown, { path, value }: Setting, written: unknown): void {
  const parent = path.slice(0, -1);
  const owner = valueAt(root, parent);
  if (!isObject(owner) || owner.kind === value) return;
  const own = valueAt(written, parent);
  for (const key of Object.keys(owner)) if (!isObject(own) || !Object.hasOwn(own, key)) delete owner[key];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const valueAt = (root: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), root);

function apply(root: unknown, setting: Setting): void {
  let target = root as Record<string, unknown>;
  setting.path.forEach((key, depth) => {
    const before = setting.path.slice(0, depth);
    if (typeof target !== 'object') {
      throw new UsageError(`--set ${setting.text}: "${before.join('.')}" is a value and has no fields.`, {
        option: '--set',
        field: setting.path.join('.'),
      });
    }
    if (Array.isArray(target) && !(/^\d+$/.test(key) && Number(key) <= target.length)) {
      throw new UsageError(
        `--set ${setting.text}: "${before.join('.')}" is a list of ${target.length}, so "${key}" must be a number from 0 to ${target.length}.`,
        { option: '--set', field: setting.path.join('.') },
      );
    }
    // Assigning to it would change the object's prototype instead of a field.
    if (key === '__proto__') {
      const { field, sentence } = unknownField(before, key, root);
      throw new UsageError(`--set ${setting.text}: ${sentence}.`, { option: '--set', field });
    }
    if (depth === setting.path.length - 1) target[key] = setting.value;
    else {
      if (!Object.hasOwn(target, key) || target[key] === null || target[key] === undefined) target[key] = {};
      target = target[key] as Record<string, unknown>;
    }
  });
}
