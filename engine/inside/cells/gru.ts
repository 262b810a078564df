// The GRU with the reset gate before the product: z keeps here, as in PyTorch (Chung et al. 2014 write it the other way round).
import { type RecurrentCell, saturatesHidden } from './cell.ts';

export const gru: RecurrentCell = {
  hasCell: false,
  gates: [
    { name: 'z', title: 'update gate', isGate: true, keeps: true },
    { name: 'r', title: 'reset gate', isGate: true, keeps: false },
    { name: 'n', title: 'candidate', isGate: false, keeps: false },
  ],
  isSaturated: saturatesHidden,
};
