// Fills batches with windows and turns forecasts back into original units; shared by training data and forecasts of the future.
// Rows lie side by side in float64, so a window is one contiguous copy.
import { HindcastError } from '../contract/values/errors.ts';
import { createModelSeries, inputNamesOf, type ModelSeries } from './model-series.ts';
import type { FittedStep } from './pipeline/step.ts';
import type { SeriesTable } from './pipeline/table.ts';
import type { Batch } from './prepared.ts';

/** Windows by series and row of the origin; a `WindowSet` is one. */
export interface WindowRows {
  /** [count] */
  readonly series: Int32Array;
  /** [count] */
  readonly origin: Int32Array;
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
  const inputNames = inputNamesOf(tables[0]!, horizon);
  const models = tables.map((table) => createModelSeries(table, options));
  const inputCells = lookback * inputNames.length;
  const targetCells = horizon * targets.length;
  const references = new Float64Array(inputNames.length);
  const scales = new Float64Array(inputNames.length);

  function gather(set: WindowRows, indices: ArrayLike<number>, batch: Batch): void {
    const count = indices.length;
    if (batch.inputs.length < count * inputCells || batch.targets.length < count * targetCells) {
      throw new HindcastError('internal', `A batch is too small for ${count} windows; create a larger one.`);
    }
    for (let index = 0; index < count; index += 1) {
      const model = models[set.series[indices[index]!]!]!;
      const origin = set.origin[indices[index]!]!;
      gatherInputs(model, origin, batch.inputs, index * inputCells);
      gatherTargets(model, origin, batch, index * targetCells);
    }
  }

  function gatherInputs(model: ModelSeries, origin: number, out: Float32Array, start: number): void {
    const width = references.length;
    for (let input = 0; input < width; input += 1) {
      references[input] = model.inputReferences[input]?.[origin] ?? 0;
      scales[input] = model.inputScales[input]?.[origin] ?? 1;
    }
    let from = (origin - lookback + 1) * width;
    for (let to = start; to < start + inputCells; ) {
      for (let input = 0; input < width; input += 1) {
        out[to++] = (model.inputs[from++]! - references[input]!) / scales[input]!;
      }
    }
  }

  function gatherTargets(model: ModelSeries, origin: number, batch: Batch, start: number): void {
    const width = targets.length;
    for (let target = 0; target < width; target += 1) {
      const reference = model.targetReferences[target]?.[origin] ?? 0;
      const scale = model.targetScales[target]?.[origin] ?? 1;
      for (let step = 0; step < horizon; step += 1) {
        const row = origin + 1 + step;
        const value = row < model.rows ? model.targets[row * width + target]! : NaN;
        const cell = start + step * width + target;
        const isKnown = !Number.isNaN(value);
        batch.targets[cell] = isKnown ? (value - reference) / scale : 0;
        batch.mask[cell] = isKnown ? 1 : 0;
      }
    }
  }

  function toOriginal(set: WindowRows, indices: ArrayLike<number>, forecasts: Float32Array): Float64Array {
    const out = new Float64Array(indices.length * targetCells);
    for (let index = 0; index < indices.length; index += 1) {
      const model = models[set.series[indices[index]!]!]!;
      const origin = set.origin[indices[index]!]!;
      for (let target = 0; target < targets.length; target += 1) {
        const reference = model.targetReferences[target]?.[origin] ?? 0;
        const scale = model.targetScales[target]?.[origin] ?? 1;
        const inverse = model.inverses[target]!;
        const end = (index + 1) * targetCells;
        for (let cell = index * targetCells + target; cell < end; cell += targets.length) {
          out[cell] = inverse(forecasts[cell]! * scale + reference);
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
