// Gates, gradients and verdicts: what they say, and what they refuse.
import { describe, expect, test } from 'vitest';
import { GatesChoiceSchema } from '../../engine/contract/inside/dynamics.ts';
import { autocorrelationAt } from '../../engine/inside/autocorrelation.ts';
import { inspect, type Subject } from '../../engine/inside/forecaster/load.ts';
import { memoryOfGate } from '../../engine/inside/memory.ts';
import { verdictOn } from '../../engine/inside/verdict.ts';
import { VIEWS } from '../../engine/inside/views/registry.ts';
import { choiceOf, subjectOf } from './subject.ts';

const gatesOf = (subject: Subject, more: object = {}) =>
  VIEWS.gates(subject, { ...choiceOf(), ...GatesChoiceSchema.parse(more) });
const gradientsOf = (subject: Subject, windows = 32, clipped: number | null = null) =>
  VIEWS.gradients(subject, { ...choiceOf({ part: 'validation' }), windows, clipped });

/** The same weights with another bias, its gates in memory order. */
async function withBias(model: { units: number; kind: string }, gates: readonly number[]) {
  const arrays = [...(await inspect(subjectOf({ model }))).arrays.values()];
  const bias = Float32Array.from(
    { length: gates.length * model.units },
    (_, at) => gates[Math.floor(at / model.units)]!,
  );
  return subjectOf({
    model,
    weights: arrays.map((array) =>
      array.name === `${model.kind}/0/bias` ? { ...array, values: bias } : array,
    ),
  });
}

test('gates that are biased open or shut are counted so, and a kept cell remembers for long', async () => {
  const subject = await withBias({ kind: 'lstm', units: 4 }, [-12, 12, 0, 0]);
  const { gates, memory, windows, steps } = await gatesOf(subject);
  expect([windows, steps]).toEqual([32, 12]);
  const [i, f, g] = gates;
  expect([i!.name, i!.title, i!.below, i!.above]).toEqual(['i', 'input gate', [1, 1, 1, 1], [0, 0, 0, 0]]);
  expect([f!.below, f!.above]).toEqual([
    [0, 0, 0, 0],
    [1, 1, 1, 1],
  ]);
  expect(f!.histogram.counts.at(-1)).toBe(4 * 32 * 12);
  expect(g).toMatchObject({ isGate: false, histogram: { from: -1, to: 1 } });
  for (const { histogram } of gates)
    expect(histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(4 * 32 * 12);
  expect(memory).toEqual([null, null, null, null]);
  expect((await gatesOf(subject, { windows: 1 })).windows).toBe(1);
});

test('memory is -1 / mean ln keep, and what keeps everything is not given a number', () => {
  expect(memoryOfGate(new Float64Array(20).fill(Math.exp(-1 / 7)), 20)).toBeCloseTo(7, 10);
  expect(memoryOfGate(new Float64Array(20).fill(1), 20)).toBeNull();
  expect(memoryOfGate(new Float64Array(20).fill(Math.exp(-1 / 201)), 20)).toBeNull();
});

test('a plain network has no gates', async () => {
  await expect(gatesOf(subjectOf({ model: { kind: 'rnn', units: 4 } }))).rejects.toThrow(
    'A layer of the kind rnn has no gates; look at its states, or choose a model with gates (gru, lstm).',
  );
});

test('truncated steps have no gradient: absent, and not zero', async () => {
  const { places } = await gradientsOf(subjectOf({ model: { kind: 'gru', units: 4, truncateSteps: 5 } }));
  expect(places).toMatchObject([{ absent: 7, throughTime: true }]);
  expect(places[0]!.hidden).toHaveLength(5);
  expect(places[0]!.hidden.every((norm) => norm > 0)).toBe(true);
});

test('a decoder that looks back gives its gradient to every step', async () => {
  const model = { kind: 'encoder-decoder', cell: 'gru', units: 4, attention: true };
  const { places } = await gradientsOf(subjectOf({ model }));
  expect(places.map(({ place, throughTime }) => [place.part, throughTime])).toEqual([
    ['encoder', false],
    ['decoder', false],
  ]);
});

test('columns that are forecast by themselves are rows of their own in the mean', async () => {
  const task = { targets: ['level', 'wind'], features: ['level', 'wind'] };
  const subject = subjectOf({ model: { kind: 'rnn', units: 4, channelIndependent: true }, task });
  const [one, few] = [await gradientsOf(subject, 1), await gradientsOf(subject, 32)];
  // A mean over more rows does not shrink with their number.
  expect(few.places[0]!.hidden[0]! / one.places[0]!.hidden[0]!).toBeGreaterThan(0.2);
  expect(few.windows).toBe(32);
});

test('only windows with all their targets count, and without one there is no gradient', async () => {
  const missing = Array.from({ length: 400 }, (_, row) => row).filter((row) => row % 3 === 0);
  const experiment = { pipeline: [{ step: 'fill' }, { step: 'standardize' }] };
  const model = { kind: 'gru', units: 4 };
  const gappy = subjectOf({ model, experiment, missing, task: { horizon: 3 } });
  await expect(gradientsOf(gappy)).rejects.toThrow(
    'No window of the validation part has all its targets, so there is no gradient to look at; choose another part.',
  );
  const some = subjectOf({ model, experiment, missing, task: { horizon: 2 } });
  expect((await gradientsOf(some)).windows).toBeGreaterThan(5);
});

test('attention has no state to send a gradient through', async () => {
  const subject = subjectOf({ model: { kind: 'attention', units: 4, heads: 2 } });
  await expect(gradientsOf(subject)).rejects.toThrow(
    /This model has no recurrent state.*ask for its attention/,
  );
  await expect(gradientsOf(subjectOf({ model: { kind: 'linear' } }))).rejects.toThrow(
    /neither a recurrent state nor attention/,
  );
});

describe('the verdict', () => {
  const place = { part: 'encoder', layer: 0, direction: 'forward' } as const;
  const about = (
    factor: number,
    more: { clipped?: number; autocorrelation?: number | null; absent?: number } = {},
  ) =>
    verdictOn({
      place,
      norms: Array.from({ length: 48 }, (_, lag) => 0.3 * factor ** lag),
      absent: 0,
      lag: 24,
      autocorrelation: 0.71,
      target: 'level',
      clipped: null,
      ...more,
    });

  test('of a gradient that fades', () => {
    const { kind, perStep, halving, sentence } = about(0.87);
    expect(kind).toBe('steady');
    expect([perStep, halving]).toEqual([expect.closeTo(0.87, 10), expect.closeTo(4.977, 3)]);
    expect(sentence).toBe(
      'The gradient at layer 0 of the encoder shrinks by a factor of 0.87 a step (half in 5.0); at lag 24, 3.5 % is left, while the autocorrelation of level there is 0.71. It neither vanishes nor explodes: 0.14 % reaches the oldest step.',
    );
  });

  test.each([
    [0.8, 'vanishing', /It vanishes: 2\.8e-3 %|It vanishes: 0\.0028 %/],
    [
      1.2,
      'exploding',
      /grows by a factor of 1\.20 a step \(double in 3\.8\).*It explodes: the oldest step gets/,
    ],
    [1, 'steady', /keeps its size from step to step; at lag 24, 100 % is left/],
    [
      0,
      'vanishing',
      /does not get beyond one step; at lag 24, nothing is left.*It vanishes: nothing reaches/,
    ],
  ] as const)('of %d a step', (factor, kind, sentence) => {
    const verdict = about(factor);
    expect(verdict.kind).toBe(kind);
    expect(verdict.sentence).toMatch(sentence);
  });

  test('of a training whose steps were clipped, and of data that say nothing', () => {
    expect(about(1, { clipped: 0.6 }).sentence).toMatch(
      /It explodes: 60 % of the training steps were clipped\.$/,
    );
    expect(about(1, { clipped: 0.5 }).kind).toBe('steady');
    expect(about(1, { autocorrelation: null }).sentence).not.toContain('autocorrelation');
    // What training cuts off is not reached: no word on the oldest step.
    expect(about(0.87, { absent: 12 }).sentence).toContain(
      '0.14 % reaches lag 47 (training cuts it off beyond).',
    );
  });
});

test('autocorrelation at a lag leaves out what is missing', () => {
  const wave = Float64Array.from({ length: 240 }, (_, row) => Math.sin((2 * Math.PI * row) / 24));
  expect(autocorrelationAt(wave, 24)).toBeCloseTo(1, 6);
  expect(autocorrelationAt(wave, 12)).toBeCloseTo(-1, 6);
  expect(
    autocorrelationAt(
      wave.map((value, row) => (row % 5 === 0 ? Number.NaN : value)),
      24,
    ),
  ).toBeCloseTo(1, 1);
  expect(autocorrelationAt(new Float64Array(20).fill(3), 2)).toBeNull();
});
