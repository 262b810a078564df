// What is trained for the golden hashes of weights, by name.
import { trainEncoder } from './train-encoder.ts';
import { trainRecurrent } from './train-recurrent.ts';

export const TRAININGS: Readonly<Record<string, () => Float32Array[]>> = {
  lstm: () => trainRecurrent('lstm'),
  gru: () => trainRecurrent('gru'),
  rnn: () => trainRecurrent('rnn'),
  encoder: trainEncoder,
};
