// Plain recurrent network (Elman 1990): h_t = tanh(W_hh' h_{t-1} + W_xh' x_t + b_h); y_t = W_hy' h_t + b_y is the writer's.
import type { RnnModel } from '../../contract/experiment/model.ts';
import { createRecurrentBody, type RecurrentBody } from './recurrent.ts';

export function createRnnBody(model: RnnModel, inputs: number): RecurrentBody {
  const gates = { forgetBias: 0, updateBias: 0, chronoSteps: null };
  return createRecurrentBody({ ...model, ...gates, cell: 'rnn', prefix: 'rnn', part: 'encoder', inputs });
}
