// What the charts of a model's answers are called.
import { expect, test } from 'vitest';
import { columnOfSteps, titleOfGradient, titleOfSteps } from '../../engine/words/answer-words.ts';

const next = {
  says: 'next',
  scale: 'share',
  firstAnswer: 0,
  explained: { choice: 'e' },
  sample: { isOwn: true },
} as const;

test('a probability is said to be of what it is', () => {
  expect(titleOfSteps(next)).toBe('Probability of the true next token, in %');
  // A translation of the data has a true answer, one of a text of one's own has what the model wrote.
  expect(titleOfSteps({ ...next, firstAnswer: 4, sample: { isOwn: false } })).toBe(
    'Probability of the true next token, in %',
  );
  expect(titleOfSteps({ ...next, firstAnswer: 4 })).toBe('Probability of the next token that it wrote, in %');
  expect([0, 4].map((firstAnswer) => columnOfSteps({ ...next, firstAnswer }))).toEqual([
    'probability of the true one',
    'probability of the written one',
  ]);
  expect(titleOfSteps({ ...next, says: 'label' })).toBe('Probability of the true label, in %');
  expect(titleOfSteps({ ...next, says: 'frame', explained: { choice: 'PSNR' } })).toBe(
    'PSNR, in dB, of each frame that is forecast',
  );
});

test('a gradient is that of a log-probability, or of a value', () => {
  expect(titleOfGradient(next)).toBe(
    'Norm of the gradient of the log-probability of "e" with respect to the state',
  );
  expect(titleOfGradient({ ...next, scale: 'value' })).toBe(
    'Norm of the gradient of the value with respect to the state',
  );
});
