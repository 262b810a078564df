// A model that answers each step of a sequence of tokens or numbers, as stock layers: one sequence of any length goes in, the probabilities of the classes
// of each of its steps come out.
import { model as createLayersModel, type LayersModel, layers } from '@tensorflow/tfjs-layers';
import { type DenseModel, isRecurrent, type Model } from '../../contract/experiment/model.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { TOKEN_TABLE } from '../../models/readers/tokens.ts';
import type { StepRead } from '../../models/step-labeller.ts';
import { attentionOfAnyLength, rowsOfTable } from './attention-graph.ts';
import { recurrentGraph } from './model-graph.ts';
import { type ArrayLookup, dense, giveWeights, inputNode, type Layer, type Node, softmax } from './net.ts';
import { createRecurrentLayer, type RecurrentGraph, recurrentWeights } from './recurrent-graph.ts';

export interface StepGraph {
  readonly model: Model;
  readonly read: StepRead;
  /** Most steps that the model was made for. */
  readonly mostSteps: number;
  readonly array: ArrayLookup;
}

/** tokens [time], or scaled numbers [time, channels] -> [time, classes]. @throws HindcastError `conflict` for a model that has no such form. */
export function stepModel({ model, read, mostSteps, array }: StepGraph): LayersModel {
  const inputs =
    read.kind === 'rows' ? inputNode([null, read.channels], 'numbers') : inputNode([null], 'tokens');
  const vectors =
    read.kind === 'rows' ? rowVectors(inputs, model, array) : rowsOfTable(inputs, array(TOKEN_TABLE));
  const steps = stepsOf(vectors, { model, mostSteps, array });
  const logits = dense(steps, array('head/kernel'), { bias: array('head/bias') });
  return createLayersModel({ inputs, outputs: softmax(logits), name: 'hindcast' });
}

/** Attention adds positions to vectors of its own width. */
const rowVectors = (numbers: Node, model: Model, array: ArrayLookup): Node =>
  model.kind === 'attention'
    ? dense(numbers, array('embedding/kernel'), { bias: array('embedding/bias') })
    : numbers;

/** [time, units] */
function stepsOf(x: Node, { model, mostSteps, array }: Omit<StepGraph, 'read'>): Node {
  if (model.kind === 'dense') return throughLayers(x, model, array);
  if (model.kind === 'attention') return attentionOfAnyLength(x, model, mostSteps, array);
  if (isRecurrent(model)) return recurrent(x, recurrentGraph(model), array);
  const message = `There is no form for TensorFlow.js of a labeller of the kind "${model.kind}"; export a run with rnn, gru, lstm, attention or dense.`;
  throw new HindcastError('conflict', message, { details: { model: model.kind } });
}

function throughLayers(x: Node, { layers: count, activation }: DenseModel, array: ArrayLookup): Node {
  let steps = x;
  for (let layer = 0; layer < count; layer++)
    steps = dense(steps, array(`dense/${layer}/kernel`), { bias: array(`dense/${layer}/bias`), activation });
  return steps;
}

function recurrent(x: Node, graph: RecurrentGraph, array: ArrayLookup): Node {
  let below = x;
  for (let level = 0; level < graph.layers; level++) {
    const inner = createRecurrentLayer(graph, { returnSequences: true });
    // Its types want the layer class that `layers` does not export.
    const layer = graph.bidirectional
      ? (layers.bidirectional({ layer: inner as never, mergeMode: 'concat' }) as Layer)
      : inner;
    below = layer.apply(below) as Node;
    giveWeights(layer, recurrentWeights(graph, level, array));
  }
  return below;
}
