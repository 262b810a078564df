// Recurrent encoder and decoder (Sutskever et al. 2014, Cho et al. 2014): the encoder's last state starts the decoder and is its
// input at every step of the horizon. Without attention that state is all the forecast knows of the past (the encoding
// bottleneck); with attention every step of the decoder looks at all states of the encoder (Luong et al. 2015, "general" scores).
import * as tf from '@tensorflow/tfjs-core';
import type { EncoderDecoderModel } from '../contract/experiment/model.ts';
import { attention } from '../ops/attention/attention.ts';
import { linear } from '../ops/linear.ts';
import { PLAIN_RECURRENCE } from './bodies/plain-recurrence.ts';
import { createRecurrentBody } from './bodies/recurrent.ts';
import { createRecurrentLayers } from './bodies/recurrent-layers.ts';
import { dense, denseSpecs, startedAtZero } from './dense.ts';
import { dropOut } from './dropout.ts';
import { type ForecastCore, type ForecastShape, widthOf } from './forecast-core.ts';
import type { WeightLookup } from './parameters.ts';
import type { Pass } from './pass.ts';
import { createColumnReader } from './readers/columns.ts';
import type { Encoded } from './sequence.ts';

export function createEncoderDecoder(model: EncoderDecoderModel, shape: ForecastShape): ForecastCore {
  const { units, layers, cell, dropout } = model;
  const { lookback, horizon, targets } = shape;
  const common = {
    cell,
    units,
    layers,
    dropout,
    bidirectional: false,
    ...PLAIN_RECURRENCE,
  } as const;
  const reader = createColumnReader(shape.inputs);
  const ofEncoder = { ...common, prefix: 'encoder', part: 'encoder', inputs: shape.inputs } as const;
  const encoder = createRecurrentBody({ ...ofEncoder, truncateSteps: null });
  const decoder = createRecurrentLayers({ ...common, prefix: 'decoder', part: 'decoder', inputs: units });
  const head = denseSpecs('head', units, targets * widthOf(shape));
  return {
    specs: [
      ...encoder.specs,
      ...decoder.specs,
      ...(model.attention ? denseSpecs('attention/score', units, units, false) : []),
      ...(model.attention ? denseSpecs('attention/combine', 2 * units, units) : []),
      ...(shape.startsAtZero ? startedAtZero(head) : head),
    ],
    activationFloats: (batch) =>
      encoder.layers.keptFloats(batch, lookback) +
      decoder.keptFloats(batch, horizon) +
      decoder.passingFloats(batch, Math.max(lookback, horizon)) +
      (model.attention ? batch * units * (6 * horizon + lookback) : 0),
    answer(window, weight, pass) {
      const past = encoder.encode(reader.read(window, weight), weight, pass);
      const context = tf.tile(tf.expandDims(past.last, 1), [1, horizon, 1]) as tf.Tensor3D;
      const { outputs } = decoder.run({ x: context }, { weight, pass, initial: past.states }); // [batch, horizon, units]
      const seen = model.attention ? lookBack(outputs, past, weight, pass) : outputs;
      return dense(dropOut(seen, dropout, pass), 'head', weight); // [batch, horizon, targets * width]
    },
  };
}

/** tanh(W_c' [context, state]) with the context that each state [batch, horizon, units] finds in the past. */
function lookBack(
  states: tf.Tensor3D,
  { steps: past, mask }: Encoded,
  weight: WeightLookup,
  pass: Pass,
): tf.Tensor3D {
  const query = linear(states, { kernel: weight<tf.Tensor2D>('attention/score/kernel') }) as tf.Tensor3D;
  pass.onProjections?.(0, states, { query, key: past, value: past });
  const returnWeights = pass.onAttention !== undefined;
  const { outputs, weights } = attention(query, past, past, { heads: 1, scale: 1, mask, returnWeights });
  if (weights) pass.onAttention?.(0, weights);
  return dense(tf.concat([outputs, states], 2), 'attention/combine', weight, 'tanh');
}
