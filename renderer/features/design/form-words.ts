// Replaces field paths in the engine's sentences (`task.lookback`) by the form's labels. Paths are right for the command line and
// the JSON, labels for the form.
import { fieldLabel } from './field-texts.ts';

const PATH = String.raw`\b(?:dataset|task|split|pipeline|model|training|evaluation)(?:\.[A-Za-z]\w*)+`;
const IN_BRACKETS = new RegExp(String.raw` \((${PATH})\)`, 'g');
const ANYWHERE = new RegExp(PATH, 'g');

/** `needs 30 rows (task.lookback)` -> `needs 30 rows`; `lower model.units` -> `lower “Units”`. What the form has no field for stays. */
export function formWords(message: string): string {
  return message
    .replace(IN_BRACKETS, (whole, path: string) => (fieldLabel(path) === undefined ? whole : ''))
    .replace(ANYWHERE, (path) => {
      const label = fieldLabel(path);
      return label === undefined ? path : `“${label}”`;
    });
}

/** The field, or the nearest around it, as the form calls it: `task.targets.0` -> `Forecast`. */
export function formField(path: string): string | undefined {
  if (path === '') return undefined;
  return fieldLabel(path) ?? formField(path.split('.').slice(0, -1).join('.'));
}
