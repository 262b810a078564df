// What the labs teach comes out also at small sizes: each lesson is measured, not told.
import { beforeAll, expect, test } from 'vitest';
import { registerSimdBackend } from '../../engine/backends/simd/index.ts';
import { LAB_NAMES, LabOutcomeSchema } from '../../engine/contract/labs.ts';
import { type Attended, attentionLab } from '../../engine/labs/attention.ts';
import { bottleneckLab } from '../../engine/labs/bottleneck.ts';
import { fadingLab, leftAtEnd } from '../../engine/labs/fading.ts';
import { gatesLab } from '../../engine/labs/gates.ts';
import type { Lab, LabGiven } from '../../engine/labs/lab.ts';
import { parallelLab } from '../../engine/labs/parallel.ts';
import { LABS } from '../../engine/labs/registry.ts';
import { type StateSeen, stateLab } from '../../engine/labs/state.ts';
import { LAB_WORDS } from '../../engine/words/labs/registry.ts';

beforeAll(async () => void (await registerSimdBackend({ threads: 1 })));

const QUICK: LabGiven = { own: null, quick: true, threads: 1 };

async function measured<Result>(lab: Lab<Result>, given = QUICK) {
  const results: Result[] = [];
  for (const part of lab.parts(given).keys()) results.push(await lab.run(part, given));
  const outcome = LabOutcomeSchema.parse(lab.conclude(results, given));
  expect(LAB_WORDS[lab.name].guesses.map(({ id }) => id)).toContain(outcome.answer);
  expect(outcome.figures.length).toBeGreaterThan(0);
  return { results, outcome };
}

test('every lab has words, and says what its parts do', () => {
  for (const name of LAB_NAMES) {
    expect(LABS[name].name).toBe(name);
    expect(LAB_WORDS[name].name).toBe(name);
    expect(LABS[name].parts(QUICK).length).toBeGreaterThan(0);
  }
});

test('the gradient at lag 49: the LSTM has at least ten times as much left as plain networks', async () => {
  const { results } = await measured(fadingLab);
  const [short, glorot, orthogonal, , , chrono] = results.map(({ after }) => leftAtEnd(after));
  for (const plain of [short, glorot, orthogonal]) expect(chrono).toBeGreaterThanOrEqual(10 * plain!);
  const [fading, drawn, kept, growing, , remembering] = results.map(({ before }) => leftAtEnd(before));
  for (const plain of [fading, drawn, kept]) expect(remembering).toBeGreaterThanOrEqual(10 * plain!);
  expect(fading).toBeLessThan(0.7 ** 49 * 10);
  expect(growing).toBeGreaterThan(1);
});

test('first biases: gates that begin shut forget at once, chrono biases remember over the window', async () => {
  const [shut, open, chrono] = (await measured(gatesLab)).results;
  expect(shut!.before.memory).toBeLessThan(1);
  expect(open!.before.memory).toBeGreaterThan(2);
  expect(chrono!.before.memory).toBeGreaterThan(10);
});

test('eight symbols do not come through a state that attention makes unneeded', async () => {
  const { outcome, results } = await measured(bottleneckLab);
  const [two, eight, twoAttended, eightAttended] = results.map(({ value }) => value);
  expect([two, twoAttended, eightAttended]).toEqual([1, 1, 1]);
  expect(eight).toBeLessThan(0.8);
  expect(outcome.answer).toBe('attention');
});

test('without positions the order of the steps changes nothing; with them the head finds the lag', async () => {
  const { results, outcome } = await measured<Attended>(attentionLab);
  const [, learned, none] = results;
  expect(outcome.answer).toBe('nothing');
  expect(none!.losses.at(-1)).toBeGreaterThan(10 * learned!.losses.at(-1)!);
  const found = learned!.profiles.map((weights) => weights.indexOf(Math.max(...weights)));
  expect(found).toContain(7);
});

test('the equation of the last step adds up', async () => {
  const { results, outcome } = await measured<StateSeen>(stateLab);
  for (const { input, recurrent, bias, sum, value } of results[1]!.equations) {
    const terms = [...input, ...recurrent].reduce((all, term) => all + term.value * term.weight, bias);
    expect(terms).toBeCloseTo(sum, 6);
    expect(Math.tanh(sum)).toBeCloseTo(value, 6);
  }
  expect(outcome.figures.map(({ kind }) => kind)).toEqual(['lines', 'map', 'lines', 'table']);
});

test('models of about as many parameters are timed, and work is counted by the square for attention alone', async () => {
  const { results, outcome } = await measured(parallelLab);
  const counts = results.map(({ parameters }) => parameters);
  expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(1.2);
  const table = outcome.figures.find(({ kind }) => kind === 'table');
  const rows = table?.kind === 'table' ? table.rows : [];
  const operations = (model: string) =>
    rows.filter((row) => row[0] === model && row[3] === 1).map((row) => Number(row[6]));
  const [short, long] = operations('RNN');
  expect(long! / short!).toBe(4);
  const [shortPairs, longPairs] = operations('attention');
  expect(longPairs! / shortPairs!).toBeGreaterThan(4);
});
