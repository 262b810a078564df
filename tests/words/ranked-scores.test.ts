// The order of a table of scores.
import { expect, test } from 'vitest';
import { CATALOGUE } from '../../engine/evaluation/catalogue.ts';
import { rankedScores } from '../../engine/words/scores/ranked-scores.ts';

const scoresOf = (subject: string, leading: string, value: number) => [
  { subject, metric: leading, value },
  { subject, metric: 'rmse', value: 10 - value },
];
const order = (metric: string, values: Record<string, number>) =>
  rankedScores(
    Object.entries(values).flatMap(([subject, value]) => scoresOf(subject, metric, value)),
    CATALOGUE,
  ).map(({ subject, metric: name }) => `${subject} ${name}`);

test('the best by the first metric comes first, what has no number last, and scores of a subject stay together', () => {
  const values = { ensemble: 3, 'run 1': Number.NaN, 'run 2': 2, repeat: 1 };
  expect(order('mae', values)).toEqual(
    ['repeat', 'run 2', 'ensemble', 'run 1'].flatMap((subject) => [`${subject} mae`, `${subject} rmse`]),
  );
  expect(order('r2', values).filter((name) => name.endsWith('r2'))).toEqual([
    'ensemble r2',
    'run 2 r2',
    'repeat r2',
    'run 1 r2',
  ]);
});

test('equal ones stay in their order', () => {
  expect(order('mae', { b: 1, a: 1 })[0]).toBe('b mae');
});
