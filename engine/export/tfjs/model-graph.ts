// Every model as a graph of stock layers: window [lookback, inputs] in model units -> [horizon, targets] in model units,
// or with a head [horizon, targets * levels]: the quantiles of each target.
import { model as createModel, layers } from '@tensorflow/tfjs-layers';
import type {
  DenseModel,
  EncoderDecoderModel,
  LinearModel,
  Model,
  Segment,
} from '../../contract/experiment/model.ts';
import { averagingKernel } from '../../models/bodies/linear.ts';
import { type ForecastShape, widthOf } from '../../models/forecast-core.ts';
import type { EncoderModel } from '../../models/registry.ts';
import { attentionEncoding } from './attention-graph.ts';
import { quantileGraph } from './head-graph.ts';
import {
  type ArrayLookup,
  apply,
  concatenate,
  cropSteps,
  dense,
  inputNode,
  matrix,
  type Node,
  repeat,
  reshape,
  softmax,
} from './net.ts';
import { type RecurrentGraph, recurrentEncoding, recurrentSequence } from './recurrent-graph.ts';

export interface GraphModel {
  readonly model: Model;
  readonly shape: ForecastShape;
  readonly array: ArrayLookup;
}

export function modelGraph(window: Node, { model, shape, array }: GraphModel): Node {
  const answer =
    model.kind === 'encoder-decoder'
      ? encoderDecoder(window, model, shape, array)
      : model.channelIndependent
        ? byChannel(window, model, shape, array)
        : encodeAndAnswer(window, model, shape, array);
  if (shape.head) return quantileGraph(answer, shape.head);
  return shape.probabilities ? softmax(answer) : answer;
}

function encodeAndAnswer(window: Node, model: EncoderModel, shape: ForecastShape, array: ArrayLookup): Node {
  const encoding = encode(window, model, array);
  const hasBias = model.kind !== 'rnn' || model.bias;
  const bias = hasBias ? array('head/bias') : undefined;
  return reshape(dense(encoding, array('head/kernel'), { bias }), [
    shape.horizon,
    shape.targets * widthOf(shape),
  ]);
}

function encode(window: Node, model: EncoderModel, array: ArrayLookup): Node {
  if (model.kind === 'linear') return stepsSideBySide(window, model);
  if (model.kind === 'dense') return denseSteps(window, model, array);
  const embedded = model.segment ? segments(window, model.segment, array) : window;
  if (model.kind === 'attention') {
    const vectors = model.segment
      ? embedded
      : dense(window, array('embedding/kernel'), { bias: array('embedding/bias') });
    return attentionEncoding(vectors, model, array);
  }
  return recurrentEncoding(embedded, recurrentGraph(model), array);
}

export function recurrentGraph(
  model: Exclude<EncoderModel, { kind: 'attention' | 'linear' | 'dense' }>,
): RecurrentGraph {
  const { kind, units, layers: count, bidirectional } = model;
  return {
    cell: kind,
    prefix: kind,
    units,
    layers: count,
    bidirectional,
    bias: kind !== 'rnn' || model.bias,
    activation: kind === 'rnn' ? model.activation : 'tanh',
  };
}

/** Every step as it is, or its trend and its rest; a product along the steps is a dense layer behind a permutation. */
function stepsSideBySide(window: Node, { decomposition, averageRows }: LinearModel): Node {
  const [, time, inputs] = window.shape as [null, number, number];
  if (decomposition === 'none') return reshape(window, [time * inputs]);
  const along = (kernel: Float32Array): Node => {
    const columns = apply(layers.permute({ dims: [2, 1] }), window);
    const product = dense(columns, { shape: [time, time], values: kernel });
    return apply(layers.permute({ dims: [2, 1] }), product);
  };
  const average = averagingKernel(time, averageRows);
  const rest = average.map((weight, at) => (at % (time + 1) === 0 ? 1 : 0) - weight);
  return reshape(concatenate([along(average), along(rest)], 2), [2 * time * inputs]);
}

/** The same layers for every step, then all steps side by side. */
function denseSteps(window: Node, { layers: count, activation }: DenseModel, array: ArrayLookup): Node {
  let steps = window;
  for (let layer = 0; layer < count; layer++)
    steps = dense(steps, array(`dense/${layer}/kernel`), { bias: array(`dense/${layer}/bias`), activation });
  const [, time, units] = steps.shape as [null, number, number];
  return reshape(steps, [time * units]);
}

/** A segment embedding is a convolution whose kernel is as long as a segment. */
function segments(window: Node, { length, stride }: Segment, array: ArrayLookup): Node {
  const [, time, inputs] = window.shape as [null, number, number];
  const skipped = (time - length) % stride;
  const { shape, values } = array('segments/kernel');
  const units = shape[1]!;
  const layer = layers.conv1d({
    filters: units,
    kernelSize: length,
    strides: stride,
    padding: 'valid',
    kernelInitializer: 'zeros',
  });
  const kernel = { shape: [length, inputs, units], values };
  return apply(layer, cropSteps(window, skipped, 0), [kernel, array('segments/bias')]);
}

/** One graph of one column, used for every column. */
function byChannel(window: Node, model: EncoderModel, shape: ForecastShape, array: ArrayLookup): Node {
  const one = { ...shape, inputs: 1, targets: 1 };
  const column = inputNode([shape.lookback, 1], 'column');
  const inner = createModel({
    inputs: column,
    outputs: encodeAndAnswer(column, model, one, array),
    name: 'channel',
  });
  const answers = Array.from({ length: shape.inputs }, (_, channel) => {
    const chosen = matrix(shape.inputs, 1, (row) => (row === channel ? 1 : 0));
    return inner.apply(dense(window, chosen)) as Node;
  });
  return concatenate(answers, 2);
}

function encoderDecoder(
  window: Node,
  { cell, units, layers: count, attention }: EncoderDecoderModel,
  { horizon }: ForecastShape,
  array: ArrayLookup,
): Node {
  const common = {
    cell,
    units,
    layers: count,
    bidirectional: false,
    bias: true,
    activation: 'tanh',
  } as const;
  const past = recurrentSequence(window, { ...common, prefix: 'encoder' }, array);
  const context = repeat(past.states.at(-1)![0]!, horizon);
  const { outputs } = recurrentSequence(context, { ...common, prefix: 'decoder' }, array, past.states);
  const seen = attention ? lookBack(outputs, past.outputs, array) : outputs;
  return dense(seen, array('head/kernel'), { bias: array('head/bias') });
}

function lookBack(states: Node, past: Node, array: ArrayLookup): Node {
  const query = dense(states, array('attention/score/kernel'));
  const scores = apply(layers.dot({ axes: 2 }), [query, past]); // [horizon, lookback]
  const found = apply(layers.dot({ axes: [2, 1] }), [softmax(scores), past]);
  const bias = array('attention/combine/bias');
  return dense(concatenate([found, states], 2), array('attention/combine/kernel'), {
    activation: 'tanh',
    bias,
  });
}
