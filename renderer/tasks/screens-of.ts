// Finds the screens of a task.
import type { DatasetSummary } from '../../engine/contract/datasets/dataset.ts';
import { type Draft, valueAt } from '../features/design/draft.ts';
import { TASK_SCREENS } from './registry.ts';
import type { TaskScreens } from './task-screens.ts';

const BY_NAME: Readonly<Record<string, TaskScreens | undefined>> = TASK_SCREENS;
const [FIRST] = Object.values(TASK_SCREENS);

/** `kind` may come from a draft, where it can be anything: what is no kind looks like the first one. */
export function screensOf(kind: unknown): TaskScreens {
  const found = BY_NAME[String(kind)] ?? FIRST;
  if (!found) throw new Error('renderer/tasks/registry.ts lists no task');
  return found;
}

/** The screens of that kind where it suits the data; else the first that does. */
export function screensFor(dataset: DatasetSummary, kind: unknown): TaskScreens {
  const wanted = screensOf(kind);
  if (wanted.suits(dataset)) return wanted;
  return Object.values(TASK_SCREENS).find((screens) => screens.suits(dataset)) ?? wanted;
}

export const suggestDraft = (dataset: DatasetSummary): Draft =>
  screensFor(dataset, undefined).suggest(dataset);

/** The name of a draft without one of its own. */
export const automaticName = (draft: Draft): string => screensOf(valueAt(draft, 'task.kind')).nameOf(draft);

/** What `after` is when it is edited in the form: an automatic name follows the edits until the user gives one. */
export function withFollowingName(before: Draft, after: Draft): Draft {
  const isAutomatic = before.name === automaticName(before) && after.name === before.name;
  return isAutomatic ? { ...after, name: automaticName(after) } : after;
}

/** A draft made of a run of a study: the name of a member ends in its seed, `co2 CO2 gru 32 seed 2`. */
export function withoutSeed(draft: Draft): Draft {
  const name = String(draft.name).replace(/ seed \d+$/, '');
  return name === automaticName(draft) ? { ...draft, name } : draft;
}
