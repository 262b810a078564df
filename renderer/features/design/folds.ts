// The advanced part of the form: which fold holds which fields. Pure.

import { getPreferences, setPreference } from '../../app/preferences.ts';
import { TASK_BASIC_FIELDS } from '../../tasks/field-labels.ts';

export type FoldId = 'task' | 'split' | 'pipeline' | 'model' | 'training' | 'scores' | 'run';

export const FOLD_TITLES: Readonly<Record<FoldId, string>> = {
  task: 'Inputs, loss and metrics',
  split: 'Split',
  pipeline: 'Pipeline',
  model: 'Model options',
  training: 'Training',
  scores: 'Scores',
  run: 'Name, seed and backend',
};

export const FOLD_IDS = Object.keys(FOLD_TITLES) as FoldId[];

/** Of the basic level, which is never folded. */
export const BASIC = ['dataset', 'task.kind', ...TASK_BASIC_FIELDS, 'model.kind'];

const BY_GROUP: Readonly<Record<string, FoldId>> = {
  task: 'task',
  split: 'split',
  pipeline: 'pipeline',
  model: 'model',
  training: 'training',
  evaluation: 'scores',
};

/** The fold that holds the field; null for one of the basic level. */
export function foldOf(path: string): FoldId | null {
  if (path === '' || BASIC.some((basic) => path === basic || path.startsWith(`${basic}.`))) return null;
  return BY_GROUP[path.split('.')[0]!] ?? 'run';
}

/** The remembered text of open folds: `task split`. */
export const openFolds = (text: string): readonly FoldId[] =>
  FOLD_IDS.filter((id) => text.split(' ').includes(id));

export function setOpenFolds(ids: readonly FoldId[]): void {
  setPreference('designFolds', FOLD_IDS.filter((id) => ids.includes(id)).join(' '));
}

/** Shows the field, or the nearest around it, and gives it the focus. */
export function goToField(path: string): void {
  const fold = foldOf(path);
  if (fold !== null) setOpenFolds([...openFolds(getPreferences().designFolds), fold]);
  // The fold is drawn first.
  requestAnimationFrame(() => requestAnimationFrame(() => fieldElement(path, fold)?.focus()));
}

function fieldElement(path: string, fold: FoldId | null): HTMLElement | null {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const name = CSS.escape(parts.slice(0, length).join('.'));
    const found = document.querySelector<HTMLElement>(`[data-field="${name}"], [data-field^="${name}."]`);
    if (found) return found;
  }
  return fold === null ? null : document.getElementById(`fold-${fold}`);
}
