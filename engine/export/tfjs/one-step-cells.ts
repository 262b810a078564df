// Recurrent layers of a model that reads one token: their states go in and come out, so that a program can keep them.
import { type ArrayLookup, giveWeights, inputNode, type Node } from './net.ts';
import { createRecurrentLayer, type RecurrentGraph, recurrentWeights } from './recurrent-graph.ts';

export interface OneStepCells {
  /** Of each layer its hidden state [units] and, of an LSTM, its cell: inputs of the model. */
  readonly before: readonly Node[];
  /** The same after the token. */
  readonly after: readonly Node[];
  /** Of the uppermost layer, [1, units]. */
  readonly outputs: Node;
}

/** @param token vector of the token, [1, width] */
export function oneStepCells(graph: RecurrentGraph, token: Node, array: ArrayLookup): OneStepCells {
  const perLayer = graph.cell === 'lstm' ? ['hidden', 'cell'] : ['hidden'];
  const states = Array.from({ length: graph.layers }, (_, level) =>
    perLayer.map((name) => inputNode([graph.units], `${name}${level}`)),
  );
  let below = token;
  const after: Node[] = [];
  for (const [level, initial] of states.entries()) {
    const layer = createRecurrentLayer(graph, { returnSequences: true, returnState: true });
    const options: Record<string, unknown> = {};
    // States as further inputs: as an option they would not be written with the graph.
    const [outputs, ...final] = layer.apply([below, ...initial], options) as Node[];
    // The layer notes the states here too, and would warn when it is saved that they cannot be written twice.
    delete options.initialState;
    giveWeights(layer, recurrentWeights(graph, level, array));
    below = outputs!;
    after.push(...final);
  }
  return { before: states.flat(), after, outputs: below };
}
