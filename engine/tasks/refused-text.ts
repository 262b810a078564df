// Why a new text cannot be answered: which one of those that were given, and what is the matter with it.
import { HindcastError } from '../contract/values/errors.ts';

const SHOWN = 40;

/** The beginning of a text, in quotes, by which it is found among others. */
export function beginning(text: string): string {
  const letters = [...text.trim()];
  return `"${letters.slice(0, SHOWN).join('')}${letters.length > SHOWN ? '...' : ''}"`;
}

export const refusedText = (message: string): HindcastError =>
  new HindcastError('invalid-input', message, { details: { field: 'text' } });
