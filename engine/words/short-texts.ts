// Texts that are typed or read from a file for a model: of a length that the engine takes.
import { HindcastError } from '../contract/values/errors.ts';

/** Before anything is asked: whole texts go to the engine. @throws HindcastError `invalid-input` for the first one that is too long */
export function requireShort(texts: readonly string[], most: number): void {
  const index = texts.findIndex((text) => text.length > most);
  if (index < 0) return;
  const which = texts.length === 1 ? 'The text' : `Text ${plain(index + 1)}`;
  const message = `${which} has ${plain(texts[index]!.length)} characters; shorten it to ${plain(most)} at most, or cut it into several.`;
  throw new HindcastError('invalid-input', message, { details: { text: index } });
}

const plain = (count: number): string => count.toLocaleString('en-US');
