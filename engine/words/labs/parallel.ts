// Words of lab 6.
import type { LabWords } from './lab-words.ts';

export const PARALLEL_WORDS: LabWords = {
  name: 'parallel',
  title: 'No parallelism in time',
  summary: 'Milliseconds by length: recurrent networks wait for each step, attention looks at all pairs.',
  setup:
    'RNN, GRU, LSTM and attention with about 4,400 parameters each are timed on this machine: windows of 16 to 1,024 steps, batches of 1 and 64, one thread and all.',
  question: 'One window of 1,024 steps: which makes a training step sooner here, attention or the LSTM?',
  guesses: [
    { id: 'attention', text: 'Attention: its steps do not wait for each other' },
    { id: 'recurrent', text: 'The LSTM: it does less work' },
  ],
  own: 'The lengths go up to a tenth of your series; times do not depend on the values.',
  explanation: [
    'The longest chain of operations that wait for each other is L for a recurrent layer and 1 for attention (Vaswani et al. 2017, table 1). A GPU with thousands of units is slowed down by the chain; a few cores are slowed down by the work.',
    'The work of a recurrent layer grows with L, that of attention with L squared.',
  ],
};
