// Words of lab 3.
import type { LabWords } from './lab-words.ts';

export const GATES_WORDS: LabWords = {
  name: 'gates',
  title: 'Gates that keep',
  summary: 'One first bias decides whether an LSTM begins by remembering or by forgetting.',
  setup:
    'Three LSTMs of 32 units learn the adding problem over 50 steps. They differ in the first bias of the forget gate alone: -1, 1, or a memory of its own length for each unit (chrono).',
  question: 'Which of them ends with the lowest validation loss?',
  guesses: [
    { id: 'shut', text: 'Forget bias -1: it begins with gates of 0.27' },
    { id: 'open', text: 'Forget bias 1: it begins with gates of 0.73' },
    { id: 'chrono', text: 'Chrono biases: memories of up to 50 steps' },
  ],
  own: 'The same LSTMs learn to forecast the next value of your column from 50.',
  explanation: [
    "c' = f c + i g: with f = sigmoid(1) = 0.73 a value is down to 1/e after 3 steps, with sigmoid(-1) = 0.27 after less than one.",
    'Gates can learn to open, but only from a gradient that arrives; and it arrives only through open gates (Jozefowicz et al. 2015).',
  ],
};
