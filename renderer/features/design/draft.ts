// A draft of an experiment: the plain JSON that will be sent; its values may still be invalid. Pure.
import { asComputed } from '../../../engine/defaults/experiment.ts';

export type Draft = Readonly<Record<string, unknown>>;

/** `task.horizon`, `pipeline.0.method`. */
export function valueAt(draft: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      draft,
    );
}

/** A draft with that value at that path; undefined takes the key away, so that the default counts again. */
export function withValue(draft: Draft, path: string, value: unknown): Draft {
  const [key = '', ...rest] = path.split('.');
  const next = rest.length === 0 ? value : withValue((draft[key] ?? {}) as Draft, rest.join('.'), value);
  if (Array.isArray(draft))
    return draft.map((item, index) => (String(index) === key ? next : item)) as unknown as Draft;
  const { [key]: _old, ...others } = draft;
  if (next === undefined) return others;
  // At the position where it was: the JSON beside the form does not jump about.
  return key in draft ? { ...draft, [key]: next } : { ...others, [key]: next };
}

/** Steps that level each window, and must stay last. */
const LAST: readonly unknown[] = ['subtract-last', 'revin', 'difference'];

/** These steps and one more: at the end, but before one that must stay last. */
export function withStep(steps: readonly Draft[], added: Draft): Draft[] {
  const end = LAST.includes(steps.at(-1)?.step) && !LAST.includes(added.step) ? -1 : steps.length;
  return steps.toSpliced(end, 0, added);
}

/** A copy to change: without the version that the run was pinned to. */
export function draftFromRun(configuration: object, name: string): Draft {
  const { dataset, ...rest } = asComputed(configuration) as { dataset?: { version?: number } };
  const { version: _pinned, ...newest } = dataset ?? {};
  return { ...rest, name, dataset: newest };
}
