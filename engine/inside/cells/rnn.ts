// The plain network: h' = f(x W + h U + b).
import { type RecurrentCell, relu, saturatesHidden, tanh } from './cell.ts';

export const rnn: RecurrentCell = {
  hasCell: false,
  gates: [],
  blocks: [{ name: 'h', title: 'new state', activation: (isBounded) => (isBounded ? tanh : relu) }],
  update: ({ h = 0 }) => [{ name: "h'", equation: "h' = f(x W + h U + b)", value: h, stored: 'hidden' }],
  isSaturated: saturatesHidden,
};
