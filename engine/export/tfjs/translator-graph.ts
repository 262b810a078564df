// A translator as two models of stock layers: the encoder reads a whole text, the decoder writes one token at a time.
import { model as createLayersModel, type LayersModel, layers } from '@tensorflow/tfjs-layers';
import type { AttentionModel, EncoderDecoderModel } from '../../contract/experiment/model.ts';
import type { AttentionScores } from '../../contract/tasks/translate.ts';
import { DECODER_NORM, DECODER_POSITIONS, decoderPath } from '../../models/translation/decoder-block.ts';
import { attentionOfAnyLength, rowsOfTable } from './attention-graph.ts';
import { firstStates, oneStepAttention } from './attention-one-step.ts';
import {
  type ArrayLookup,
  add,
  apply,
  concatenate,
  dense,
  giveWeights,
  inputNode,
  type Layer,
  type Node,
  softmax,
  transposed,
} from './net.ts';
import { oneStepCells } from './one-step-cells.ts';
import {
  createRecurrentLayer,
  type RecurrentGraph,
  recurrentSteps,
  recurrentWeights,
} from './recurrent-graph.ts';

export interface TranslatorGraph<Kind = EncoderDecoderModel | AttentionModel> {
  readonly model: Kind;
  /** The encoder reads from both ends. */
  readonly bidirectional: boolean;
  readonly attentionScores: AttentionScores;
  /** Where an image is read instead of tokens: numbers of a patch. */
  readonly patchFeatures?: number | undefined;
  /** Texts stand beside what is read, and words are taken over from them. */
  readonly hasHints?: boolean | undefined;
  /** Most steps that the model was made for. */
  readonly mostSteps: number;
  readonly array: ArrayLookup;
}

type Recurrent = TranslatorGraph<EncoderDecoderModel>;

export interface TranslatorModels {
  /**
   * tokens [time], or patches [time, numbers], and tokens of hints [time] -> one vector for each [time, width], those of the hints (with the
   * tokens around, and alone), then the decoder's first states.
   */
  readonly encoder: LayersModel;
  /** token [1], with attention these vectors, those of the hints, the states -> probabilities [1, tokens], the new states. */
  readonly decoder: LayersModel;
  /** Shapes of first states that are zeros: those that the encoder does not give. */
  readonly firstStates: readonly (readonly number[])[];
}

export function translatorModels({ model, ...given }: TranslatorGraph): TranslatorModels {
  if (model.kind === 'attention') return attentionModels({ ...given, model });
  const recurrent = { ...given, model };
  return { encoder: encoderModel(recurrent), decoder: decoderModel(recurrent), firstStates: [] };
}

function attentionModels(given: TranslatorGraph<AttentionModel>): TranslatorModels {
  const { model, mostSteps, array } = given;
  const { input, steps } = sourceOf(given);
  const read = attentionOfAnyLength(steps, { ...model, causal: false }, mostSteps, array);
  const token = inputNode([1], 'token');
  const memory = inputNode([null, model.units], 'memory');
  const { before, after, outputs } = oneStepAttention(rowsOfTable(token, array('target')), {
    model,
    array,
    pathOf: decoderPath,
    norm: DECODER_NORM,
    positions: DECODER_POSITIONS,
    mostSteps,
    memory,
  });
  const said = dense(outputs, array('head/kernel'), { bias: array('head/bias') });
  return {
    encoder: createLayersModel({ inputs: [input], outputs: [read], name: 'encoder' }),
    decoder: createLayersModel({
      inputs: [token, memory, ...before],
      outputs: [softmax(said), ...after],
      name: 'decoder',
    }),
    firstStates: firstStates(model),
  };
}

const graphOf = (
  { cell, units, layers: count }: EncoderDecoderModel,
  prefix: string,
  bidirectional: boolean,
): RecurrentGraph => ({ cell, units, layers: count, prefix, bidirectional, bias: true, activation: 'tanh' });

/** What is read, and a vector for each of its steps. */
function sourceOf({ patchFeatures, array }: TranslatorGraph): { readonly input: Node; readonly steps: Node } {
  if (patchFeatures === undefined) {
    const tokens = inputNode([null], 'tokens');
    return { input: tokens, steps: rowsOfTable(tokens, array('source')) };
  }
  const patches = inputNode([null, patchFeatures], 'patches');
  const steps = dense(patches, array('embedding/kernel'), { bias: array('embedding/bias') });
  return { input: patches, steps };
}

function encoderModel(given: Recurrent): LayersModel {
  const { model, bidirectional, array } = given;
  const graph = graphOf(model, 'encoder', bidirectional);
  const { input, steps } = sourceOf(given);
  let below = steps;
  let top: Node[] = [];
  const forward: Node[] = [];
  for (let level = 0; level < graph.layers; level++) {
    const inner = createRecurrentLayer(graph, { returnSequences: true, returnState: true });
    // Its types want the layer class that `layers` does not export.
    const layer = bidirectional
      ? (layers.bidirectional({ layer: inner as never, mergeMode: 'concat' }) as Layer)
      : inner;
    const [outputs, ...final] = layer.apply(below) as Node[];
    giveWeights(layer, recurrentWeights(graph, level, array));
    below = outputs!;
    top = final;
    forward.push(...final);
  }
  const states = bidirectional ? bridged(top, graph, array) : forward;
  const hints = given.hasHints ? readHints(model, array) : { inputs: [], outputs: [] };
  return createLayersModel({
    inputs: [input, ...hints.inputs],
    outputs: [below, ...hints.outputs, ...states],
    name: 'encoder',
  });
}

/** Each token of the hints with those around it, and alone. */
function readHints({ cell }: EncoderDecoderModel, array: ArrayLookup) {
  const tokens = inputNode([null], 'hints');
  const alone = rowsOfTable(tokens, array('target'));
  // Both directions side by side are as long as a token's vector.
  const units = array('target').shape[1]! / 2;
  const graph = {
    cell,
    units,
    layers: 1,
    prefix: 'hints',
    bidirectional: true,
    bias: true,
    activation: 'tanh',
  } as const;
  return { inputs: [tokens], outputs: [recurrentSteps(alone, graph, array), alone] };
}

/** From the last hidden state of both directions to the decoder's first states. */
function bridged(
  final: readonly Node[],
  { cell, layers: count }: RecurrentGraph,
  array: ArrayLookup,
): Node[] {
  const ofDirection = final.length / 2;
  const last = concatenate([final[0]!, final[ofDirection]!], 1);
  const map = (path: string, activation: 'tanh' | 'linear') =>
    dense(last, array(`${path}/kernel`), { bias: array(`${path}/bias`), activation });
  return Array.from({ length: count }, (_, level) => [
    map(`bridge/${level}/hidden`, 'tanh'),
    ...(cell === 'lstm' ? [map(`bridge/${level}/cell`, 'linear')] : []),
  ]).flat();
}

function decoderModel(given: Recurrent): LayersModel {
  const { model, bidirectional, attentionScores, hasHints, array } = given;
  const graph = graphOf(model, 'decoder', false);
  const token = inputNode([1], 'token');
  const memory = inputNode([null, bidirectional ? 2 * model.units : model.units], 'memory');
  const { before, after, outputs } = oneStepCells(graph, rowsOfTable(token, array('target')), array);
  const seen = model.attention ? lookedAt(outputs, memory, attentionScores, array) : outputs;
  const head = { bias: array('head/bias') };
  const width = array('target').shape[1]!;
  const hints = hasHints ? [inputNode([null, width], 'around'), inputNode([null, width], 'alone')] : [];
  const taken = hasHints ? takenOver(seen, hints as [Node, Node], array) : null;
  const said = dense(taken?.seen ?? seen, array('head/kernel'), head);
  const logits = taken ? add([said, taken.copied]) : said;
  return createLayersModel({
    inputs: [token, ...(model.attention ? [memory] : []), ...hints, ...before],
    outputs: [softmax(logits), ...after],
    name: 'decoder',
  });
}

/** The vector of the hints' token that is looked at: beside the state, and as what it adds to the same token of the answer. */
function takenOver(state: Node, [around, alone]: readonly [Node, Node], array: ArrayLookup) {
  const { shape, values } = array('hints/query/kernel');
  const scale = 1 / Math.sqrt(shape[1]!);
  const query = dense(state, { shape, values: values.map((value) => value * scale) });
  const scores = apply(layers.dot({ axes: 2 }), [query, around]);
  const found = apply(layers.dot({ axes: [2, 1] }), [softmax(scores), alone]);
  const seen = dense(concatenate([found, state], 2), array('hints/combine/kernel'), {
    activation: 'tanh',
    bias: array('hints/combine/bias'),
  });
  return { seen, copied: dense(found, transposed(array('target'))) };
}

function lookedAt(state: Node, memory: Node, scoring: AttentionScores, array: ArrayLookup): Node {
  const scores =
    scoring === 'additive' ? additiveScores(state, memory, array) : products(state, memory, scoring, array);
  const found = apply(layers.dot({ axes: [2, 1] }), [softmax(scores), memory]);
  return dense(concatenate([found, state], 2), array('attention/combine/kernel'), {
    activation: 'tanh',
    bias: array('attention/combine/bias'),
  });
}

/** [1, time] */
function products(state: Node, memory: Node, scoring: AttentionScores, array: ArrayLookup): Node {
  const { shape, values } = array('attention/score/kernel');
  const scale = scoring === 'scaled-dot' ? 1 / Math.sqrt(shape[1]!) : 1;
  const query = dense(state, { shape, values: values.map((value) => value * scale) });
  return apply(layers.dot({ axes: 2 }), [query, memory]);
}

/** [1, time]: the one query is added to every key. */
function additiveScores(state: Node, memory: Node, array: ArrayLookup): Node {
  const query = dense(state, array('attention/score/query/kernel'));
  const bias = array('attention/score/key/bias');
  const key = dense(memory, array('attention/score/key/kernel'), { bias });
  const sums = apply(layers.activation({ activation: 'tanh' }), add([query, key])); // [time, units]
  const scores = dense(sums, array('attention/score/vector/kernel')); // [time, 1]
  return apply(layers.permute({ dims: [2, 1] }), scores);
}
