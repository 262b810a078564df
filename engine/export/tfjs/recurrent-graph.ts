// Recurrent layers as stock layers: simpleRNN, gru (with the reset gate before the product, as ours) and lstm store their weights
// in our order. The bidirectional wrapper handles both directions.
import { layers } from '@tensorflow/tfjs-layers';
import type { Cell } from '../../models/bodies/gate-biases.ts';
import { layerPath } from '../../models/bodies/recurrent-layers.ts';
import { type ArrayLookup, EMPTY, giveWeights, type Layer, type Node, type Weight } from './net.ts';

export interface RecurrentGraph {
  readonly cell: Cell;
  readonly prefix: string;
  readonly units: number;
  readonly layers: number;
  readonly bidirectional: boolean;
  readonly bias: boolean;
  readonly activation: 'tanh' | 'relu';
}

export function createRecurrentLayer(
  { cell, units, bias, activation }: RecurrentGraph,
  options: object,
): Layer {
  const common = { ...EMPTY, units, useBias: bias, ...options };
  if (cell === 'rnn') return layers.simpleRNN({ ...common, activation });
  const gated = { ...common, activation: 'tanh', recurrentActivation: 'sigmoid' } as const;
  if (cell === 'gru') return layers.gru(gated);
  return layers.lstm({ ...gated, unitForgetBias: false });
}

export function recurrentWeights(graph: RecurrentGraph, layer: number, array: ArrayLookup): Weight[] {
  const directions = graph.bidirectional ? (['forward', 'backward'] as const) : (['forward'] as const);
  const parts = graph.bias ? ['kernel', 'recurrentKernel', 'bias'] : ['kernel', 'recurrentKernel'];
  return directions.flatMap((direction) => {
    const path = layerPath(graph, layer, direction);
    return parts.map((part) => array(`${path}/${part}`));
  });
}

/** The last hidden state of the top layer (of both directions), [width]. x [time, features]. */
export const recurrentEncoding = (x: Node, graph: RecurrentGraph, array: ArrayLookup): Node =>
  throughLayers(x, graph, array, false);

/** The hidden states of the top layer after every step (of both directions), [time, width]. */
export const recurrentSteps = (x: Node, graph: RecurrentGraph, array: ArrayLookup): Node =>
  throughLayers(x, graph, array, true);

function throughLayers(x: Node, graph: RecurrentGraph, array: ArrayLookup, hasSteps: boolean): Node {
  let below = x;
  for (let level = 0; level < graph.layers; level++) {
    const returnSequences = hasSteps || level < graph.layers - 1;
    const inner = createRecurrentLayer(graph, { returnSequences });
    // Its types want the layer class that `layers` does not export.
    const layer = graph.bidirectional
      ? layers.bidirectional({ layer: inner as never, mergeMode: 'concat' })
      : inner;
    below = layer.apply(below) as Node;
    giveWeights(layer, recurrentWeights(graph, level, array));
  }
  return below;
}

export interface SequenceRun {
  /** [time, units] */
  readonly outputs: Node;
  /** By layer: hidden state and, of an LSTM, cell. */
  readonly states: readonly Node[][];
}

/** All hidden states of the top layer and the final ones of each layer; one direction. */
export function recurrentSequence(
  x: Node,
  graph: RecurrentGraph,
  array: ArrayLookup,
  initial?: readonly Node[][],
): SequenceRun {
  let below = x;
  const states: Node[][] = [];
  for (let level = 0; level < graph.layers; level++) {
    const layer = createRecurrentLayer(graph, { returnSequences: true, returnState: initial === undefined });
    // States as further inputs: as an option they would not be written with the graph.
    const started = initial ? [below, ...initial[level]!] : below;
    const options: Record<string, unknown> = {};
    const result = layer.apply(started, options) as Node | Node[];
    // The layer notes the states here too, and would warn when it is saved that they cannot be written twice.
    delete options.initialState;
    giveWeights(layer, recurrentWeights(graph, level, array));
    const [outputs, ...final] = Array.isArray(result) ? result : [result];
    states.push(final);
    below = outputs!;
  }
  return { outputs: below, states };
}
