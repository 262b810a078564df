// A forecasting model: an architecture and a head, as plain functions over named parameters.
import * as tf from '@tensorflow/tfjs-core';
import { HindcastError } from '../contract/errors.ts';
import type { Model } from '../contract/experiment.ts';
import { softmax } from '../ops/softmax.ts';
import type { Pass } from './encoder.ts';
import { createEncoderDecoder } from './encoder-decoder.ts';
import type { ForecastCore, ForecastShape } from './forecast-core.ts';
import { createDirectForecastHead } from './heads/direct-forecast.ts';
import { countParameters, type WeightLookup } from './parameters.ts';
import { createEncoder, type EncoderModel } from './registry.ts';

export interface ForecastModel extends Omit<ForecastCore, 'predict'> {
  readonly parameterCount: number;
  /** As in ForecastCore: before the softmax where the targets are classes. Training learns from it. */
  answer(inputs: tf.Tensor3D, weight: WeightLookup, pass: Pass): tf.Tensor3D;
  /** The forecast: probabilities where the targets are classes. Without `pass`: nothing is dropped, no listener is called. */
  predict(inputs: tf.Tensor3D, weight: WeightLookup, pass?: Pass): tf.Tensor3D;
}

const NO_PASS: Pass = {};

/** @throws HindcastError `invalid-input` for options that do not go together, or not with the shape. */
export function createForecastModel(model: Model, shape: ForecastShape): ForecastModel {
  const core = createCore(model, shape);
  // Forecast, target, mask, error and their gradients beside the core's share.
  const answer = 6 * shape.horizon * shape.targets;
  return {
    specs: core.specs,
    parameterCount: countParameters(core.specs),
    activationFloats: (batch) => core.activationFloats(batch) + batch * answer,
    answer: core.predict,
    predict(inputs, weight, pass = NO_PASS) {
      const answer = core.predict(inputs, weight, pass);
      return shape.probabilities ? softmax(answer) : answer;
    },
  };
}

function createCore(model: Model, shape: ForecastShape): ForecastCore {
  if (model.kind === 'encoder-decoder') return createEncoderDecoder(model, shape);
  return model.channelIndependent ? byChannel(model, shape) : encodeAndAnswer(model, shape);
}

function encodeAndAnswer(
  model: EncoderModel,
  { inputs, lookback, horizon, targets }: ForecastShape,
): ForecastCore {
  const encoder = createEncoder(model, { inputs, lookback });
  const bias = model.kind !== 'rnn' || model.bias;
  const head = createDirectForecastHead({ units: encoder.units, horizon, targets, bias });
  return {
    specs: [...encoder.specs, ...head.specs],
    activationFloats: (batch) => encoder.activationFloats(batch, lookback),
    predict: (window, weight, pass) => head.apply(encoder.encode(window, weight, pass), weight),
  };
}

/** One model of one column for all of them: columns become rows of the batch (Nie et al. 2023). */
function byChannel(model: EncoderModel, shape: ForecastShape): ForecastCore {
  const { inputs, lookback, horizon, targets } = shape;
  if (inputs !== targets) throw channelMismatch(inputs, targets);
  const core = encodeAndAnswer(model, { inputs: 1, lookback, horizon, targets: 1 });
  return {
    specs: core.specs,
    activationFloats: (batch) => core.activationFloats(batch * targets),
    predict(window, weight, pass) {
      const columns = tf.reshape(tf.transpose(window, [0, 2, 1]), [-1, lookback, 1]) as tf.Tensor3D;
      const answer = core.predict(columns, weight, pass); // [batch * targets, horizon, 1]
      return tf.transpose(tf.reshape(answer, [-1, targets, horizon]), [0, 2, 1]) as tf.Tensor3D;
    },
  };
}

function channelMismatch(inputs: number, targets: number): HindcastError {
  const message = `A channel-independent model forecasts each column from itself, but there are ${inputs} inputs and ${targets} targets; leave task.features out, or set model.channelIndependent to false.`;
  return new HindcastError('invalid-input', message, { details: { field: 'model.channelIndependent' } });
}
