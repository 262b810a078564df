// Gated recurrent unit (Cho et al. 2014): z, r = sigmoid(...), n = tanh(W_n' x + U_n' (r * h) + b_n), h' = z h + (1 - z) n. The
// reset gate acts before the product, as in the paper; in PyTorch and cuDNN it acts after.
import type { GruModel } from '../../contract/experiment/model.ts';
import { createRecurrentBody, type RecurrentBody } from './recurrent.ts';

export function createGruBody(model: GruModel, inputs: number): RecurrentBody {
  const common = { bias: true, forgetBias: 0, activation: 'tanh' } as const;
  return createRecurrentBody({ ...model, ...common, cell: 'gru', prefix: 'gru', part: 'encoder', inputs });
}
