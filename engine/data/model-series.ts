// One series as a model sees it: after the pipeline, rows side by side in float64, checked once so that neither NaN nor infinity
// ever reaches a batch.

import { HindcastError } from '../contract/values/errors.ts';
import { countText } from './count-text.ts';
import { inverseOf } from './pipeline/pipeline.ts';
import type { FittedStep, Inverse } from './pipeline/step.ts';
import { type Channel, formatTime, type SeriesTable } from './pipeline/table.ts';
import { windowStatistics } from './window-statistics.ts';

/** One series after the pipeline. */
export interface ModelSeries {
  readonly rows: number;
  /** [rows, inputs] */
  readonly inputs: Float64Array;
  /** [rows, targets]; NaN where unknown. */
  readonly targets: Float64Array;
  /** By input and by target: [rows] what a window with that origin subtracts, or null. */
  readonly inputReferences: readonly (Float64Array | null)[];
  readonly targetReferences: readonly (Float64Array | null)[];
  /** Likewise: what a window is divided by after that. */
  readonly inputScales: readonly (Float64Array | null)[];
  readonly targetScales: readonly (Float64Array | null)[];
  /** By target. */
  readonly inverses: readonly Inverse[];
}

/** The channels that a model sees, in order. */
export function inputsOf(table: SeriesTable): Channel[] {
  return table.channels.filter((channel) => channel.isInput);
}

/** Names of a model's inputs: the channels and, of those that are known ahead, their values `horizon` rows later. */
export function inputNamesOf(table: SeriesTable, horizon: number): string[] {
  const inputs = inputsOf(table);
  const ahead = inputs.filter(({ isKnownAhead }) => isKnownAhead);
  return [...inputs.map(({ name }) => name), ...ahead.map(({ name }) => `${name}, ${horizon} ahead`)];
}

/** What a model reads of a channel. */
const readOf = ({ values, changes }: Channel): Float64Array => changes ?? values;

/** The values that many rows later; behind the last row nothing reads them. */
const ahead = (channel: Channel, rows: number): Float64Array => {
  const values = readOf(channel);
  const later = new Float64Array(values.length);
  later.set(values.subarray(rows));
  return later;
};

export interface ModelSeriesOptions {
  readonly steps: readonly FittedStep[];
  readonly targets: readonly string[];
  readonly lookback: number;
  readonly horizon: number;
}

/** Errors: `invalid-input` for inputs that are missing, are still categories, or that float32 cannot hold. */
export function createModelSeries(
  table: SeriesTable,
  { steps, targets, lookback, horizon }: ModelSeriesOptions,
): ModelSeries {
  const inputs = inputsOf(table);
  for (const channel of inputs) {
    requireUsable(channel, table);
    requireFloat32({ ...channel, values: readOf(channel) }, table);
  }
  const targetChannels = targets.map(
    (name) => table.channels.find((channel) => channel.isTarget && channel.name === name)!,
  );
  const known = targetChannels.map((channel) => withoutFilled(channel));
  targetChannels.forEach((channel, target) => {
    requireFloat32({ ...channel, values: known[target]! }, table);
  });
  const later = inputs.filter(({ isKnownAhead }) => isKnownAhead);
  // A value ahead is levelled as the values of its window are.
  const seen = [...inputs, ...later].map((channel) =>
    channel.changes ? NO_LEVEL : levellingOf(channel, lookback),
  );
  const wanted = targetChannels.map((channel) => levellingOf(channel, lookback));
  return {
    rows: table.times.length,
    inputs: interleave([...inputs.map(readOf), ...later.map((channel) => ahead(channel, horizon))]),
    targets: interleave(known),
    inputReferences: seen.map(({ reference }) => reference),
    targetReferences: wanted.map(({ reference }) => reference),
    inputScales: seen.map(({ scale }) => scale),
    targetScales: wanted.map(({ scale }) => scale),
    inverses: targets.map((name) => inverseOf(steps, table.name, name)),
  };
}

/** Changes have no level. */
const NO_LEVEL = { reference: null, scale: null } as const;

/** By the row of the origin: what a window subtracts, and what it is divided by. */
function levellingOf(channel: Channel, lookback: number) {
  if (!channel.isNormalized) return { reference: channel.reference, scale: null };
  const { mean, deviation } = windowStatistics(channel, lookback);
  return { reference: mean, scale: deviation };
}

/** NaN where the data had no value: a filled target is not known and never counts. */
function withoutFilled({ values, known }: Channel): Float64Array {
  return known === null ? values : values.map((value, row) => (known[row] === 1 ? value : NaN));
}

/** [columns][rows] to [rows, columns] */
function interleave(columns: readonly Float64Array[]): Float64Array {
  const width = columns.length;
  const out = new Float64Array(width * (columns[0]?.length ?? 0));
  columns.forEach((values, column) => {
    for (let row = 0; row < values.length; row += 1) out[row * width + column] = values[row]!;
  });
  return out;
}

function requireUsable(channel: Channel, table: SeriesTable): void {
  if (channel.kind === 'category') {
    const message = `The feature "${channel.column}" is a category column, and a model needs numbers: add the step one-hot to the pipeline, or leave the column out of task.features.`;
    throw new HindcastError('invalid-input', message, {
      details: { field: 'pipeline', column: channel.column },
    });
  }
  const row = channel.values.findIndex((value) => Number.isNaN(value));
  if (row >= 0) throw missingInput(channel, table, row);
}

function missingInput(channel: Channel, table: SeriesTable, row: number): HindcastError {
  const missing = channel.values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
  const message = `The feature "${channel.column}" of series "${table.name}" lacks ${countText(missing)} of ${countText(channel.values.length)} values, the first at ${formatTime(table.times[row]!)}: add the step fill to the pipeline, or leave the column out of task.features.`;
  return new HindcastError('invalid-input', message, {
    details: { field: 'pipeline', column: channel.column, series: table.name, row },
  });
}

function requireFloat32(channel: Channel, table: SeriesTable): void {
  const row = channel.values.findIndex(
    (value) => !Number.isNaN(value) && !Number.isFinite(Math.fround(value)),
  );
  if (row < 0) return;
  const message = `"${channel.column}" of series "${table.name}" is ${channel.values[row]!} after the pipeline at ${formatTime(table.times[row]!)}, more than the model's 32-bit numbers hold: add the step standardize or log to the pipeline.`;
  throw new HindcastError('invalid-input', message, {
    details: { field: 'pipeline', column: channel.column, row },
  });
}
