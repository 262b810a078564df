// Attributions add up, reach behind a truncated gradient, and are exact where the model is linear.
import { describe, expect, test } from 'vitest';
import { AttributeChoiceSchema, InsideAttributionFrame } from '../../engine/contract/inside/attribution.ts';
import { MatchChoiceSchema } from '../../engine/contract/inside/match.ts';
import { encodings } from '../../engine/inside/forecaster/encodings.ts';
import { inspect, type Subject } from '../../engine/inside/forecaster/load.ts';
import { gaussLegendre } from '../../engine/inside/gauss-legendre.ts';
import { VIEWS } from '../../engine/inside/views/registry.ts';
import { choiceOf, subjectOf } from './subject.ts';

async function attributionOf(subject: Subject, more: object = {}, target?: string) {
  const asked = { ...choiceOf({ target }), ...AttributeChoiceSchema.parse(more) };
  return InsideAttributionFrame.decode(await VIEWS.attribute(subject, asked));
}
const matchesOf = (subject: Subject, more: object = {}) =>
  VIEWS.match(subject, { ...choiceOf({ origin: 20 }), ...MatchChoiceSchema.parse(more) });

test('the rule of Gauss and Legendre is exact for polynomials', () => {
  for (const count of [1, 2, 5, 32]) {
    const { points, weights } = gaussLegendre(count);
    for (let degree = 0; degree < 2 * count; degree++) {
      const integral = points.reduce((sum, point, index) => sum + weights[index]! * point ** degree, 0);
      expect(integral).toBeCloseTo(1 / (degree + 1), 12);
    }
  }
});

const BOTH = { targets: ['level', 'wind'], features: ['level', 'wind'] };
const CASES = [
  { name: 'lstm, both directions', model: { kind: 'lstm', units: 6, layers: 2, bidirectional: true } },
  { name: 'gru, truncated', model: { kind: 'gru', units: 6, truncateSteps: 3 } },
  { name: 'rnn, segments', model: { kind: 'rnn', units: 6, segment: { length: 4, stride: 3 } } },
  // A smooth one: the gradient of relu jumps, which 32 points see only roughly.
  { name: 'attention', model: { kind: 'attention', units: 6, heads: 2, activation: 'gelu' } },
  { name: 'by column', model: { kind: 'gru', units: 6, channelIndependent: true }, task: BOTH },
  { name: 'encoder and decoder', model: { kind: 'encoder-decoder', units: 6 } },
];

describe.each(CASES)('$name', ({ model, task }) => {
  test('integrated gradients add up to the change of the answer, at every step', async () => {
    const subject = subjectOf({ model, ...(task && { task }) });
    const { header, columns } = await attributionOf(subject, { step: null }, task?.targets.at(-1));
    expect(header.steps).toEqual([1, 2, 3]);
    for (const [index, of] of columns.attribution.entries()) {
      const sum = of.flatMap((line) => [...line]).reduce((all, one) => all + one, 0);
      const difference = header.answers[index]! - header.baselineAnswers[index]!;
      expect(Math.abs(difference)).toBeGreaterThan(1e-4);
      expect(Math.abs(sum - difference)).toBeLessThan(1e-5 + 0.01 * Math.abs(difference));
      expect(header.gaps[index]!).toBeLessThan(1);
    }
  });
});

test('steps before the cut of a truncated gradient count, as the forecast depends on them', async () => {
  const subject = subjectOf({ model: { kind: 'gru', units: 6, truncateSteps: 3 } });
  const { columns } = await attributionOf(subject);
  expect(Math.max(...columns.attribution[0]![0]!.subarray(0, 9).map(Math.abs))).toBeGreaterThan(1e-6);
});

test('columns that are forecast by themselves stand on themselves alone', async () => {
  const subject = subjectOf({ model: { kind: 'gru', units: 6, channelIndependent: true }, task: BOTH });
  const { columns } = await attributionOf(subject, {}, 'wind');
  expect(columns.attribution[0]![0]!.every((value) => value === 0)).toBe(true);
  expect(columns.attribution[0]![1]!.some((value) => value !== 0)).toBe(true);
});

test('of a linear model every method gives weight x change', async () => {
  // Relu that is always on: the answer is linear in the window.
  const model = { kind: 'rnn', units: 3, activation: 'relu' };
  const first = subjectOf({ model });
  const arrays = [...(await inspect(first)).arrays.values()].map((array) => ({
    ...array,
    values: array.name === 'rnn/0/bias' ? Float32Array.of(40, 40, 40) : array.values.map(Math.abs),
  }));
  const subject = subjectOf({ model, weights: arrays });
  const gradients = await attributionOf(subject, { step: 2 });
  const hidden = await attributionOf(subject, { step: 2, method: 'occlusion' });
  expect(gradients.header.gaps[0]!).toBeLessThan(0.01);
  for (const [input, line] of gradients.columns.attribution[0]!.entries()) {
    for (const [row, value] of line.entries()) {
      expect(Math.abs(hidden.columns.attribution[0]![input]![row]! - value)).toBeLessThan(
        2e-3 * Math.max(1, Math.abs(value)),
      );
    }
  }
});

test('what subtract-last carries over is said, and baselines differ', async () => {
  const subject = subjectOf({ model: { kind: 'gru', units: 6 }, task: { lookback: 24 } });
  const last = await attributionOf(subject, { step: 1 });
  // The pipeline subtracts the last value: an answer of 0 is that value.
  expect(last.header.baselineAnswers[0]).not.toBe(last.header.answers[0]);
  expect(last.header.carriedOver[0]).toBeGreaterThan(10);
  const answers = new Set<number>();
  for (const baseline of ['last', 'mean', 'season']) {
    answers.add((await attributionOf(subject, { baseline })).header.baselineAnswers[0]!);
  }
  expect(answers.size).toBe(3);
  await expect(attributionOf(subject, { step: 9 })).rejects.toThrow(
    'The model forecasts 3 steps, so choose a step from 1 to 3.',
  );
});

describe('matches', () => {
  test.each(['state', 'units', 'shape'])(
    'by %s: the most alike first, none beside another or this one',
    async (by) => {
      const subject = subjectOf({ model: { kind: 'lstm', units: 6 } });
      const { about, matches, compared, windows, mean } = await matchesOf(subject, { by });
      expect(compared).toBe(windows);
      expect(matches).toHaveLength(5);
      const hours = [about.originUs, ...matches.map(({ originUs }) => originUs)].map((us) => us / 3.6e9);
      for (const [index, hour] of hours.entries()) {
        for (const other of hours.slice(index + 1)) expect(Math.abs(hour - other)).toBeGreaterThanOrEqual(6);
      }
      const similarities = matches.map(({ similarity }) => similarity);
      expect(similarities).toEqual([...similarities].sort((a, b) => b - a));
      expect(similarities[0]).toBeLessThanOrEqual(1 + 1e-9);
      expect(similarities.at(-1)).toBeGreaterThan(0);
      // A wave of 24 hours: what is alike is whole days away.
      if (by === 'shape') expect(Math.abs(((hours[1]! - hours[0]!) % 24) + 24) % 24).toBeLessThan(2);
      expect(mean).toHaveLength(3);
      expect(mean.every(Number.isFinite)).toBe(true);
      expect(matches[0]!.past).toHaveLength(12);
      expect(matches[0]!.next).toHaveLength(3);
    },
  );

  test('what is opposite is not alike, however many are asked for', async () => {
    const subject = subjectOf({ model: { kind: 'lstm', units: 6 }, rows: 220 });
    const { matches } = await matchesOf(subject, { by: 'shape', count: 20 });
    // Of a wave half of the windows are upside down.
    expect(matches.length).toBeGreaterThan(5);
    expect(matches.length).toBeLessThan(20);
    expect(matches.every(({ similarity }) => similarity > 0)).toBe(true);
  });

  test('by active units: which of them stand out counts, and not how far', async () => {
    const subject = subjectOf({ model: { kind: 'lstm', units: 6 } });
    const { values, width } = encodings(await inspect(subject), 'units', 0);
    expect(new Set(values)).toEqual(new Set([-1, 0, 1]));
    const { matches } = await matchesOf(subject, { by: 'units', count: 1 });
    const row = (part: string, index: number) => {
      const { windows } = encodings(kept, 'units', 0);
      const at = windows.findIndex((one) => one.part === part && one.index === index);
      return [...values.subarray(at * width, (at + 1) * width)];
    };
    const kept = await inspect(subject);
    const [own, found] = [row('test', 20), row(matches[0]!.part, matches[0]!.origin)];
    const length = (pattern: number[]) => Math.sqrt(pattern.filter((one) => one !== 0).length);
    const shared = own.reduce((sum, one, unit) => sum + one * found[unit]!, 0);
    expect(matches[0]!.similarity).toBeCloseTo(shared / (length(own) * length(found)), 6);
  });

  test.each(CASES)('of $name there are some', async ({ model, task }) => {
    const { matches } = await matchesOf(subjectOf({ model, ...(task && { task }) }), { count: 3 });
    expect(matches).toHaveLength(3);
    expect(matches[0]!.similarity).toBeGreaterThan(0.5);
  });
});
