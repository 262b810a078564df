// Forecasts windows in order, batch by batch: for validation, for scores, and for display.
import * as tf from '@tensorflow/tfjs-core';
import type { Gatherer, WindowRows } from '../../data/gather.ts';
import type { Batch } from '../../data/prepared.ts';
import type { ForecastModel } from '../../models/forecast-model.ts';
import type { WeightLookup } from '../../models/parameters.ts';

/** What forecasting needs of prepared data; windows into the future have it too. */
export interface ForecastData extends Gatherer {
  readonly targetNames: readonly string[];
  readonly lookback: number;
  readonly horizon: number;
}

export interface ForecastPass {
  readonly data: ForecastData;
  readonly set: WindowRows & { readonly count: number };
  /** Of the set. Default: all of it. */
  readonly range?: { readonly from: number; readonly to: number };
  readonly model: Pick<ForecastModel, 'predict'>;
  readonly weight: WeightLookup;
  /** Windows a batch. */
  readonly size: number;
}

export interface ForecastBatch {
  /** Windows of the set, neighbours in their order. */
  readonly indices: Int32Array;
  /** [indices.length, horizon, targets], model units. */
  readonly forecasts: Float32Array;
  /** The model's own, by level: [indices.length, horizon, targets], model units; null: it forecasts values alone. */
  readonly quantiles: readonly Float32Array[] | null;
  /** [indices.length, horizon, targets] each, views that the next batch overwrites. */
  readonly targets: Float32Array;
  readonly mask: Float32Array;
}

/** Leaves no tensor behind, whenever it is left. */
export function* forecastBatches(pass: ForecastPass): Generator<ForecastBatch, void, void> {
  const { data, set, size, range = { from: 0, to: set.count } } = pass;
  const batch = data.createBatch(size);
  const cells = data.horizon * data.targetNames.length;
  for (let first = range.from; first < range.to; first += size) {
    const count = Math.min(size, range.to - first);
    const indices = Int32Array.from({ length: count }, (_, offset) => first + offset);
    data.gather(set, indices, batch);
    yield {
      indices,
      forecasts: predict(pass, batch, count),
      quantiles: null,
      targets: batch.targets.subarray(0, count * cells),
      mask: batch.mask.subarray(0, count * cells),
    };
  }
}

function predict({ data, model, weight }: ForecastPass, batch: Batch, count: number): Float32Array {
  const forecast = tf.tidy(() => model.predict({ x: inputTensor(data, batch, count) }, weight));
  const values = forecast.dataSync() as Float32Array;
  forecast.dispose();
  return values;
}

/** [count, lookback, inputs]. A copy: backends may keep the array that they are given, and the next batch overwrites it. */
export function inputTensor(data: ForecastData, batch: Pick<Batch, 'inputs'>, count: number): tf.Tensor3D {
  const { lookback, inputNames } = data;
  const values = batch.inputs.slice(0, count * lookback * inputNames.length);
  return tf.tensor3d(values, [count, lookback, inputNames.length]);
}
