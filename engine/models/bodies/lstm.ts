// Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000): i, f, o = sigmoid(...),
// g = tanh(...), c' = f c + i g, h' = o tanh(c').
import type { LstmModel } from '../../contract/experiment/model.ts';
import { createRecurrentBody, type RecurrentBody } from './recurrent.ts';

export function createLstmBody(model: LstmModel, inputs: number): RecurrentBody {
  const common = { bias: true, updateBias: 0, activation: 'tanh' } as const;
  return createRecurrentBody({ ...model, ...common, cell: 'lstm', prefix: 'lstm', part: 'encoder', inputs });
}
