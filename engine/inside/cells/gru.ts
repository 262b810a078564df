// The GRU with the reset gate before the product: z keeps here, as in PyTorch (Chung et al. 2014 write it the other way round).
import { blockOf, type Gate, type RecurrentCell, saturatesHidden } from './cell.ts';

const z: Gate = { name: 'z', title: 'update gate', isGate: true, keeps: true };
const r: Gate = { name: 'r', title: 'reset gate', isGate: true, keeps: false };
const n: Gate = { name: 'n', title: 'candidate', isGate: false, keeps: false };

export const gru: RecurrentCell = {
  hasCell: false,
  gates: [z, r, n],
  blocks: [blockOf(z), blockOf(r), blockOf(n, 'r')],
  update: (values, { hidden }) => {
    const { z: keep = 0, n: candidate = 0 } = values;
    const value = (1 - keep) * candidate + keep * hidden;
    return [{ name: "h'", equation: "h' = (1 - z) n + z h", value, stored: 'hidden' }];
  },
  isSaturated: saturatesHidden,
};
