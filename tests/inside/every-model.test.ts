// All models with segments, independent channels, both directions, truncation, three layers and a batch of one, in every view: what
// holds for each of them, whatever its weights.
import { describe, expect, test } from 'vitest';
import { AttentionChoiceSchema, InsideAttentionFrame } from '../../engine/contract/inside/attention.ts';
import { AttributeChoiceSchema, InsideAttributionFrame } from '../../engine/contract/inside/attribution.ts';
import { MatchChoiceSchema } from '../../engine/contract/inside/match.ts';
import { InsideRolloutFrame, RolloutChoiceSchema } from '../../engine/contract/inside/rollout.ts';
import {
  InsideStatesFrame,
  InsideWindowFrame,
  StatesChoiceSchema,
} from '../../engine/contract/inside/states.ts';
import type { Subject } from '../../engine/inside/forecaster/load.ts';
import { VIEWS } from '../../engine/inside/views/registry.ts';
import { choiceOf, subjectOf } from './subject.ts';

const BOTH = { targets: ['level', 'wind'], features: ['level', 'wind'] };
const SEGMENT = { segment: { length: 4, stride: 3 } };
const CHANNELS = { channelIndependent: true };

/** Variants that a model takes. */
const RECURRENT: Readonly<Record<string, object>> = {
  'as it is': {},
  segments: SEGMENT,
  'independent channels': CHANNELS,
  'both directions': { bidirectional: true },
  truncation: { truncateSteps: 3 },
  'three layers': { layers: 3 },
  'all of it, both directions': { ...SEGMENT, ...CHANNELS, bidirectional: true, layers: 3 },
  'all of it, truncated': { ...SEGMENT, ...CHANNELS, truncateSteps: 2, layers: 3 },
};
const OTHERS: Readonly<Record<string, object>> = {
  'as it is': {},
  segments: SEGMENT,
  'independent channels': CHANNELS,
  'three layers': { layers: 3 },
};
const KINDS: Readonly<Record<string, { readonly model: object; readonly variants: typeof RECURRENT }>> = {
  rnn: { model: { kind: 'rnn', units: 3 }, variants: RECURRENT },
  'rnn with relu': { model: { kind: 'rnn', units: 3, activation: 'relu', bias: false }, variants: RECURRENT },
  gru: { model: { kind: 'gru', units: 3 }, variants: RECURRENT },
  lstm: { model: { kind: 'lstm', units: 3 }, variants: RECURRENT },
  attention: { model: { kind: 'attention', units: 4, heads: 2, activation: 'gelu' }, variants: OTHERS },
  'causal attention': {
    model: { kind: 'attention', units: 4, heads: 2, activation: 'gelu', causal: true, readout: 'last' },
    variants: OTHERS,
  },
  'encoder and decoder': {
    model: { kind: 'encoder-decoder', units: 3 },
    variants: { 'as it is': {}, 'three layers': { layers: 3 } },
  },
  linear: {
    model: { kind: 'linear' },
    variants: { 'as it is': {}, 'independent channels': CHANNELS },
  },
};

const CASES = Object.entries(KINDS).flatMap(([kind, { model, variants }]) =>
  Object.entries(variants).map(([variant, more]) => ({
    name: `${kind}, ${variant}`,
    model: { ...model, ...more } as Record<string, unknown>,
  })),
);

const WINDOWS = { windows: 4 };

describe.each(CASES)('$name', ({ model }) => {
  const isByColumn = model.channelIndependent === true;
  // A batch of one: each view of one window is a pass of one row.
  const subject: Subject = subjectOf({
    model,
    rows: 160,
    ...(isByColumn && { task: BOTH }),
    experiment: { training: { batchSize: 1 } },
  });
  const choice = choiceOf({ origin: 1, ...(isByColumn && { target: 'wind' }) });

  test('every view that it says it has answers, and what it shows fits together', async () => {
    const about = await VIEWS.describe(subject, null);
    const { lookback, horizon, places } = about;
    const window = InsideWindowFrame.decode(await VIEWS.window(subject, choice));
    expect(window.columns.forecast.subarray(lookback).every(Number.isFinite)).toBe(true);
    const read = new Set<number>();
    for (const { place, what, steps, units, truncated, gates } of places) {
      for (const one of what) {
        const { header, columns } = InsideStatesFrame.decode(
          await VIEWS.states(subject, {
            ...choice,
            ...StatesChoiceSchema.parse({ place, what: one, whole: true }),
          }),
        );
        expect([columns.mean.length, columns.step.length]).toEqual([units, steps]);
        expect(columns.mean.every((line) => line.every(Number.isFinite))).toBe(true);
        expect(header.truncated).toBe(truncated);
        const isGate = gates.some(({ name, isGate: yes }) => yes && name === one);
        if (isGate)
          expect(columns.mean.flatMap((line) => [...line]).every((v) => v >= 0 && v <= 1)).toBe(true);
        if (place.part === 'encoder')
          for (const [at, row] of columns.row.entries()) {
            for (let one = row; one < columns.end[at]!; one++) read.add(one);
          }
      }
      for (const step of [0, steps - 1]) {
        expect((await VIEWS.step(subject, { ...choice, place, step, unit: units - 1 })).gap).toBeLessThan(
          1e-5,
        );
      }
      const { logNorms } = await VIEWS.jacobian(subject, { ...choice, place });
      expect(logNorms.length).toBeLessThanOrEqual(steps);
      expect(logNorms[0]).toBe(0);
    }
    // The steps read every row but those that are said to be unread.
    if (places.length > 0) {
      const unread = about.segment?.unread ?? 0;
      expect([...read].sort((a, b) => a - b)).toEqual(
        Array.from({ length: lookback - unread }, (_, at) => unread + at),
      );
    }
    if (about.views.includes('gradients'))
      await checkGradients(about.places.map(({ steps, truncated }) => steps - truncated));
    if (about.views.includes('attention')) await checkAttention(about);
    await checkAttribution(horizon);
    const matchesBy = (by: string) =>
      VIEWS.match(subject, { ...choice, ...MatchChoiceSchema.parse({ count: 2, by }) });
    expect((await matchesBy('shape')).matches).toHaveLength(2);
    if (places.length + about.attention.length > 0)
      expect((await matchesBy('state')).matches).toHaveLength(2);
    else await expect(matchesBy('state')).rejects.toThrow('This model has no state to compare windows by');
    expect((await VIEWS.memory(subject, { ...choice, ...WINDOWS })).byLag).toHaveLength(lookback);
    expect((await VIEWS.diagnose(subject, { ...choice, clipped: null })).findings.length).toBeGreaterThan(0);
  });

  /** A decoder that looks back, and layers above, do not change how many lags there are. */
  async function checkGradients(reached: readonly number[]): Promise<void> {
    const { places } = await VIEWS.gradients(subject, { ...choice, ...WINDOWS, clipped: null });
    expect(places.map(({ hidden }) => hidden.length)).toEqual(reached);
    for (const { hidden, absent } of places) {
      expect(hidden.every((norm) => norm >= 0 && Number.isFinite(norm))).toBe(true);
      expect(hidden[0]).toBeGreaterThan(0);
      expect(absent).toBeGreaterThanOrEqual(0);
    }
  }

  async function checkAttention({ attention }: Awaited<ReturnType<typeof VIEWS.describe>>): Promise<void> {
    for (const { layer, queries, keys, causal } of attention) {
      const asked = { ...choice, ...AttentionChoiceSchema.parse({ layer, whole: true }) };
      const { columns } = InsideAttentionFrame.decode(await VIEWS.attention(subject, asked));
      expect([columns.mean.length, columns.key.length]).toEqual([queries, keys]);
      for (const [query, line] of columns.mean.entries()) {
        expect(line.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
        if (causal) expect(line.subarray(query + 1).every((weight) => weight === 0)).toBe(true);
      }
    }
    const rolled = InsideRolloutFrame.decode(
      await VIEWS.rollout(subject, { ...choice, ...RolloutChoiceSchema.parse({}) }),
    );
    expect(rolled.columns.read.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5);
  }

  /** Nothing is attributed to what the model does not read. */
  async function checkAttribution(horizon: number): Promise<void> {
    const asked = { ...choice, ...AttributeChoiceSchema.parse({ step: null }) };
    const { header, columns } = InsideAttributionFrame.decode(await VIEWS.attribute(subject, asked));
    expect(columns.attribution).toHaveLength(horizon);
    for (const [index, lines] of columns.attribution.entries()) {
      const sum = lines.reduce((all, line) => all + line.reduce((one, value) => one + value, 0), 0);
      const difference = header.answers[index]! - header.baselineAnswers[index]!;
      expect(Math.abs(sum - difference)).toBeLessThan(1e-4 + 0.02 * Math.abs(difference));
      if (isByColumn) expect(lines[0]!.every((value) => value === 0)).toBe(true);
    }
  }
});
