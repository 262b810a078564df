// States, gates and cells that the views show are those of plain loops in float64 on the window that they show.
import { describe, expect, test } from 'vitest';
import { ModelSchema } from '../../engine/contract/experiment/model.ts';
import {
  InsideStatesFrame,
  InsideWindowFrame,
  type RowOrder,
  StatesChoiceSchema,
} from '../../engine/contract/inside/states.ts';
import type { Place } from '../../engine/contract/inside/target.ts';
import { inspect, type Subject } from '../../engine/inside/forecaster/load.ts';
import { VIEWS } from '../../engine/inside/views/registry.ts';
import { type Matrix, naiveWeights } from '../models/naive.ts';
import { encoderDecoderInside, encoderInside } from '../models/naive-inside.ts';
import { isClose } from '../ops/numbers.ts';
import { choiceOf, subjectOf } from './subject.ts';

const CELLS = ['rnn', 'gru', 'lstm'] as const;
const SHOWN = {
  rnn: ['hidden'],
  gru: ['hidden', 'z', 'r', 'n'],
  lstm: ['hidden', 'cell', 'i', 'f', 'g', 'o'],
};
const VARIANTS: Readonly<Record<string, { readonly model: object; readonly task?: object }>> = {
  plain: { model: {} },
  'three layers': { model: { layers: 3 } },
  'both directions': { model: { layers: 2, bidirectional: true } },
  truncated: { model: { layers: 2, truncateSteps: 5 } },
  segments: { model: { segment: { length: 4, stride: 3 }, truncateSteps: 2 } },
  'by column': {
    model: { channelIndependent: true },
    task: { targets: ['level', 'wind'], features: ['level', 'wind'] },
  },
};
const CASES = CELLS.flatMap((cell) => [
  ...Object.entries(VARIANTS).map(([name, { model, task }]) => ({
    name: `${cell}, ${name}`,
    cell,
    model: { kind: cell, units: 4, ...model },
    task,
  })),
  {
    name: `${cell}, encoder and decoder`,
    cell,
    model: { kind: 'encoder-decoder', cell, units: 4, layers: 2 },
    task: undefined,
  },
]);

const windowOf = async (subject: Subject, origin = 0, target?: string) =>
  InsideWindowFrame.decode(await VIEWS.window(subject, choiceOf({ origin, target })));

async function statesOf(
  subject: Subject,
  more: { place?: Place; what?: string; order?: RowOrder; target?: string },
) {
  const { target, ...choice } = more;
  const asked = { ...choiceOf({ target }), ...StatesChoiceSchema.parse({ whole: true, ...choice }) };
  return InsideStatesFrame.decode(await VIEWS.states(subject, asked));
}

function naiveOf(settings: object, window: Matrix, arrays: Parameters<typeof naiveWeights>[0]) {
  const model = ModelSchema.parse(settings);
  const w = naiveWeights(arrays);
  if (model.kind === 'linear' || model.kind === 'dense') throw new Error('a linear model has no states');
  return model.kind === 'encoder-decoder'
    ? encoderDecoderInside(model, window, 3, w)
    : encoderInside(model, window, w);
}

describe.each(CASES)('$name', ({ cell, model, task }) => {
  test('every part shows what the equations say', async () => {
    const subject = subjectOf({ model, ...(task && { task }) });
    const described = await VIEWS.describe(subject, null);
    const { arrays } = await inspect(subject);
    const target = described.targets.at(-1)!;
    const { header, columns } = await windowOf(subject, 0, target);
    expect(header.about).toMatchObject({ part: 'test', origin: 0, series: 'here', target });
    const window = Array.from({ length: header.lookback }, (_, row) =>
      columns.input.map((line) => line[row]!),
    );
    const inside = naiveOf(model, window, [...arrays.values()]);
    const sites = [...inside.sites].filter(([name]) => name.endsWith('after'));
    expect(described.places).toHaveLength(sites.length);
    for (const { place, what, units, steps } of described.places) {
      expect(what).toEqual(SHOWN[cell]);
      const name = `${place.part} ${place.layer} ${place.direction}`;
      const parts = ['before', 'after'].flatMap((piece) => inside.sites.get(`${name} ${piece}`) ?? []);
      for (const [at, shown] of what.entries()) {
        const frame = await statesOf(subject, { place, what: shown, target });
        expect(frame.header).toMatchObject({ whole: true, units, steps, place });
        const gate = at - (cell === 'lstm' ? 2 : 1);
        const expected = parts.flatMap(({ outputs, cells, gates }) => {
          if (shown === 'hidden') return outputs;
          if (shown === 'cell') return cells;
          return gates.map((row) => row.slice(gate * units, (gate + 1) * units));
        });
        expect(expected).toHaveLength(steps);
        for (const [line, [unit]] of frame.header.rows.entries()) {
          expect(unit).toBe(line);
          for (let step = 0; step < steps; step++) {
            const value = frame.columns.mean[line]![step]!;
            if (isClose(value, expected[step]![line]!, 1e-5, 1e-5)) continue;
            expect.fail(
              `${shown} of ${name}, unit ${line}, step ${step}: ${value}, not ${expected[step]![line]}`,
            );
          }
        }
        expect(frame.columns.extreme).toEqual(frame.columns.mean);
      }
    }
  });
});

test('the forecast of a window is the answer, back in original units', async () => {
  const subject = subjectOf({ model: { kind: 'lstm', units: 4 } });
  const { header, columns } = await windowOf(subject, 5);
  const { lookback, horizon } = header;
  // The pipeline: standardize, then subtract the last value.
  const past = Array.from(columns.actual.subarray(0, lookback));
  const scale = (past[1]! - past[0]!) / (columns.input[0]![1]! - columns.input[0]![0]!);
  expect(columns.input[0]![lookback - 1]).toBe(0);
  for (let row = lookback; row < lookback + horizon; row++) {
    expect(columns.forecast[row]!).toBeCloseTo(past.at(-1)! + columns.answer[row]! * scale, 4);
    expect(columns.input[0]![row]).toBeNaN();
  }
  expect(columns.forecast.subarray(0, lookback).every(Number.isNaN)).toBe(true);
  expect(Array.from(columns.time, (time) => (time - header.about.originUs) / 3.6e9)).toEqual(
    Array.from({ length: lookback + horizon }, (_, row) => row + 1 - lookback),
  );
});

test('steps of a segmented model say which rows they read, and which rows no step reads', async () => {
  const subject = subjectOf({ model: { kind: 'lstm', units: 4, segment: { length: 4, stride: 3 } } });
  const { columns } = await statesOf(subject, {});
  expect([...columns.row]).toEqual([2, 5, 8]);
  expect([...columns.end]).toEqual([6, 9, 12]);
  expect((await windowOf(subject)).header.unread).toBe(2);
  expect((await VIEWS.describe(subject, null)).segment).toEqual({ length: 4, stride: 3, unread: 2 });
});

test('the backward direction is read out at the oldest step, and truncated steps are counted', async () => {
  const both = subjectOf({ model: { kind: 'gru', units: 4, bidirectional: true } });
  const place = { part: 'encoder', layer: 0, direction: 'backward' } as const;
  expect((await statesOf(both, { place })).header).toMatchObject({ readout: 0, truncated: 0 });
  const cut = subjectOf({ model: { kind: 'gru', units: 4, truncateSteps: 5 } });
  expect((await statesOf(cut, {})).header).toMatchObject({ readout: 11, truncated: 7 });
});

test('rows stand in every order that is asked for, each unit once', async () => {
  const subject = subjectOf({ model: { kind: 'lstm', units: 9 }, task: { lookback: 30 } });
  for (const order of ['similarity', 'memory', 'season'] as const) {
    const { header, columns } = await statesOf(subject, { order });
    const units = header.rows.flat();
    expect([...units].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(units).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const plain = await statesOf(subject, {});
    for (const [line, unit] of units.entries()) expect(columns.mean[line]).toEqual(plain.columns.mean[unit]);
    if (order !== 'memory') continue;
    const memories = units.map((unit) => header.memory[unit] ?? Number.POSITIVE_INFINITY);
    expect(memories).toEqual([...memories].sort((a, b) => b - a));
  }
});

test('tanh c is what saturates in an LSTM, and relu never does', async () => {
  const relu = subjectOf({ model: { kind: 'rnn', units: 4, activation: 'relu' } });
  expect((await statesOf(relu, {})).header.saturated).toEqual([0, 0, 0, 0]);
  const weights = [...(await inspect(relu)).arrays.values()];
  expect(weights.some(({ values }) => values.some((value) => value !== 0))).toBe(true);
  const loud = subjectOf({ model: { kind: 'lstm', units: 3 } });
  const arrays = [...(await inspect(loud)).arrays.values()].map((array) => ({
    ...array,
    // Input and forget gates wide open, a candidate of 1, the output gate shut: a large cell behind a small state.
    values:
      array.name === 'lstm/0/bias' ? Float32Array.of(9, 9, 9, 9, 9, 9, 9, 9, 9, -9, -9, -9) : array.values,
  }));
  const full = subjectOf({ model: { kind: 'lstm', units: 3 }, weights: arrays });
  const { header, columns } = await statesOf(full, {});
  expect(Math.max(...columns.mean.flatMap((line) => [...line]))).toBeLessThan(0.1);
  expect(header.saturated.every((share) => share > 0.8)).toBe(true);
});

describe('what there is not is refused in a sentence', () => {
  const subject = subjectOf({ model: { kind: 'gru', units: 4 } });
  test.each([
    [
      'origin',
      () => VIEWS.window(subject, choiceOf({ origin: 5_000 })),
      /There is no origin 5000 in the test part: it has \d+/,
    ],
    [
      'target',
      () => VIEWS.window(subject, choiceOf({ target: 'rain' })),
      'The model does not forecast "rain"; its targets are level.',
    ],
    [
      'layer',
      () => statesOf(subject, { place: { part: 'encoder', layer: 3, direction: 'forward' } }),
      'The model has no layer 3 of the encoder; it has layer 0 of the encoder.',
    ],
    [
      'cell',
      () => statesOf(subject, { what: 'cell' }),
      'This layer has no "cell"; it shows hidden, z, r, n.',
    ],
    [
      'season',
      () => statesOf(subject, { order: 'season' }),
      'The rows cannot be ordered by season, because a window of 12 steps does not hold one of 24; choose another order.',
    ],
    [
      'attention',
      () => statesOf(subjectOf({ model: { kind: 'attention', units: 4, heads: 2 } }), {}),
      /This model has no recurrent state/,
    ],
    [
      'weights',
      () => VIEWS.window({ ...subject, weights: 'best' }, choiceOf()),
      /The run has no best weights/,
    ],
  ] as const)('%s', async (_, ask, message) => {
    await expect(ask()).rejects.toThrow(message);
  });
});
