// Words of lab 1.
import type { LabWords } from './lab-words.ts';

export const STATE_WORDS: LabWords = {
  name: 'state',
  title: 'The state and its equations',
  summary: 'A network reads a window one value at a time; four numbers are all that it keeps.',
  setup:
    'A plain recurrent network with four units learns to forecast a noisy wave. Then the oldest value of a window of 24 is raised by 1, and the states with and without this change are compared step by step.',
  question: 'How much of the change is left in the state 23 steps later, after training?',
  guesses: [
    { id: 'gone', text: 'Less than 1 % of it' },
    { id: 'some', text: 'Between 1 % and half of it' },
    { id: 'most', text: 'More than half of it' },
  ],
  own: 'The same network reads your column; the oldest value is raised by one standard deviation.',
  explanation: [
    "h' = tanh(x W + h U + b): each step mixes what is read (x W) with what is kept (h U), and tanh bounds it (Elman 1990).",
    'The state does not grow with the window. What it cannot hold, or does not keep for long enough, the forecast cannot use.',
  ],
};
