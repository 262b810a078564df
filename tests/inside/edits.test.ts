// A changed window: its values are those that the edits say, and every view of one window is about it.
import { describe, expect, test } from 'vitest';
import { AttentionChoiceSchema, InsideAttentionFrame } from '../../engine/contract/inside/attention.ts';
import { AttributeChoiceSchema, InsideAttributionFrame } from '../../engine/contract/inside/attribution.ts';
import { type Edit, EditSchema } from '../../engine/contract/inside/edits.ts';
import {
  InsideStatesFrame,
  InsideWindowFrame,
  StatesChoiceSchema,
} from '../../engine/contract/inside/states.ts';
import { windowEdit } from '../../engine/hosts/cli/window-edits.ts';
import { edited } from '../../engine/inside/edits.ts';
import { captureRows, gatherInputs } from '../../engine/inside/forecaster/capture.ts';
import { inspect } from '../../engine/inside/forecaster/load.ts';
import { VIEWS } from '../../engine/inside/views/registry.ts';
import { choiceOf, subjectOf } from './subject.ts';

const line = (edits: readonly Edit[], season: number | null = null) => [
  ...edited(
    { values: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7), lookback: 8, inputNames: ['level'], season },
    edits,
  ),
];

describe('an edit', () => {
  test('moves a value, and its neighbours less and less', () => {
    const move = (reach: number) => line([{ kind: 'move', input: 'level', row: 3, by: 2, reach }]);
    expect(move(0)).toEqual([0, 1, 2, 5, 4, 5, 6, 7]);
    expect(move(1)).toEqual([0, 1, 3, 5, 5, 5, 6, 7]);
    expect(line([{ kind: 'move', input: 'level', row: 0, by: 1, reach: 1 }]).slice(0, 2)).toEqual([1, 1.5]);
  });

  test('erases rows: a straight line is left between what is beside them', () => {
    const change: Edit = { kind: 'move', input: 'level', row: 3, by: 9, reach: 0 };
    expect(line([change, { kind: 'erase', from: 2, end: 5 }])).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(line([{ kind: 'erase', from: 0, end: 3 }])).toEqual([3, 3, 3, 3, 4, 5, 6, 7]);
    expect(line([{ kind: 'erase', from: 6, end: 8 }])).toEqual([0, 1, 2, 3, 4, 5, 5, 5]);
    expect(line([{ kind: 'erase', from: 0, end: 8 }])).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('shifts a season: what is missing comes from one season away, or else the end is held', () => {
    expect(line([{ kind: 'shift', rows: 2 }])).toEqual([0, 0, 0, 1, 2, 3, 4, 5]);
    expect(line([{ kind: 'shift', rows: -2 }])).toEqual([2, 3, 4, 5, 6, 7, 7, 7]);
    expect(line([{ kind: 'shift', rows: 2 }], 3)).toEqual([1, 2, 0, 1, 2, 3, 4, 5]);
    expect(line([{ kind: 'shift', rows: -2 }], 3)).toEqual([2, 3, 4, 5, 6, 7, 5, 6]);
    expect(line([{ kind: 'shift', rows: 100 }], 4)).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
  });

  test('that does not fit the window is refused in a sentence', () => {
    const refused = (edit: Edit) => expect(() => line([edit]));
    refused({ kind: 'move', input: 'rain', row: 0, by: 1, reach: 0 }).toThrow(
      'The model does not read "rain"; it reads level.',
    );
    refused({ kind: 'move', input: 'level', row: 8, by: 1, reach: 0 }).toThrow('The window has no row 8');
    refused({ kind: 'erase', from: 2, end: 9 }).toThrow('The window has no row 8');
    refused({ kind: 'erase', from: 5, end: 5 }).toThrow('the second row must come after the first');
  });
});

test('the command line writes an edit as a line', () => {
  expect(
    ['move the level@3 -0.5', 'move level@3 +1e-2 4', 'erase 2 5', 'erase level@2 5', 'shift -3'].map(
      windowEdit,
    ),
  ).toEqual(
    [
      { kind: 'move', input: 'the level', row: 3, by: -0.5, reach: 0 },
      { kind: 'move', input: 'level', row: 3, by: 0.01, reach: 4 },
      { kind: 'erase', from: 2, end: 5 },
      { kind: 'erase', input: 'level', from: 2, end: 5 },
      { kind: 'shift', rows: -3 },
    ].map((edit) => EditSchema.parse(edit)),
  );
  expect(() => windowEdit('erase all')).toThrow(`--edit takes 'move COLUMN@ROW BY'`);
});

const EDITS: Edit[] = [
  { kind: 'move', input: 'level', row: 10, by: 0.5, reach: 1 },
  { kind: 'erase', from: 2, end: 4 },
];

test.each([
  { kind: 'lstm', units: 4, layers: 2, bidirectional: true },
  { kind: 'gru', units: 4, truncateSteps: 3 },
  { kind: 'rnn', units: 4, segment: { length: 3, stride: 3 } },
  { kind: 'attention', units: 4, heads: 2 },
  { kind: 'encoder-decoder', units: 4 },
])('every view of one window of $kind is about the changed values', async (model) => {
  const subject = subjectOf({ model });
  const inspected = await inspect(subject);
  const { inputs } = gatherInputs(inspected, { part: 'test', windows: [2] });
  const season = 24;
  const values = edited({ values: inputs, lookback: 12, inputNames: ['level', 'wind'], season }, EDITS);
  const expected = captureRows(inspected, values, 1);
  const choice = choiceOf({ origin: 2, edits: EDITS });
  const window = InsideWindowFrame.decode(await VIEWS.window(subject, choice));
  expect([...window.columns.answer.subarray(12)]).toEqual([...expected.answers]);
  expect([...window.columns.input[0]!.subarray(0, 12)]).toEqual(
    Array.from({ length: 12 }, (_, row) => values[2 * row]!),
  );
  expect(window.header.change).toMatch(/^5 of 12 rows are changed\. The forecast of level changes by [+−]/);
  const plain = InsideWindowFrame.decode(await VIEWS.window(subject, choiceOf({ origin: 2 })));
  expect(plain.header.change).toBeNull();
  expect(plain.columns.forecast).not.toEqual(window.columns.forecast);
  const attributed = InsideAttributionFrame.decode(
    await VIEWS.attribute(subject, { ...choice, ...AttributeChoiceSchema.parse({}) }),
  );
  expect(attributed.header.answers[0]).toBeCloseTo(window.columns.answer[12]!, 5);
  if (expected.sites.length > 0) {
    const states = InsideStatesFrame.decode(
      await VIEWS.states(subject, { ...choice, ...StatesChoiceSchema.parse({ whole: true }) }),
    );
    const { hidden, plan } = expected.sites[0]!;
    const last = Array.from(
      { length: plan.units },
      (_, unit) => hidden[(plan.steps - 1) * plan.units + unit]!,
    );
    expect(states.columns.mean.map((one) => one.at(-1))).toEqual(last);
  }
  if (model.kind === 'attention') {
    const look = async (edits: Edit[]) =>
      InsideAttentionFrame.decode(
        await VIEWS.attention(subject, { ...choice, edits, ...AttentionChoiceSchema.parse({ whole: true }) }),
      ).columns.mean;
    expect(await look(EDITS)).not.toEqual(await look([]));
  }
});

test.each([
  { kind: 'lstm', units: 4 },
  { kind: 'attention', units: 4, heads: 2 },
  { kind: 'encoder-decoder', units: 4 },
])('what answers the hand of $kind is what the views say one by one', async (model) => {
  const subject = subjectOf({ model });
  const { anatomy } = await inspect(subject);
  const choice = choiceOf({ origin: 2, edits: EDITS });
  const states = anatomy.sites.length > 0 ? StatesChoiceSchema.parse({}) : null;
  const attention = anatomy.attention.length > 0 ? AttentionChoiceSchema.parse({ head: 0 }) : null;
  const played = await VIEWS.play(subject, { ...choice, states, attention });
  expect(played).toEqual({
    window: await VIEWS.window(subject, choice),
    states: states && (await VIEWS.states(subject, { ...choice, ...states })),
    attention: attention && (await VIEWS.attention(subject, { ...choice, ...attention })),
  });
  expect([played.states !== null, played.attention !== null]).toContain(true);
});
