// Changes the values of a window, one edit after the other.

import type { Edit } from '../contract/inside/edits.ts';
import { HindcastError } from '../contract/values/errors.ts';

export interface EditedWindow {
  /** [lookback, inputs], model units. */
  readonly values: Float32Array;
  readonly lookback: number;
  readonly inputNames: readonly string[];
  /** Rows of one season; null where none is known. */
  readonly season: number | null;
}

/** A copy. @throws HindcastError `invalid-input` for a row or a column that the window does not have. */
export function edited(window: EditedWindow, edits: readonly Edit[]): Float32Array {
  const values = window.values.slice();
  for (const edit of edits) {
    const change = CHANGES[edit.kind] as (line: Float64Array, edit: Edit, window: EditedWindow) => void;
    for (const input of inputsOf(window, edit)) {
      const line = lineOf(values, input, window);
      change(line, edit, window);
      for (const [row, value] of line.entries()) values[row * window.inputNames.length + input] = value;
    }
  }
  return values;
}

type Changes = {
  readonly [Kind in Edit['kind']]: (
    line: Float64Array,
    edit: Extract<Edit, { readonly kind: Kind }>,
    window: EditedWindow,
  ) => void;
};

const CHANGES: Changes = {
  move(line, { row, by, reach }) {
    requireRow(row, line.length);
    for (let at = Math.max(0, row - reach); at <= Math.min(line.length - 1, row + reach); at++) {
      line[at]! += by * (0.5 + 0.5 * Math.cos((Math.PI * (at - row)) / (reach + 1)));
    }
  },
  erase(line, { from, end }) {
    requireRow(from, line.length);
    requireRow(end - 1, line.length);
    if (end <= from)
      throw refused(`Rows ${from} to ${end} are none: the second row must come after the first.`);
    const before = line[from - 1] ?? line[end] ?? 0;
    const after = line[end] ?? before;
    for (let row = from; row < end; row++) {
      line[row] = before + ((after - before) * (row - from + 1)) / (end - from + 1);
    }
  },
  shift(line, { rows }, { season }) {
    const old = line.slice();
    const period = season !== null && season >= 1 && season <= line.length ? season : null;
    for (let row = 0; row < line.length; row++) line[row] = old[sourceOf(row - rows, line.length, period)]!;
  },
};

/** Without a season the first and the last value are held. */
function sourceOf(row: number, rows: number, period: number | null): number {
  if (row >= 0 && row < rows) return row;
  if (period === null) return row < 0 ? 0 : rows - 1;
  const phase = ((row % period) + period) % period;
  // The nearest row of that phase.
  return row < 0 ? phase : phase + period * Math.floor((rows - 1 - phase) / period);
}

function lineOf(values: Float32Array, input: number, { lookback, inputNames }: EditedWindow): Float64Array {
  return Float64Array.from({ length: lookback }, (_, row) => values[row * inputNames.length + input]!);
}

function inputsOf({ inputNames }: EditedWindow, { input }: Edit): number[] {
  if (input === undefined) return [...inputNames.keys()];
  const index = inputNames.indexOf(input);
  if (index >= 0) return [index];
  throw refused(`The model does not read "${input}"; it reads ${inputNames.slice(0, 10).join(', ')}.`);
}

function requireRow(row: number, rows: number): void {
  if (row >= rows) throw refused(`The window has no row ${row}: it has ${rows}, counted from 0, the oldest.`);
}

const refused = (message: string): HindcastError =>
  new HindcastError('invalid-input', message, { details: { field: 'edits' } });

export interface Changed {
  /** [lookback, inputs] */
  readonly inputs: readonly [before: Float32Array, after: Float32Array];
  /** [horizon] of the target, original units. */
  readonly forecasts: readonly [before: Float64Array, after: Float64Array];
  readonly lookback: number;
  readonly target: string;
}

/** What edits change, in words. */
export function wordsOfChange({ inputs: [before, after], forecasts, lookback, target }: Changed): string {
  const width = before.length / lookback;
  const rows = new Set<number>();
  after.forEach((value, at) => {
    if (value !== before[at]) rows.add(Math.floor(at / width));
  });
  if (rows.size === 0) return 'Nothing is changed.';
  const changes = forecasts[1].map((value, step) => value - forecasts[0][step]!);
  const most = changes.reduce(
    (best, one, step) => (Math.abs(one) > Math.abs(changes[best]!) ? step : best),
    0,
  );
  const count = `${rows.size} of ${lookback} rows are changed.`;
  if (!(Math.abs(changes[most]!) > 0)) return `${count} The forecast of ${target} stays as it was.`;
  const mean = changes.reduce((sum, one) => sum + one, 0) / changes.length;
  const where = changes.length > 1 ? `, most at step ${most + 1} (${signed(changes[most]!)})` : '';
  return `${count} The forecast of ${target} changes by ${signed(mean)} on average${where}.`;
}

const signed = (value: number): string => `${value < 0 ? '\u2212' : '+'}${formatted(Math.abs(value))}`;
const formatted = (value: number): string =>
  value !== 0 && (value < 1e-3 || value >= 1e6)
    ? value.toExponential(1)
    : String(Number(value.toPrecision(3)));
