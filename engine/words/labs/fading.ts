// Words of lab 2.
import type { LabWords } from './lab-words.ts';

export const FADING_WORDS: LabWords = {
  name: 'fading',
  title: 'Why the past fades',
  summary: 'How much of the gradient arrives 49 steps back, in plain networks and in LSTMs.',
  setup:
    'Six networks of 32 units learn the adding problem: of 50 numbers two are marked, one in each half, and their sum is due. Four are plain networks whose first recurrent weights differ; two are LSTMs. The gradient of the loss is measured at each lag, before and after training.',
  question: 'Which network has most of its gradient left at lag 49 after training?',
  guesses: [
    { id: 'short', text: 'The plain network whose first weights have a gain of 0.7' },
    { id: 'glorot', text: 'The plain network with Glorot weights' },
    { id: 'orthogonal', text: 'The plain network with orthogonal weights' },
    { id: 'long', text: 'The plain network whose first weights have a gain of 1.4' },
    { id: 'lstm', text: 'The LSTM with a forget bias of 1' },
    { id: 'chrono', text: 'The LSTM with chrono biases' },
  ],
  own: 'The networks learn to forecast the next value of your column from 50; the autocorrelation stands beside the gradients.',
  explanation: [
    'On its way back through a step of a plain network the gradient is multiplied by diag(1 - h²) U. Over 49 steps a factor of 0.9 leaves 0.6 %, one of 1.1 makes it a hundredfold (Bengio et al. 1994, Pascanu et al. 2013).',
    'The cell state of an LSTM is multiplied by its forget gate alone, which can stay near 1 (Hochreiter and Schmidhuber 1997, Gers et al. 2000). Chrono biases give every unit a memory of its own length from the start (Tallec and Ollivier 2018).',
  ],
};
