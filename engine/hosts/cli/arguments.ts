// Parses the values of options and arguments; an invalid one is a UsageError that names the option.
import type { DatasetReference, RunReference, StudyReference } from '../../contract/values/ids.ts';
import { suggestion } from '../../contract/values/nearest-word.ts';
import { UsageError } from './usage.ts';

/** A parser of whole numbers from `least` to `most`. */
export function wholeNumber(
  option: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new UsageError(`${option} takes a whole number ${range}, but "${text}" was given.`, { option });
  };
}

/** A parser of numbers. Which ones suit is the engine's to say. */
export function decimal(option: string): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isFinite(value)) return value;
    throw new UsageError(`${option} takes a number, but "${text}" was given.`, { option });
  };
}

/** Seeds are 32-bit. */
export const seedNumber = wholeNumber('--seed', 0, 2 ** 32 - 1);

/** A parser of one word of a list. */
export function oneOf<Word extends string>(option: string, words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    const hint = suggestion(text, words);
    throw new UsageError(
      `${option} takes ${words.join(', ')}, but "${text}" was given${hint ? `; did you mean ${hint}?` : '.'}`,
      { option },
    );
  };
}

/** A text that is not empty. */
export function someText(option: string): (text: string) => string {
  return (text) => {
    if (text.trim() !== '') return text;
    throw new UsageError(`${option} must not be empty.`, { option });
  };
}

/** Texts separated by commas. */
export function texts(option: string): (text: string) => string[] {
  return (text) => {
    const parts = text.split(',').map((part) => part.trim());
    if (!parts.includes('')) return parts;
    throw new UsageError(
      `${option} takes texts separated by commas, none of them empty, but "${text}" was given.`,
      {
        option,
      },
    );
  };
}

/** One character; `tab` and `\t` stand for a tab. */
export function delimiter(text: string): string {
  if (text === 'tab' || text === '\\t') return '\t';
  if ([...text].length === 1) return text;
  throw new UsageError(`--delimiter takes one character (or the word tab), but "${text}" was given.`, {
    option: '--delimiter',
  });
}

/** Gathers the values of an option that may be given several times. */
export function collect<Value>(
  parse: (text: string) => Value,
): (text: string, before: readonly Value[] | undefined) => readonly Value[] {
  return (text, before = []) => [...before, parse(text)];
}

/** A number is a run's or dataset's number, anything else its exact name. */
function reference(argument: string, thing: string): (text: string) => number | string {
  return (text) => {
    if (text.trim() === '')
      throw new UsageError(`${argument} must be the number or the name of a ${thing}, but is empty.`);
    return /^\d+$/.test(text) && Number(text) > 0 ? Number(text) : text;
  };
}

export const runReference: (text: string) => RunReference = reference('RUN', 'run');
export const studyReference: (text: string) => StudyReference = reference('STUDY', 'study');
export const datasetReference: (text: string) => DatasetReference = reference('DATASET', 'dataset');
