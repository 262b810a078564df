// Fills batches with windows and turns forecasts back into original units: the part that training data and the data of a
// forecast into the future have in common. Rows lie side by side in float64, so a window is one contiguous copy.
import { HindcastError } from '../contract/errors.ts';
import { inverseOf } from './pipeline/pipeline.ts';
import type { FittedStep, Inverse } from './pipeline/step.ts';
import { type Channel, formatTime, type SeriesTable } from './pipeline/table.ts';
import type { Batch } from './prepared.ts';

/** Windows by series and row of the origin; a `WindowSet` is one. */
export interface WindowRows {
  /** [count] */
  readonly series: Int32Array;
  /** [count] */
  readonly origin: Int32Array;
}

/** One series after the pipeline. */
interface ModelSeries {
  readonly rows: number;
  /** [rows, inputs] */
  readonly inputs: Float64Array;
  /** [rows, targets]; NaN where unknown. */
  readonly targets: Float64Array;
  /** By input and by target: [rows] what a window with that origin subtracts, or null. */
  readonly inputReferences: readonly (Float64Array | null)[];
  readonly targetReferences: readonly (Float64Array | null)[];
  /** By target. */
  readonly inverses: readonly Inverse[];
}

export interface Gatherer {
  readonly inputNames: readonly string[];
  gather(set: WindowRows, indices: ArrayLike<number>, batch: Batch): void;
  createBatch(size: number): Batch;
  toOriginal(set: WindowRows, indices: ArrayLike<number>, forecasts: Float32Array): Float64Array;
}

export interface GathererOptions {
  /** After the pipeline, by series. */
  readonly tables: readonly SeriesTable[];
  readonly steps: readonly FittedStep[];
  readonly targets: readonly string[];
  readonly lookback: number;
  readonly horizon: number;
}

/** Errors: `invalid-input` for inputs that are missing, are still categories, or that float32 cannot hold. */
export function createGatherer(options: GathererOptions): Gatherer {
  const { tables, lookback, horizon, targets } = options;
  const inputNames = inputsOf(tables[0]!).map((channel) => channel.name);
  const models = tables.map((table) => createModelSeries(table, options));
  const inputCells = lookback * inputNames.length;
  const targetCells = horizon * targets.length;
  const references = new Float64Array(inputNames.length);

  function gather(set: WindowRows, indices: ArrayLike<number>, batch: Batch): void {
    const count = indices.length;
    if (batch.inputs.length < count * inputCells || batch.targets.length < count * targetCells) {
      throw new HindcastError('internal', `A batch is too small for ${count} windows; create a larger one.`);
    }
    for (let place = 0; place < count; place += 1) {
      const model = models[set.series[indices[place]!]!]!;
      const origin = set.origin[indices[place]!]!;
      gatherInputs(model, origin, batch.inputs, place * inputCells);
      gatherTargets(model, origin, batch, place * targetCells);
    }
  }

  function gatherInputs(model: ModelSeries, origin: number, out: Float32Array, start: number): void {
    const width = references.length;
    for (let input = 0; input < width; input += 1) {
      references[input] = model.inputReferences[input]?.[origin] ?? 0;
    }
    let from = (origin - lookback + 1) * width;
    for (let to = start; to < start + inputCells; ) {
      for (let input = 0; input < width; input += 1) out[to++] = model.inputs[from++]! - references[input]!;
    }
  }

  function gatherTargets(model: ModelSeries, origin: number, batch: Batch, start: number): void {
    const width = targets.length;
    for (let target = 0; target < width; target += 1) {
      const reference = model.targetReferences[target]?.[origin] ?? 0;
      for (let step = 0; step < horizon; step += 1) {
        const row = origin + 1 + step;
        const value = row < model.rows ? model.targets[row * width + target]! : NaN;
        const place = start + step * width + target;
        const isKnown = !Number.isNaN(value);
        batch.targets[place] = isKnown ? value - reference : 0;
        batch.mask[place] = isKnown ? 1 : 0;
      }
    }
  }

  function toOriginal(set: WindowRows, indices: ArrayLike<number>, forecasts: Float32Array): Float64Array {
    const out = new Float64Array(indices.length * targetCells);
    for (let place = 0; place < indices.length; place += 1) {
      const model = models[set.series[indices[place]!]!]!;
      const origin = set.origin[indices[place]!]!;
      for (let target = 0; target < targets.length; target += 1) {
        const reference = model.targetReferences[target]?.[origin] ?? 0;
        const inverse = model.inverses[target]!;
        const end = (place + 1) * targetCells;
        for (let cell = place * targetCells + target; cell < end; cell += targets.length) {
          out[cell] = inverse(forecasts[cell]! + reference);
        }
      }
    }
    return out;
  }

  const createBatch = (size: number): Batch => ({
    inputs: new Float32Array(size * inputCells),
    targets: new Float32Array(size * targetCells),
    mask: new Float32Array(size * targetCells),
  });
  return { inputNames, gather, createBatch, toOriginal };
}

function inputsOf(table: SeriesTable): Channel[] {
  return table.channels.filter((channel) => channel.isInput);
}

function createModelSeries(table: SeriesTable, { steps, targets }: GathererOptions): ModelSeries {
  const inputs = inputsOf(table);
  for (const channel of inputs) requireUsable(channel, table);
  const targetChannels = targets.map(
    (name) => table.channels.find((channel) => channel.isTarget && channel.name === name)!,
  );
  const known = targetChannels.map((channel) => withoutFilled(channel));
  targetChannels.forEach((channel, target) => {
    requireFloat32({ ...channel, values: known[target]! }, table);
  });
  return {
    rows: table.times.length,
    inputs: interleave(inputs.map((channel) => channel.values)),
    targets: interleave(known),
    inputReferences: inputs.map((channel) => channel.reference),
    targetReferences: targetChannels.map((channel) => channel.reference),
    inverses: targets.map((name) => inverseOf(steps, table.name, name)),
  };
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
  requireFloat32(channel, table);
}

function missingInput(channel: Channel, table: SeriesTable, row: number): HindcastError {
  const missing = channel.values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
  const message = `The feature "${channel.column}" of series "${table.name}" lacks ${missing} of ${channel.values.length} values, the first at ${formatTime(table.times[row]!)}: add the step fill to the pipeline, or leave the column out of task.features.`;
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
