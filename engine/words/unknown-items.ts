// A sentence about items of new samples that a run does not know, for window and command line.
import type { UnknownItems } from '../contract/tasks/unknown-items.ts';
import { cutTo } from '../contract/values/shortened.ts';

const MOST_CHARACTERS = 40;

export function unknownText({ items, different, samples }: UnknownItems): string {
  const named = items.map((item) => `"${cutTo(MOST_CHARACTERS, item)}"`).join(', ');
  const more =
    different > items.length ? ` and ${(different - items.length).toLocaleString('en-US')} more` : '';
  const where = samples === 1 ? '1 sample has' : `${samples.toLocaleString('en-US')} samples have`;
  return `${where} items that are not in the vocabulary of the run, and are read as unknown: ${named}${more}.`;
}
