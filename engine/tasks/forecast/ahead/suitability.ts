// Compares new data with the data that a model was trained on: series too short for a forecast are left out; other kinds of
// columns are refused; missing, new or irregular rows and values in the look-back are noted, because the forecast depends on
// them.

import { HindcastError } from '../../../contract/values/errors.ts';
import { countText, rowsText } from '../../../data/count-text.ts';
import { nameList } from '../../../data/pipeline/did-you-mean.ts';
import { type Channel, formatTime, type SeriesTable } from '../../../data/pipeline/table.ts';
import type { Series } from '../../../data/series.ts';

/** Longer than weekends and holidays between daily rows. */
const UNEVEN_STEPS = 5n;

/** Below, the time between rows is unknown, and with it the times to forecast for. */
const LEAST_ROWS = 2;

/** Short series with a note each; of more of them there is one note. */
const MOST_SHORT_NOTES = 5;

export interface LongEnough {
  /** At least one, in the order given. */
  readonly kept: readonly Series[];
  /** What was left out. */
  readonly notes: string[];
}

/**
 * The series whose last `lookback` rows a forecast can stand on.
 * @throws HindcastError `too-few-rows` where there is none.
 */
export function leaveOutShort(series: readonly Series[], lookback: number): LongEnough {
  const needed = Math.max(lookback, LEAST_ROWS);
  const short = series.filter(({ times }) => times.length < needed);
  if (short.length === series.length) throw tooShort(short, lookback, needed);
  const kept = series.filter(({ times }) => times.length >= needed);
  if (short.length <= MOST_SHORT_NOTES) {
    const notes = short.map(
      ({ name, times }) =>
        `Series "${name}" has ${rowsText(times.length)}, and ${countText(needed)} are needed: no forecast for it.`,
    );
    return { kept, notes };
  }
  const names = nameList(short.map(({ name }) => name));
  const note = `${countText(short.length)} series have fewer rows than the ${countText(needed)} that are needed: no forecast for ${names}.`;
  return { kept, notes: [note] };
}

function tooShort(series: readonly Series[], lookback: number, needed: number): HindcastError {
  const longest = series.reduce((most, one) => (one.times.length > most.times.length ? one : most));
  const rows = longest.times.length;
  const why =
    lookback < needed
      ? `${countText(needed)}, to know the time between them`
      : `the last ${countText(needed)}, its look-back`;
  const what =
    series.length === 1
      ? `Series "${longest.name}" has ${rowsText(rows)}, but a forecast needs ${why}; give it more rows, or leave it out.`
      : `A forecast needs ${why}, but none of the ${countText(series.length)} series has as many rows: the longest, "${longest.name}", has ${countText(rows)}; give them more rows.`;
  return new HindcastError('too-few-rows', what, { details: { series: longest.name, rows, needed } });
}

/**
 * `inputs`: the model's, where a category column appears as `column=category` for each of its categories.
 * @throws HindcastError `invalid-input` where a column holds text instead of numbers, or the other way round.
 */
export function requireSameKinds(table: SeriesTable, inputs: readonly string[]): void {
  for (const channel of table.channels.filter(({ isInput }) => isInput)) {
    const trained = categoriesOf(channel.name, inputs);
    const column = `"${channel.column}" of series "${table.name}"`;
    const details = { column: channel.column, series: table.name };
    if (channel.kind === 'category' && inputs.includes(channel.name)) {
      const message = `${column} holds text such as "${channel.categories[0]}", but the model was trained on numbers there; correct the column.`;
      throw new HindcastError('invalid-input', message, { details });
    }
    if (channel.kind === 'numeric' && trained.length > 0) {
      const message = `${column} holds numbers, but the model was trained on the categories ${nameList(trained)}; correct the column.`;
      throw new HindcastError('invalid-input', message, { details });
    }
  }
}

/** None for a column of numbers. */
function categoriesOf(column: string, inputs: readonly string[]): string[] {
  if (inputs.includes(column)) return [];
  const start = `${column}=`;
  return inputs.filter((input) => input.startsWith(start)).map((input) => input.slice(start.length));
}

export interface LookbackOptions {
  readonly lookback: number;
  /** Names of the model's inputs. */
  readonly inputs: readonly string[];
  /** As `putOnGrid` gives it: above 0 for rows that the data lack; null: none. */
  readonly gapLength: Int32Array | null;
}

/** What a user should know of the last `lookback` rows, before the pipeline. */
export function noteLookback(table: SeriesTable, options: LookbackOptions): string[] {
  const { lookback, inputs, gapLength } = options;
  const from = table.times.length - lookback;
  const ofColumns = table.channels
    .filter(({ isInput }) => isInput)
    .flatMap((channel) => [
      ...noteMissing(channel, table.name, { from, gapLength }),
      ...noteNewCategories(channel, table.name, { from, inputs }),
    ]);
  return [...ofColumns, ...(gapLength === null ? noteJump(table, from) : noteGap(table, gapLength, from))];
}

/** Rows that are missing as a whole have a note of their own. */
function noteMissing(
  { column, known, values }: Channel,
  series: string,
  { from, gapLength }: { readonly from: number; readonly gapLength: Int32Array | null },
): string[] {
  let missing = 0;
  for (let row = from; row < values.length; row++) {
    if (known?.[row] === 0 && !gapLength?.[row]) missing += 1;
  }
  if (missing === 0) return [];
  const of = values.length - from;
  return [
    `"${column}" of series "${series}" lacks ${missing} of its last ${of} values, which are filled as in training.`,
  ];
}

function noteGap({ name, times }: SeriesTable, gapLength: Int32Array, from: number): string[] {
  const rows = gapLength.subarray(from);
  const missing = rows.reduce((count, length) => count + (length > 0 ? 1 : 0), 0);
  if (missing === 0) return [];
  const first = from + rows.findIndex((length) => length > 0);
  const after = formatTime(times[Math.max(0, first - 1)]!);
  return [
    `Series "${name}" has a gap in time after ${after}: ${missing} of its last ${rows.length} rows are missing and are filled as in training.`,
  ];
}

function noteNewCategories(
  channel: Channel,
  series: string,
  { from, inputs }: { readonly from: number; readonly inputs: readonly string[] },
): string[] {
  if (channel.kind !== 'category') return [];
  const trained = categoriesOf(channel.name, inputs);
  const found = new Set<string>();
  for (const code of channel.values.subarray(from)) {
    const category = channel.categories[code];
    if (category !== undefined && !trained.includes(category)) found.add(category);
  }
  if (found.size === 0) return [];
  return [
    `"${channel.column}" of series "${series}" holds ${nameList([...found])}, which the model has never seen and takes for none of ${nameList(trained)}.`,
  ];
}

/** The longest jump between neighbouring rows, where it is far longer than the others. */
function noteJump({ name, times }: SeriesTable, from: number): string[] {
  let longest = from + 1;
  const step = (row: number) => times[row]! - times[row - 1]!;
  const steps: bigint[] = [];
  for (let row = from + 1; row < times.length; row++) {
    steps.push(step(row));
    if (step(row) > step(longest)) longest = row;
  }
  steps.sort((a, b) => (a < b ? -1 : 1));
  const usual = steps[steps.length >> 1];
  if (usual === undefined || step(longest) <= UNEVEN_STEPS * usual) return [];
  const [before, after] = [formatTime(times[longest - 1]!), formatTime(times[longest]!)];
  return [
    `The rows of series "${name}" jump from ${before} to ${after}; the model takes them for neighbours.`,
  ];
}
