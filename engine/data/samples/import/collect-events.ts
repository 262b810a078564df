// Gathers the events of all samples into a column: which fields there are, and whether each is of numbers or of words.
import { HindcastError } from '../../../contract/values/errors.ts';
import type { EventField, NumberRows } from '../sample-table.ts';
import type { ReadEvent } from './event-lists.ts';
import type { DecodedInput } from './raw-samples.ts';

const MOST_FIELDS = 32;
const MOST_WORDS = 1_000;

type Events = readonly ReadEvent[];

/** @param samples events in order of time @throws HindcastError `file-unreadable` where they have too many fields or words */
export function eventColumn(
  name: string,
  samples: readonly Events[],
): Extract<DecodedInput, { kind: 'events' }> {
  const fields = fieldsOf(name, samples);
  const codes = fields.map(({ categories }) => new Map((categories ?? []).map((word, code) => [word, code])));
  const values = samples.map((events): NumberRows => {
    const channels = 1 + fields.length;
    const rows = new Float32Array(events.length * channels).fill(Number.NaN);
    for (const [index, event] of events.entries()) {
      rows[index * channels] = event.time;
      for (const [at, field] of fields.entries()) {
        const value = event.fields.get(field.name);
        if (value !== undefined) rows[index * channels + 1 + at] = numberOf(value, codes[at]!, field);
      }
    }
    return { channels, values: rows };
  });
  return { name, kind: 'events', fields, values };
}

const numberOf = (
  value: number | string,
  codes: ReadonlyMap<string, number>,
  { categories }: EventField,
): number => (categories === null ? Number(value) : codes.get(String(value))!);

function fieldsOf(column: string, samples: readonly Events[]): EventField[] {
  const found = new Map<string, { readonly words: Set<string>; areNumbers: boolean }>();
  for (const { fields } of samples.flat()) {
    for (const [name, value] of fields) {
      const field = found.get(name) ?? { words: new Set<string>(), areNumbers: true };
      found.set(name, field);
      if (field.areNumbers && !Number.isFinite(Number(value))) field.areNumbers = false;
      if (field.words.size <= MOST_WORDS) field.words.add(String(value));
    }
    if (found.size > MOST_FIELDS)
      throw tooMany(`its events (${column}) have more than ${MOST_FIELDS} fields`);
  }
  return [...found].map(([name, { words, areNumbers }]) => {
    if (areNumbers) return { name, categories: null };
    if (words.size > MOST_WORDS)
      throw tooMany(
        `the field "${name}" of its events has more than ${MOST_WORDS.toLocaleString('en-US')} words`,
      );
    return { name, categories: [...words].toSorted((a, b) => (a < b ? -1 : 1)) };
  });
}

const tooMany = (what: string): HindcastError =>
  new HindcastError('file-unreadable', `The file cannot be read as events: ${what}; leave some out.`);
