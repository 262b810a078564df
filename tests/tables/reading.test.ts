// What a model of samples reads step by step as a table and as drawings: probabilities are called what they are.
import { expect, test } from 'vitest';
import type { EngineClient } from '../../engine/connect/connection.ts';
import { InsideReadingFrame } from '../../engine/contract/inside/reading.ts';
import { reading } from '../../engine/tables/inside/reading.ts';
import { QUESTION } from './question.ts';

const HEADER = {
  sample: { part: 'test', index: 0, samples: 1, name: 'a', truth: 'ham', isOwn: false },
  unit: 'words',
  says: 'sample' as const,
  scale: 'share' as const,
  firstAnswer: 0,
  length: 2,
  before: 0,
  stepSeconds: null,
  labels: ['b', 'c'],
  channels: [],
  classes: ['ham', 'spam'],
  explained: { step: 1, choice: 'ham', share: 0.75 },
  answers: [[], [{ choice: 'ham', share: 0.75 }]],
  rows: [],
  what: 'h',
  middle: 0,
  reach: 1,
  truncated: 0,
  reachOfTraining: null,
  queries: [],
  heads: [],
  block: 1,
};
const COLUMNS = {
  input: [],
  share: [Float32Array.of(0.5, 0.75), Float32Array.of(0.5, 0.25)],
  probability: Float32Array.of(0.5, 0.25),
  entropy: Float32Array.of(1, 2),
  evidence: Float32Array.of(0.5, 1),
  gradient: Float32Array.of(0.1, 0.2),
  mean: [],
  extreme: [],
  weight: [],
};
async function tableOf(changes: object) {
  const header = { ...HEADER, ...changes };
  const share = COLUMNS.share.slice(0, header.classes.length);
  const frame = { header, columns: { ...COLUMNS, share } };
  const client = { inside: { read: async () => InsideReadingFrame.toAnswer(frame as never) } };
  return reading.table(client as unknown as EngineClient, QUESTION);
}

test('of a class the probability of each, in a drawing of their own', async () => {
  const table = await tableOf({});
  const [step, token, ...said] = table.columns;
  expect([step, token]).toEqual(['step', 'token']);
  expect(said).toEqual(['probability ham', 'probability spam', 'evidence', 'gradient']);
  expect(table.rows[1]).toEqual([1, 'c', 0.75, 0.25, 1, expect.closeTo(0.2)]);
  expect(table.notes?.[0]).toContain('of probability 0.750');
  expect(reading.figures!(table).map(({ title }) => title)).toEqual([
    'Probabilities of the answers',
    'Evidence, step by step',
    'Norm of the gradient with respect to the state',
  ]);
});

test('of each step that of the true answer, or of the one that was written', async () => {
  const stepwise = { says: 'next', classes: [], answers: [[], [{ choice: 'd', share: 0.5 }]] };
  expect((await tableOf(stepwise)).columns).toContain('probability of the true one');
  const sample = { ...HEADER.sample, isOwn: true };
  const written = await tableOf({ ...stepwise, sample, firstAnswer: 1 });
  expect(written.columns).toContain('probability of the written one');
});
