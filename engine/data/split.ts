// The chronological split of one series into training, validation and test rows.
// By fraction: floor(rows * train) rows, then floor(rows * validation) rows, then the rest. With several series, the rows of all
// of them are counted in order of time, and every series is cut at the resulting times, so no series trains on another one's
// future. `cut: series` counts in each series separately.
// By date: the same dates for every series; validation begins at the first row not before `validationFrom`.
// By count: a fixed number of rows of each series; the rest is not used. Rows that are skipped are cut off before the split, and
// embargoed rows lie between two parts, in neither.

import type { Split } from '../contract/experiment/split.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { firstNotBefore } from './first-not-before.ts';
import { formatTime } from './pipeline/table.ts';
import type { Part } from './prepared.ts';

/** Rows `from` (inclusive) to `to` (exclusive) of a series. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}
export type PartRanges = Readonly<Record<Part, RowRange>>;

/**
 * Row ranges of the parts, by series; `times` are in microseconds UTC, increasing, by series.
 * Error: `invalid-input` for dates that cannot be read, are out of order or lie outside the data.
 */
export function splitRows(split: Split, times: readonly BigInt64Array[]): PartRanges[] {
  if (split.kind === 'samples') throw ofSamples();
  if (split.kind === 'count') return times.map(({ length }) => rangesByCount(split, length));
  if (split.kind === 'date') {
    const dates = readDates(split, times);
    return times.map((series) =>
      ranges(
        firstNotBefore(series, dates.validation),
        firstNotBefore(series, dates.test),
        dates.end === null ? series.length : firstNotBefore(series, dates.end),
      ),
    );
  }
  if (split.cut === 'series' || times.length === 1) {
    return times.map(({ length }) => ranges(...cutsOf(split, length), length));
  }
  const rows = times.reduce((sum, { length }) => sum + length, 0);
  const [validation, test] = cutsOf(split, rows).map((row) => timeOfRow(times, row));
  return times.map((series) =>
    ranges(rowAt(series, validation ?? null), rowAt(series, test ?? null), series.length),
  );
}

function ofSamples(): HindcastError {
  const message =
    'split.kind is "samples", but series are split in order of time; set it to "fraction", "date" or "count".';
  return new HindcastError('invalid-input', message, { details: { field: 'split.kind' } });
}

/** First row of the validation part and first row of the test part, for this many rows. */
function cutsOf({ train, validation }: Extract<Split, { kind: 'fraction' }>, rows: number): [number, number] {
  const first = rowsOf(rows, train);
  return [first, first + rowsOf(rows, validation)];
}

function rangesByCount(split: Extract<Split, { kind: 'count' }>, rows: number): PartRanges {
  const { embargo = 0 } = split;
  const upTo = (row: number): number => Math.min(rows, row);
  const train = { from: 0, to: upTo(split.train) };
  const first = upTo(train.to + embargo);
  const validation = { from: first, to: upTo(first + split.validation) };
  const tested = upTo(validation.to + embargo);
  const end = split.test === undefined ? rows : upTo(tested + split.test);
  return { train, validation, test: { from: tested, to: end } };
}

/** Rows at the beginning of a series that the split leaves out. */
export const skippedRows = (split: Split): number => (split.kind === 'count' ? (split.skip ?? 0) : 0);

const rowAt = (series: BigInt64Array, time: bigint | null): number =>
  time === null ? series.length : firstNotBefore(series, time);

/** Time of the row with that index among the rows of all series in order of time; null behind the last one. */
function timeOfRow(times: readonly BigInt64Array[], row: number): bigint | null {
  const filled = times.filter((series) => series.length > 0);
  const rowsUpTo = (time: bigint) =>
    filled.reduce((sum, series) => sum + firstNotBefore(series, time + 1n), 0);
  if (filled.length === 0) return null;
  let { start: low, end: high } = spanOf(filled);
  if (rowsUpTo(high) <= row) return null;
  while (low < high) {
    const middle = low + (high - low) / 2n;
    if (rowsUpTo(middle) > row) high = middle;
    else low = middle + 1n;
  }
  return low;
}

/** floor(rows * fraction), where 90 * 0.7 is 63, although its float64 product is just below. */
function rowsOf(rows: number, fraction: number): number {
  return Math.floor(rows * fraction * (1 + 1e-12));
}

function ranges(validation: number, test: number, rows: number): PartRanges {
  return {
    train: { from: 0, to: validation },
    validation: { from: validation, to: test },
    test: { from: test, to: rows },
  };
}

/** Time of the first and of the last row of all series; none of them is empty. */
function spanOf(times: readonly BigInt64Array[]): { start: bigint; end: bigint } {
  const starts = BigInt64Array.from(times, (series) => series[0]!).sort();
  const ends = BigInt64Array.from(times, (series) => series.at(-1)!).sort();
  return { start: starts[0]!, end: ends.at(-1)! };
}

function readDates(split: Extract<Split, { kind: 'date' }>, times: readonly BigInt64Array[]) {
  const validation = parseTime(split.validationFrom, 'split.validationFrom');
  const test = parseTime(split.testFrom, 'split.testFrom');
  if (test <= validation) {
    const message = `split.testFrom (${split.testFrom}) must be later than split.validationFrom (${split.validationFrom}): training comes first, then validation, then the test.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'split.testFrom' } });
  }
  const filled = times.filter((series) => series.length > 0);
  const end = split.testUntil === undefined ? null : parseTime(split.testUntil, 'split.testUntil');
  if (end !== null && end <= test) {
    const message = `split.testUntil (${split.testUntil}) must be later than split.testFrom (${split.testFrom}): the test ends before it.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'split.testUntil' } });
  }
  if (filled.length === 0) return { validation, test, end };
  const { start, end: last } = spanOf(filled);
  const span = `the data run from ${formatTime(start)} to ${formatTime(last)}`;
  if (validation <= start || validation > last) throw outside('validationFrom', split.validationFrom, span);
  if (test > last) throw outside('testFrom', split.testFrom, span);
  return { validation, test, end };
}

function outside(field: string, value: string, span: string): HindcastError {
  const message = `split.${field} (${value}) lies outside the data: ${span}; choose a date between them.`;
  return new HindcastError('invalid-input', message, { details: { field: `split.${field}` } });
}

const ISO_TIME =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/;

/** Microseconds UTC of `2019`, `2019-06`, `2019-06-30` or `2019-06-30T12:00:00.5+02:00`; without an offset it is UTC. */
export function parseTime(text: string, field: string): bigint {
  const match = ISO_TIME.exec(text.trim());
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = ''] =
    match ?? [];
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const date = new Date(`${written}Z`);
  // A 30th of February is moved to March, or refused, by Date: either way it does not come back as it was written.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(written)) {
    const message = `${field} is "${text}", which is no date: write it as 2019-06-30 or 2019-06-30T12:00:00Z.`;
    throw new HindcastError('invalid-input', message, { details: { field } });
  }
  const microseconds = BigInt(date.getTime()) * 1000n + BigInt(fraction.padEnd(6, '0'));
  return microseconds - offsetUs(match?.[8]);
}

function offsetUs(offset: string | undefined): bigint {
  if (offset === undefined || offset === 'Z') return 0n;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return BigInt(offset.startsWith('-') ? -minutes : minutes) * 60_000_000n;
}
