// Words of lab 5.
import type { LabWords } from './lab-words.ts';

export const ATTENTION_WORDS: LabWords = {
  name: 'attention',
  title: 'Query, key, value and positions',
  summary: 'Attention finds a value by what its key says; where it stands, only positions say.',
  setup:
    'One layer of attention with two heads must give back the number of seven steps ago. It is trained with sine positions, with learned ones and with none. Then the earlier steps of a window are put into another order.',
  question: 'Without positions, does another order of the earlier steps change the forecast?',
  guesses: [
    { id: 'something', text: 'Yes: attention reads a sequence' },
    { id: 'nothing', text: 'No: to attention the steps are a set' },
  ],
  own: 'The same layer forecasts the next value of your column from 16.',
  explanation: [
    'A step makes a query q, a key k and a value v by three matrices. Weights are softmax(q k / sqrt(d)) over all keys, the answer is the weighted sum of the values; each head does so with vectors of its own (Vaswani et al. 2017).',
    'Nothing in it depends on where a key stands. Positions are added to what is read, so that a key can say "seven before".',
  ],
};
