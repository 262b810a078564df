// Gated recurrent unit (Cho et al. 2014): z, r = sigmoid(...), n = tanh(W_n' x + U_n' (r * h) + b_n), h' = z h + (1 - z) n.
// The reset gate acts before the product, as in the paper; PyTorch and cuDNN have it behind.
import type { GruModel } from '../contract/experiment.ts';
import type { Encoder } from './encoder.ts';
import { createRecurrentEncoder, type WindowShape } from './recurrent-encoder.ts';

export function createGruEncoder(model: GruModel, shape: WindowShape): Encoder {
  return createRecurrentEncoder(
    { ...model, cell: 'gru', bias: true, forgetBias: 0, activation: 'tanh' },
    shape,
  );
}
