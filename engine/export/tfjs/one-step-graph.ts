// A recurrent language model as stock layers that read one token: the token and the states go in, the probabilities of the next token and
// the new states come out. So a program can keep the states and write token by token.
import { model as createLayersModel, type LayersModel, layers } from '@tensorflow/tfjs-layers';
import { type ArrayLookup, apply, dense, inputNode, type Layer, softmax, type Weight } from './net.ts';
import { oneStepCells } from './one-step-cells.ts';
import type { RecurrentGraph } from './recurrent-graph.ts';

export interface OneStep {
  readonly graph: RecurrentGraph;
  readonly array: ArrayLookup;
  /** Names of the table of token vectors, and of what writes the answer. */
  readonly table: string;
  readonly head: string;
  /** The table writes the answer too. */
  readonly isTied: boolean;
}

/** Inputs: token [1], then of each layer its hidden state [units] and, of an LSTM, its cell. Outputs: probabilities [1, tokens], then these. */
export function oneStepModel({ graph, array, table, head, isTied }: OneStep): LayersModel {
  const rows = array(table);
  const token = inputNode([1], 'token');
  const embedding = layers.embedding({ inputDim: rows.shape[0]!, outputDim: rows.shape[1]!, inputLength: 1 });
  const cells = oneStepCells(graph, apply(embedding as Layer, token, [rows]), array);
  const kernel = isTied ? transposed(rows) : array(`${head}/kernel`);
  const logits = dense(cells.outputs, kernel, { bias: array(`${head}/bias`) });
  const probabilities = softmax(logits);
  return createLayersModel({
    inputs: [token, ...cells.before],
    outputs: [probabilities, ...cells.after],
    name: 'hindcast',
  });
}

function transposed({ shape: [rows = 0, columns = 0], values }: Weight): Weight {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = values[row * columns + column]!;
  return { shape: [columns, rows], values: turned };
}
