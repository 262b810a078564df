// Forecasts windows in order, batch by batch: for validation, for scores, and for display.
import * as tf from '@tensorflow/tfjs-core';
import type { Gatherer, WindowRows } from '../../../data/gather.ts';
import type { Batch } from '../../../data/prepared.ts';
import type { ForecastModel } from '../../../models/forecast-model.ts';
import type { AnswerReader } from '../../../models/heads/head.ts';
import type { WeightLookup } from '../../../models/parameters.ts';
import type { Sequence } from '../../../models/sequence.ts';

/** What forecasting needs of prepared data; windows into the future have it too. */
export interface ForecastData extends Gatherer {
  readonly targetNames: readonly string[];
  readonly lookback: number;
  readonly horizon: number;
}

/** With a head, its answers are needed too. */
export type PredictingModel = Pick<ForecastModel, 'predict'> &
  Partial<Pick<ForecastModel, 'answer'>> & { readonly head?: AnswerReader | null };

export interface ForecastPass {
  readonly data: ForecastData;
  readonly set: WindowRows & { readonly count: number };
  /** Of the set. Default: all of it. */
  readonly range?: { readonly from: number; readonly to: number };
  readonly model: PredictingModel;
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
  /** The numbers of its head, several a cell; null without one. */
  readonly answers: Float32Array | null;
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
      ...predict(pass, batch, count),
      targets: batch.targets.subarray(0, count * cells),
      mask: batch.mask.subarray(0, count * cells),
    };
  }
}

type Predicted = Pick<ForecastBatch, 'forecasts' | 'quantiles' | 'answers'>;

function predict({ data, model, weight }: ForecastPass, batch: Batch, count: number): Predicted {
  const { head = null, answer } = model;
  const run = (forward: (window: Sequence) => tf.Tensor): Float32Array => {
    const result = tf.tidy(() => forward({ x: inputTensor(data, batch, count) }));
    const values = result.dataSync() as Float32Array;
    result.dispose();
    return values;
  };
  if (head === null || !answer) {
    const forecasts = run((window) => model.predict(window, weight));
    return { forecasts, quantiles: null, answers: null };
  }
  const answers = run((window) => answer(window, weight, {}));
  return { answers, ...readAnswers(head, answers) };
}

/** The forecast and the quantiles of each cell, from the numbers of a head. */
function readAnswers(
  head: AnswerReader,
  answers: Float32Array,
): Pick<ForecastBatch, 'forecasts' | 'quantiles'> {
  const { width, point, levels } = head;
  const cells = answers.length / width;
  const forecasts = new Float32Array(cells);
  const quantiles = Array.from({ length: levels }, () => new Float32Array(cells));
  const own = new Float64Array(width);
  const out = new Float64Array(levels);
  for (let cell = 0; cell < cells; cell += 1) {
    for (let at = 0; at < width; at += 1) own[at] = answers[cell * width + at]!;
    forecasts[cell] = own[point]!;
    head.quantiles(own, out);
    for (let level = 0; level < levels; level += 1) quantiles[level]![cell] = out[level]!;
  }
  return { forecasts, quantiles };
}

/** [count, lookback, inputs]. A copy: backends may keep the array that they are given, and the next batch overwrites it. */
export function inputTensor(data: ForecastData, batch: Pick<Batch, 'inputs'>, count: number): tf.Tensor3D {
  const { lookback, inputNames } = data;
  const values = batch.inputs.slice(0, count * lookback * inputNames.length);
  return tf.tensor3d(values, [count, lookback, inputNames.length]);
}
