// Words of lab 4.
import type { LabWords } from './lab-words.ts';

export const BOTTLENECK_WORDS: LabWords = {
  name: 'bottleneck',
  title: 'The bottleneck, and attention',
  summary: 'Copying 2 to 16 symbols through one state, or with a look at all of them.',
  setup:
    'An encoder reads symbols of eight kinds, a decoder must say them again. Sizes of the state: 16, 32 and 64 units. Each is trained with and without attention over the states of the encoder, for the same number of steps.',
  question: 'Of 16 symbols, what comes out right at the end of the same training?',
  guesses: [
    { id: 'both', text: 'About as many with attention as without' },
    { id: 'attention', text: 'Clearly more with attention' },
    { id: 'state', text: 'Clearly more without attention' },
  ],
  own: 'An encoder-decoder with 32 units forecasts four steps of your column from 8 to 96 rows, with and without attention.',
  explanation: [
    'Without attention everything that the decoder knows has passed through the last state of the encoder (Sutskever et al. 2014). With it, each step of the horizon looks at the states of all steps (Bahdanau et al. 2015, Luong et al. 2015).',
    'A symbol of eight is 3 bits. Set the bits to copy against the numbers of the state: it is not room that lacks first, but training.',
  ],
};
