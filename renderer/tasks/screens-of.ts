// Finds the screens of a task.
import type { DatasetSummary } from '../../engine/contract/dataset.ts';
import type { Draft } from '../features/design/draft.ts';
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

export const suggestDraft = (dataset: DatasetSummary): Draft => screensOf(undefined).suggest(dataset);
