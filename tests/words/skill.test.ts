import { expect, test } from 'vitest';
import type { Score } from '../../engine/contract/runs/run.ts';
import { CATALOGUE } from '../../engine/evaluation/catalogue.ts';
import { comparedSkills, skillSentence } from '../../engine/words/scores/skill.ts';

const score = (subject: string, value: number, other: Partial<Score> = {}): Score => ({
  part: 'test',
  subject,
  metric: 'mae',
  unit: 'original',
  target: null,
  value,
  count: 10,
  ...other,
});
const RULE = '1 − error / error of the best baseline';

test('is measured against the best baseline that has a number', () => {
  const baselines = [score('mean', Number.NaN), score('repeat', 8), score('linear', 4)];
  const sentence = (value: number) => skillSentence([score('model', value), ...baselines], CATALOGUE);
  expect(sentence(3)).toBe(`Skill by MAE 0.250 against linear: ${RULE}.`);
  expect(sentence(5)).toBe(`Skill by MAE −0.250 against linear: ${RULE}.`);
  expect(sentence(4.0001)).toBe(`Skill by MAE 0.000 against linear: ${RULE}.`);
  expect(sentence(Number.NaN)).toBeNull();
});

test('there is none against 0, without a baseline, and by a metric that is no error', () => {
  expect(skillSentence([score('model', 1), score('repeat', 0)], CATALOGUE)).toBeNull();
  expect(skillSentence([score('model', 1)], CATALOGUE)).toBeNull();
  const r2 = { metric: 'r2' };
  expect(skillSentence([score('model', 0.5, r2), score('repeat', 0.1, r2)], CATALOGUE)).toBeNull();
});

test('of several runs, by the first metric', () => {
  const rows = [
    score('model', 3),
    score('model', 5),
    score('linear', 4),
    score('model', 1, { metric: 'mse' }),
  ];
  const named = rows.map((row, index) => ({ ...row, name: `run ${index + 1}` }));
  expect(comparedSkills(named, CATALOGUE)).toBe(`Skill by MAE: run 1 0.250, run 2 −0.250 (${RULE}).`);
});
