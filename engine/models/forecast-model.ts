// A forecasting model: reader, body, readout and writer, as plain functions of named parameters.
import * as tf from '@tensorflow/tfjs-core';
import type { Model } from '../contract/experiment/model.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { softmax } from '../ops/softmax.ts';
import { dropOut } from './dropout.ts';
import { createEncoderDecoder } from './encoder-decoder.ts';
import { type ForecastCore, type ForecastShape, type LinearMapOfModel, widthOf } from './forecast-core.ts';
import type { Head } from './heads/head.ts';
import { countParameters, type WeightLookup } from './parameters.ts';
import type { Pass } from './pass.ts';
import { createArchitecture, type EncoderModel } from './registry.ts';
import type { Sequence } from './sequence.ts';
import { createForecastWriter } from './writers/direct-forecast.ts';

/** Its answer is what training learns from. */
export interface ForecastModel extends ForecastCore {
  readonly parameterCount: number;
  readonly head: Head | null;
  /** The forecast before softmax, differentiable: [batch, horizon, targets]. */
  value(window: Sequence, weight: WeightLookup, pass?: Pass): tf.Tensor3D;
  /** The forecast: probabilities where the targets are classes. Without `pass`: nothing is dropped, no listener is called. */
  predict(window: Sequence, weight: WeightLookup, pass?: Pass): tf.Tensor3D;
}

const NO_PASS: Pass = {};

/** @throws HindcastError `invalid-input` for options that do not go together, or not with the shape. */
export function createForecastModel(model: Model, shape: ForecastShape): ForecastModel {
  const core = createCore(model, shape);
  // Forecast, target, mask, error and their gradients beside the core's share.
  const answer = 6 * shape.horizon * shape.targets * widthOf(shape);
  const { head = null } = shape;
  const value: ForecastModel['value'] = (window, weight, pass = NO_PASS) => {
    const numbers = core.answer(window, weight, pass);
    return head === null ? numbers : pointOf(numbers, head);
  };
  return {
    head,
    value,
    specs: core.specs,
    parameterCount: countParameters(core.specs),
    activationFloats: (batch) => core.activationFloats(batch) + batch * answer,
    answer: core.answer,
    linearMap: core.linearMap,
    predict(window, weight, pass = NO_PASS) {
      const answer = value(window, weight, pass);
      return shape.probabilities ? softmax(answer) : answer;
    },
  };
}

/** [batch, horizon, targets * width] -> [batch, horizon, targets]: the number of each cell that is the forecast. */
function pointOf(numbers: tf.Tensor3D, { width, point }: Head): tf.Tensor3D {
  const [batch, horizon, all] = numbers.shape;
  const cells = tf.reshape(numbers, [batch, horizon, all / width, width]);
  const points = tf.slice(cells, [0, 0, 0, point], [batch, horizon, all / width, 1]);
  return tf.reshape<tf.Rank.R3>(points, [batch, horizon, all / width]);
}

function createCore(model: Model, shape: ForecastShape): ForecastCore {
  if (model.kind === 'encoder-decoder') return createEncoderDecoder(model, shape);
  return model.channelIndependent ? byChannel(model, shape) : encodeAndAnswer(model, shape);
}

function encodeAndAnswer(model: EncoderModel, shape: ForecastShape): ForecastCore {
  const { inputs, lookback, horizon, targets, startsAtZero } = shape;
  const { encoder, readout, dropout, hasBias } = createArchitecture(model, { inputs, lookback });
  const { units } = readout;
  const writer = createForecastWriter({
    units,
    horizon,
    targets: targets * widthOf(shape),
    bias: hasBias,
    startsAtZero,
    probabilities: false,
  });
  return {
    specs: [...encoder.specs, ...readout.specs, ...writer.specs],
    activationFloats: (batch) => encoder.activationFloats(batch, lookback),
    answer(window, weight, pass) {
      const encoding = readout.read(encoder.encode(window, weight, pass), weight);
      return writer.answer(dropOut(encoding, dropout, pass), weight);
    },
    linearMap:
      [...encoder.specs, ...readout.specs].length > 0
        ? undefined
        : {
            inputs: units,
            answers: horizon * targets * widthOf(shape),
            rowsOf: (window) => readout.read(encoder.encode(window, NO_WEIGHTS, NO_PASS), NO_WEIGHTS),
            answersOf: (cells) => cells,
          },
  };
}

const NO_WEIGHTS: WeightLookup = (name) => {
  throw new HindcastError('internal', `a model without parameters before its head asked for ${name}`);
};

/** One model of one column for all of them: columns become rows of the batch (Nie et al. 2023). */
function byChannel(model: EncoderModel, shape: ForecastShape): ForecastCore {
  const { inputs, targets, horizon } = shape;
  if (inputs !== targets) throw channelMismatch(inputs, targets);
  const width = widthOf(shape);
  const core = encodeAndAnswer(model, { ...shape, inputs: 1, targets: 1 });
  return {
    specs: core.specs,
    activationFloats: (batch) => core.activationFloats(batch * targets),
    answer(window, weight, pass) {
      const answer = core.answer(columnsOf(window, targets), weight, pass); // [batch * targets, horizon, width]
      if (width > 1) {
        const cells = tf.transpose(tf.reshape(answer, [-1, targets, horizon, width]), [0, 2, 1, 3]);
        return tf.reshape<tf.Rank.R3>(cells, [-1, horizon, targets * width]);
      }
      return tf.transpose(tf.reshape(answer, [-1, targets, horizon]), [0, 2, 1]) as tf.Tensor3D;
    },
    linearMap: core.linearMap && mapByChannel(core.linearMap, shape),
  };
}

/** [batch, time, columns] -> [batch * columns, time, 1] */
function columnsOf({ x, mask }: Sequence, columns: number): Sequence {
  return {
    x: tf.reshape(tf.transpose(x, [0, 2, 1]), [-1, x.shape[1], 1]) as tf.Tensor3D,
    mask: mask && (tf.reshape(tf.tile(mask, [1, columns]), [-1, x.shape[1]]) as tf.Tensor2D),
  };
}

function mapByChannel(map: LinearMapOfModel, { horizon, targets }: ForecastShape): LinearMapOfModel {
  return {
    ...map,
    rowsOf: (window) => map.rowsOf(columnsOf(window, targets)),
    answersOf(cells, windows) {
      const rows = new Float32Array(cells.length);
      let at = 0;
      for (let window = 0; window < windows; window++)
        for (let target = 0; target < targets; target++)
          for (let step = 0; step < horizon; step++)
            rows[at++] = cells[(window * horizon + step) * targets + target]!;
      return rows;
    },
  };
}

function channelMismatch(inputs: number, targets: number): HindcastError {
  const message = `A channel-independent model forecasts each column from itself, but there are ${inputs} inputs and ${targets} targets; leave task.features out, or set model.channelIndependent to false.`;
  return new HindcastError('invalid-input', message, { details: { field: 'model.channelIndependent' } });
}
