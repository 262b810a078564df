// What a list of events is as a whole, without any order: how many there are, how far apart, mean and spread of numbers, shares of words.
import type { EventField, NumberRows, SampleValues } from '../../../data/samples/sample-table.ts';

/** Of a field of words the first ones alone. */
const MOST_WORDS = 64;

/** [values] of a row, the same number for each; null of other columns. */
export function summariesOf([only, ...others]: readonly SampleValues[]):
  | ((row: number) => Float32Array)
  | null {
  if (only?.kind !== 'events' || others.length > 0) return null;
  const { fields, events } = only;
  return (row) => Float32Array.from(summaryOf(events[row]!, fields));
}

function summaryOf({ channels, values }: NumberRows, fields: readonly EventField[]): number[] {
  const events = values.length / channels;
  const column = (at: number) =>
    Array.from({ length: events }, (_, event) => values[event * channels + at]!).filter(
      (value) => !Number.isNaN(value),
    );
  const duration = (values[(events - 1) * channels] ?? 0) - (values[0] ?? 0);
  const ofFields = fields.flatMap(({ categories }, index) =>
    categories === null ? spreadOf(column(1 + index)) : sharesOf(column(1 + index), categories),
  );
  return [events, duration, duration / Math.max(1, events - 1), ...ofFields];
}

function spreadOf(numbers: readonly number[]): number[] {
  if (numbers.length === 0) return [Number.NaN, Number.NaN];
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const squares = numbers.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return [mean, Math.sqrt(squares / numbers.length)];
}

function sharesOf(codes: readonly number[], categories: readonly string[]): number[] {
  return categories
    .slice(0, MOST_WORDS)
    .map((_, code) => codes.filter((one) => one === code).length / Math.max(1, codes.length));
}
