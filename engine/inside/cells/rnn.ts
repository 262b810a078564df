// The plain network: h' = f(x W + h U + b).
import { type RecurrentCell, saturatesHidden } from './cell.ts';

export const rnn: RecurrentCell = { hasCell: false, gates: [], isSaturated: saturatesHidden };
