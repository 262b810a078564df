// A sentence and the equation of every model: for `hindcast models`, the Design form and the report. Text only.
import type { Model } from '../contract/experiment/model.ts';

export interface ModelDescription {
  readonly kind: Model['kind'];
  readonly title: string;
  readonly sentence: string;
  /** One line each; a prime is a transposed matrix, * a product of elements. */
  readonly equation: readonly string[];
  /** Options that set what a gate does before it has learned anything; formulas as above. */
  readonly firstGates?: readonly string[];
  /** Parameters of one layer with m inputs and n units, one direction. */
  readonly parameters: string;
}

type Descriptions = { readonly [Kind in Model['kind']]: ModelDescription & { readonly kind: Kind } };

const DESCRIPTIONS: Descriptions = {
  rnn: {
    kind: 'rnn',
    title: 'Plain recurrent network',
    sentence:
      'One state that every step rewrites: the simplest memory, whose gradient fades over tens of steps.',
    equation: ["h_t = tanh(W_hh' h_{t-1} + W_xh' x_t + b_h)", "y_t = W_hy' h_t + b_y"],
    parameters: 'n (m + n + 1)',
  },
  gru: {
    kind: 'gru',
    title: 'Gated recurrent unit',
    sentence:
      'Two gates decide what of the state is kept and what is read: long memory at three quarters of an LSTM.',
    equation: [
      "z_t = sigmoid(W_z' x_t + U_z' h_{t-1} + b_z)",
      "r_t = sigmoid(W_r' x_t + U_r' h_{t-1} + b_r)",
      "n_t = tanh(W_n' x_t + U_n' (r_t * h_{t-1}) + b_n)",
      'h_t = z_t * h_{t-1} + (1 - z_t) * n_t',
    ],
    firstGates: ['updateBias b: b_z = b', 'chronoSteps T: b_z = ln u, u uniform in [1, T - 1]'],
    parameters: '3 n (m + n + 1)',
  },
  lstm: {
    kind: 'lstm',
    title: 'Long short-term memory',
    sentence: 'A cell that gates write, keep and read: gradients pass along it over hundreds of steps.',
    equation: [
      "i_t, f_t, o_t = sigmoid(W' x_t + U' h_{t-1} + b)",
      "g_t = tanh(W_g' x_t + U_g' h_{t-1} + b_g)",
      'c_t = f_t * c_{t-1} + i_t * g_t',
      'h_t = o_t * tanh(c_t)',
    ],
    firstGates: ['forgetBias b: b_f = b', 'chronoSteps T: b_f = ln u, b_i = -ln u, u uniform in [1, T - 1]'],
    parameters: '4 n (m + n + 1)',
  },
  attention: {
    kind: 'attention',
    title: 'Self-attention encoder',
    sentence:
      'Every step looks at every other one directly, so distance costs nothing; order comes from position codes.',
    equation: [
      'Q = X W_q, K = X W_k, V = X W_v',
      "A = softmax(Q K' / sqrt(n / heads)) V W_o",
      'Y = X + A(norm(X)), Z = Y + W_2 f(W_1 norm(Y))',
    ],
    parameters: '4 n (n + 1) + 2 n k + n + k + 4 n with k = feedForward',
  },
  'encoder-decoder': {
    kind: 'encoder-decoder',
    title: 'Recurrent encoder and decoder',
    sentence:
      'One network reads the input into a state, another one writes the output from it; attention lets it look back at every step read.',
    equation: [
      'h_1 ... h_T = encoder(x), s_0 = h_T, s_t = decoder(s_{t-1}, h_T)',
      "a_tj = softmax_j(s_t' W_a h_j), c_t = sum_j a_tj h_j   (with attention)",
      "y_t = W_y' tanh(W_c' [c_t, s_t])   (without: y_t = W_y' s_t)",
    ],
    parameters: 'two recurrent networks; attention adds n n + 2 n n + n',
  },
  linear: {
    kind: 'linear',
    title: 'Linear map',
    sentence:
      'One linear map from all that is read to the answer, solved in one step: hard to beat, so a larger model must. Of series it is NLinear with the step subtract-last, DLinear with the decomposition into trend and rest.',
    equation: ["y = W' x + b", "y = W_t' t + W_r' (x - t) + b, t = average(x)   (with trend)"],
    parameters: 'n (m + 1)',
  },
  dense: {
    kind: 'dense',
    title: 'Dense layers',
    sentence:
      'Each step by itself through layers of units, one to one: no memory, so that what comes before does not matter. Without layers it is linear or logistic regression.',
    equation: ["a_1 = relu(W_1' x + b_1), a_2 = relu(W_2' a_1 + b_2), ...", "y = W_y' a + b_y"],
    parameters: 'n (m + 1)',
  },
};

/** In the order of the lecture: from the plain network to attention. */
export const MODEL_DESCRIPTIONS: readonly ModelDescription[] = Object.values(DESCRIPTIONS);

export function describeModel(kind: Model['kind']): ModelDescription {
  return DESCRIPTIONS[kind];
}
