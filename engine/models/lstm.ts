// Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000): i, f, o = sigmoid(...),
// g = tanh(...), c' = f c + i g, h' = o tanh(c').
import type { LstmModel } from '../contract/experiment.ts';
import type { Encoder } from './encoder.ts';
import { createRecurrentEncoder, type WindowShape } from './recurrent-encoder.ts';

export function createLstmEncoder(model: LstmModel, shape: WindowShape): Encoder {
  return createRecurrentEncoder(
    { ...model, cell: 'lstm', bias: true, updateBias: 0, activation: 'tanh' },
    shape,
  );
}
