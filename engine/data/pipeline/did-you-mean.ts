// Names of columns in messages: the closest to an unknown one, and lists of them.
import { suggestion } from '../../contract/values/nearest-word.ts';
import { countText } from '../count-text.ts';

/** ` (did you mean "close"?)`, or nothing where no name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const meant = suggestion(name, known);
  return meant === null ? '' : ` (did you mean "${meant}"?)`;
}

/** `"a", "b", "c" and 4 more`: at most twelve names. */
export function nameList(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => `"${name}"`);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${countText(more)} more` : shown.join(', ');
}
