// Plain recurrent network (Elman 1990): h_t = tanh(W_hh' h_{t-1} + W_xh' x_t + b_h); y_t = W_hy' h_t + b_y is the head's.
import type { RnnModel } from '../contract/experiment.ts';
import type { Encoder } from './encoder.ts';
import { createRecurrentEncoder, type WindowShape } from './recurrent-encoder.ts';

export function createRnnEncoder(model: RnnModel, shape: WindowShape): Encoder {
  return createRecurrentEncoder(
    { ...model, cell: 'rnn', forgetBias: 0, updateBias: 0, chronoSteps: null },
    shape,
  );
}
