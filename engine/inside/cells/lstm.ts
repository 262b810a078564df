// The LSTM: c' = f c + i g, h' = o tanh(c'). It is tanh c that saturates; h is also small where the output gate is shut.
import { blockOf, type Gate, type RecurrentCell, saturatesCell } from './cell.ts';

const gates: readonly Gate[] = [
  { name: 'i', title: 'input gate', isGate: true, keeps: false },
  { name: 'f', title: 'forget gate', isGate: true, keeps: true },
  { name: 'g', title: 'candidate', isGate: false, keeps: false },
  { name: 'o', title: 'output gate', isGate: true, keeps: false },
];

export const lstm: RecurrentCell = {
  hasCell: true,
  gates,
  blocks: gates.map((gate) => blockOf(gate)),
  update: ({ i = 0, f = 0, g = 0, o = 0 }, before) => {
    const cell = f * before.cell + i * g;
    return [
      { name: "c'", equation: "c' = f c + i g", value: cell, stored: 'cell' },
      { name: "h'", equation: "h' = o tanh(c')", value: o * Math.tanh(cell), stored: 'hidden' },
    ];
  },
  isSaturated: saturatesCell,
};
