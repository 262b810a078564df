// A sentence about items of new samples that a run does not know, for window and command line.
import type { UnknownItems } from '../contract/tasks/unknown-items.ts';
import { cutTo } from '../contract/values/shortened.ts';

const MOST_CHARACTERS = 40;

export function unknownText(unknown: UnknownItems): string {
  const { samples } = unknown;
  const where = samples === 1 ? '1 sample has' : `${samples.toLocaleString('en-US')} samples have`;
  return `${where} items that are not in the vocabulary of the run, and are read as unknown: ${namesOf(unknown)}.`;
}

/** Of the one sample that is looked at. */
export const unknownHere = (unknown: UnknownItems): string =>
  `Not in the vocabulary of the run, and read as unknown: ${namesOf(unknown)}.`;

function namesOf({ items, different }: UnknownItems): string {
  const named = items.map((item) => `"${cutTo(MOST_CHARACTERS, item)}"`).join(', ');
  const more =
    different > items.length ? ` and ${(different - items.length).toLocaleString('en-US')} more` : '';
  return `${named}${more}`;
}

/** Parts that are named of those that are unknown. */
const MOST_PARTS = 40;

/** Of parts of a text that was typed. */
export function neverSeen(parts: readonly string[]): string {
  const named = parts.slice(0, MOST_PARTS).map((part) => JSON.stringify(cutTo(MOST_CHARACTERS, part)));
  const left = parts.length - named.length;
  const more = left > 0 ? ` and ${left.toLocaleString('en-US')} more` : '';
  return `The training texts never have: ${named.join(', ')}${more}`;
}
