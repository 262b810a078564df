// A language model as stock layers that read one token: the token and the states go in, the probabilities of the next token and the new states
// come out. So a program can keep the states and write token by token.
import { model as createLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import type { AttentionModel } from '../../contract/experiment/model.ts';
import { blockPath } from '../../models/bodies/attention-block.ts';
import { rowsOfTable } from './attention-graph.ts';
import { firstStates, oneStepAttention } from './attention-one-step.ts';
import { type ArrayLookup, dense, inputNode, type Node, softmax, transposed } from './net.ts';
import { oneStepCells } from './one-step-cells.ts';
import type { RecurrentGraph } from './recurrent-graph.ts';

export interface OneStep {
  readonly body: OneStepBody;
  readonly array: ArrayLookup;
  /** Names of the table of token vectors, and of what writes the answer. */
  readonly table: string;
  readonly head: string;
  /** The table writes the answer too. */
  readonly isTied: boolean;
}

/** `window`: most tokens that attention sees. */
export type OneStepBody = RecurrentGraph | { readonly attention: AttentionModel; readonly window: number };

/** Shapes of the states where no token has been read; all of them are zeros. */
export function firstStatesOf(body: OneStepBody): number[][] {
  if ('attention' in body) return firstStates(body.attention);
  return Array.from({ length: body.layers * (body.cell === 'lstm' ? 2 : 1) }, () => [body.units]);
}

/**
 * Inputs: token [1], then of each recurrent layer its hidden state [units] and, of an LSTM, its cell; of attention the number of tokens before
 * [1] and of each block the steps so far [null, units]. Outputs: probabilities [1, tokens], then these.
 */
export function oneStepModel({ body, array, table, head, isTied }: OneStep): LayersModel {
  const rows = array(table);
  const token = inputNode([1], 'token');
  const { before, after, outputs } = through(rowsOfTable(token, rows), body, array);
  const kernel = isTied ? transposed(rows) : array(`${head}/kernel`);
  const probabilities = softmax(dense(outputs, kernel, { bias: array(`${head}/bias`) }));
  return createLayersModel({
    inputs: [token, ...before],
    outputs: [probabilities, ...after],
    name: 'hindcast',
  });
}

function through(token: Node, body: OneStepBody, array: ArrayLookup) {
  if (!('attention' in body)) return oneStepCells(body, token, array);
  return oneStepAttention(token, {
    model: body.attention,
    array,
    pathOf: blockPath,
    norm: 'norm',
    positions: 'positions',
    mostSteps: body.window,
  });
}
