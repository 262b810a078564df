// The name of a draft without one of its own, by one rule for all tasks. Pure.
import { type Draft, valueAt } from '../features/design/draft.ts';

/** A longer name of data would leave no room for the rest. */
const LONGEST_DATA = 60;

/**
 * `sp500 close lstm 32`: the data, what is answered, the model (of an encoder and a decoder their cell) and its size.
 * @param answered the columns or tokens, or the kind of answer where every dataset calls its column alike
 */
export function draftName(draft: Draft, answered: readonly unknown[], after = ''): string {
  const data = String(valueAt(draft, 'dataset.name') ?? '');
  const parts = [
    data.length > LONGEST_DATA ? `${data.slice(0, LONGEST_DATA - 1).trimEnd()}…` : data,
    ...answered,
    valueAt(draft, 'model.cell') ?? valueAt(draft, 'model.kind'),
    valueAt(draft, 'model.units'),
    after,
  ];
  return parts.filter((part) => part !== undefined && part !== null && part !== '').join(' ');
}
