// A model of samples as a graph of stock layers: tokens [steps] or rows [steps, channels] -> probabilities [classes], or numbers. Steps are as many as a sample
// has: samples are given one by one, or several of one length together, so that nothing is padded.
import { layers } from '@tensorflow/tfjs-layers';
import type { Model } from '../../contract/experiment/model.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { TOKEN_TABLE } from '../../models/readers/tokens.ts';
import type { OutputWriter, ReadoutName, SequenceShape } from '../../models/sequence-classifier.ts';
import { attentionOfAnyLength, attentionSteps } from './attention-graph.ts';
import { recurrentGraph } from './model-graph.ts';
import { type ArrayLookup, apply, dense, inputNode, lastStep, type Node, reshape, softmax } from './net.ts';
import { recurrentEncoding, recurrentSteps } from './recurrent-graph.ts';

export interface GraphClassifier {
  readonly model: Model;
  readonly input: SequenceShape['input'];
  readonly readout: ReadoutName;
  /** Of every sample; null: each has a length of its own. */
  readonly steps: number | null;
  /** Most steps that a sample may have. */
  readonly mostSteps: number;
  readonly array: ArrayLookup;
  /** Default: one of the classes. */
  readonly writer?: OutputWriter | undefined;
}

export interface ClassifierGraph {
  readonly input: Node;
  readonly output: Node;
}

/** @throws HindcastError `conflict` for a model whose layers need samples of one length */
export function classifierGraph(given: GraphClassifier): ClassifierGraph {
  const { model, input, readout, steps, array } = given;
  const takesLast = readout === 'last' && (model.kind === 'attention' || model.kind === 'dense');
  if (steps === null && (model.kind === 'linear' || readout === 'flatten' || takesLast)) throw noLength();
  const node =
    input.kind === 'tokens'
      ? inputNode([steps as number], 'tokens')
      : inputNode([steps as number, input.channels], 'rows');
  const encoding = encode(vectorsOf(node, given), given);
  return { input: node, output: WRITERS[given.writer ?? 'classes'](encoding, array) };
}

const head = (encoding: Node, array: ArrayLookup, activation?: 'sigmoid'): Node =>
  dense(encoding, array('head/kernel'), { bias: array('head/bias'), ...(activation && { activation }) });

const WRITERS: Readonly<Record<OutputWriter, (encoding: Node, array: ArrayLookup) => Node>> = {
  classes: (encoding, array) => softmax(head(encoding, array)),
  labels: (encoding, array) => head(encoding, array, 'sigmoid'),
  values: (encoding, array) => head(encoding, array),
};

function vectorsOf(node: Node, { model, input, array }: GraphClassifier): Node {
  if (input.kind === 'rows')
    return model.kind === 'attention'
      ? dense(node, array('embedding/kernel'), { bias: array('embedding/bias') })
      : node;
  const table = array(TOKEN_TABLE);
  const [inputDim, outputDim] = table.shape as [number, number];
  const layer = layers.embedding({ inputDim, outputDim, embeddingsInitializer: 'zeros' });
  return apply(layer, node, [table]);
}

function encode(x: Node, { model, readout, steps: length, mostSteps, array }: GraphClassifier): Node {
  switch (model.kind) {
    case 'rnn':
    case 'gru':
    case 'lstm': {
      const graph = recurrentGraph(model);
      return readout === 'last'
        ? recurrentEncoding(x, graph, array)
        : readSteps(recurrentSteps(x, graph, array), readout, array);
    }
    case 'attention':
      return readSteps(
        length === null ? attentionOfAnyLength(x, model, mostSteps, array) : attentionSteps(x, model, array),
        readout,
        array,
      );
    case 'dense': {
      let steps = x;
      for (let layer = 0; layer < model.layers; layer++) {
        const bias = array(`dense/${layer}/bias`);
        steps = dense(steps, array(`dense/${layer}/kernel`), { bias, activation: model.activation });
      }
      return readSteps(steps, readout, array);
    }
    case 'linear':
      return readSteps(x, 'flatten', array);
    case 'encoder-decoder':
      throw noLength();
  }
}

function readSteps(steps: Node, readout: ReadoutName, array: ArrayLookup): Node {
  switch (readout) {
    case 'last':
      return lastStep(steps);
    case 'mean':
      return apply(layers.globalAveragePooling1d({}), steps);
    case 'max':
      return apply(layers.globalMaxPooling1d({}), steps);
    case 'attention':
      return attentionPool(steps, array);
    case 'flatten': {
      const [, time, units] = steps.shape as [null, number, number];
      return reshape(steps, [time * units]);
    }
  }
}

/** A mean of the steps; their shares are the softmax of a product with one learned query. */
function attentionPool(steps: Node, array: ArrayLookup): Node {
  const units = steps.shape[2]!;
  const keys = dense(steps, array('readout/key/kernel'), {
    activation: 'tanh',
    bias: array('readout/key/bias'),
  });
  const query = { shape: [units, 1], values: array('readout/query').values };
  const scores = apply(layers.permute({ dims: [2, 1] }), dense(keys, query)); // [1, steps]
  const mean = apply(layers.dot({ axes: [2, 1] }), [softmax(scores), steps]); // [1, units]
  return reshape(mean, [units]);
}

function noLength(): HindcastError {
  const message =
    'This model reads samples of one length alone in TensorFlow.js, and its samples have several; export its tables (csv) or its report.';
  return new HindcastError('conflict', message);
}
