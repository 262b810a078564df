// The LSTM: c' = f c + i g, h' = o tanh(c'). It is tanh c that saturates; h is also small where the output gate is shut.
import { type RecurrentCell, saturatesCell } from './cell.ts';

export const lstm: RecurrentCell = {
  hasCell: true,
  gates: [
    { name: 'i', title: 'input gate', isGate: true, keeps: false },
    { name: 'f', title: 'forget gate', isGate: true, keeps: true },
    { name: 'g', title: 'candidate', isGate: false, keeps: false },
    { name: 'o', title: 'output gate', isGate: true, keeps: false },
  ],
  isSaturated: saturatesCell,
};
