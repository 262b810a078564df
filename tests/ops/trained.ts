// The models behind the golden hashes of weights, by name: sizes that fill no vector, and some that fill several.
import { trainEncoder } from './train-encoder.ts';
import { trainRecurrent } from './train-recurrent.ts';

export const TRAININGS: Readonly<Record<string, () => Float32Array[]>> = {
  lstm: () => trainRecurrent('lstm', 13),
  gru: () => trainRecurrent('gru', 13),
  rnn: () => trainRecurrent('rnn', 13),
  encoder: () => trainEncoder({ units: 12, hidden: 30, drops: true }),
  'lstm of 44 units': () => trainRecurrent('lstm', 44),
  'gru of 44 units': () => trainRecurrent('gru', 44),
  'rnn of 44 units': () => trainRecurrent('rnn', 44),
  'encoder of 48 units': () => trainEncoder({ units: 48, hidden: 72, drops: false }),
};
