// Events with times: imported from JSON and from MIDI, kept, read by a model, and told apart by their order, which no summary knows.
import { expect, test } from 'vitest';
import { asClassifyTask } from '../../../engine/contract/tasks/classify.ts';
import { createNumbers } from '../../../engine/data/generated/random.ts';
import { writeMidi } from '../../../engine/data/music/midi-file.ts';
import type { SampleValues } from '../../../engine/data/samples/sample-table.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { samplesFrom } from '../../../engine/store/datasets/sample-reader.ts';
import { fitInput, restoreInput } from '../../../engine/tasks/classify/inputs/registry.ts';
import { imported, ownFolder } from '../../data/samples/imported.ts';
import { trainOn } from './made-samples.ts';

const { file, folder } = ownFolder();

type Events = Extract<SampleValues, { kind: 'events' }>;

const { integer } = createNumbers(5);

/** The same keys at the same distances, rising or falling. */
function melodies(count: number): string {
  return Array.from({ length: count }, (_, row) => {
    const label = row % 2 ? 'rising' : 'falling';
    const keys = Array.from({ length: 6 }, () => 40 + integer(40)).toSorted((a, b) => a - b);
    let time = 1_000;
    const events = (label === 'rising' ? keys : keys.toReversed()).map((key) => {
      time += 0.2 + integer(5) / 10;
      return { time, key, hand: integer(2) ? 'left' : 'right' };
    });
    return JSON.stringify({ events, label });
  }).join('\n');
}

const CONFIGURATION = {
  name: 'melodies',
  dataset: { name: 'melodies' },
  task: { kind: 'classify', input: 'events', label: 'label' },
  split: { kind: 'samples' },
  pipeline: [],
  model: { kind: 'gru', units: 12 },
  training: { epochs: 12, batchSize: 8, optimizer: { kind: 'adam', learningRate: 0.02 } },
};
const TASK = asClassifyTask(parseExperiment(CONFIGURATION).task);

async function tableOf(path: string, options = {}) {
  const { samples, report, chunks } = await imported(path, options, true);
  const { info, shown } = samples ?? expect.unreachable();
  const table = samplesFrom(info, chunks);
  return { info, report, table, shown, events: table.columns[0] as Events };
}

test('their order is learned, and what knows no order stays at chance', async () => {
  const { table, info, shown } = await tableOf(file('melodies.jsonl', melodies(160)));
  expect(info).toMatchObject({ form: 'JSON lines with lists of events', input: 'events', label: 'label' });
  expect(info.columns[0]).toMatchObject({
    kind: 'events',
    min: 6,
    max: 6,
    fields: [
      { name: 'key', categories: null },
      { name: 'hand', categories: ['left', 'right'] },
    ],
  });
  expect(shown?.examples[0]).toMatchObject({
    shown: expect.stringMatching(/^6 events over [\d.]+$/),
    content: { kind: 'events', fields: [{ name: 'key' }, { name: 'hand' }] },
  });
  const messages = await trainOn(table, CONFIGURATION);
  const { scores } = messages.find((message) => message.type === 'ended') ?? expect.unreachable();
  const accuracy = (subject: string) =>
    scores.find((one) => one.part === 'test' && one.metric === 'accuracy' && one.subject === subject)!.value;
  expect(accuracy('model')).toBeGreaterThan(0.9);
  expect(accuracy('event-regression')).toBeLessThan(0.75);
});

test('times count from the first event, whatever their form, and events are put in order', async () => {
  const lines = [
    { when: [{ at: '2024-01-01T00:00:03Z' }, { at: '2024-01-01T00:00:00Z' }], label: 'a' },
    {
      when: [
        [5, 1],
        [5.5, 2],
      ],
      label: 'b',
    },
    { when: [{ at: '7' }, { at: 9 }], label: 'a' },
    { when: [{ at: 3 }], label: 'b' },
  ];
  const { events } = await tableOf(file('times.jsonl', lines.map((line) => JSON.stringify(line)).join('\n')));
  expect(events.fields).toEqual([{ name: 'value 1', categories: null }]);
  expect(events.events.map(({ values }) => [...values])).toEqual([
    [0, Number.NaN, 3, Number.NaN],
    [0, 1, 0.5, 2],
    [0, Number.NaN, 2, Number.NaN],
    [0, Number.NaN],
  ]);
});

test('samples whose events cannot be read are set aside with the reason', async () => {
  const bad = [
    [[], 'it has no event'],
    [[{ key: 1 }], 'event 1 has no field "time"'],
    [
      [{ time: 1 }, { time: 'noon' }],
      'the time of event 2 is neither a number nor a time such as 2024-01-31T12:00:00Z',
    ],
    [[{ time: 1, key: [2] }], 'event 1 holds a list or an object in one of its fields'],
    [[{ time: 1 }, 4], 'event 2 is no object and no list'],
    ['none', 'its events are no list'],
  ] as const;
  const good = melodies(10);
  const lines = bad.map(([events]) => JSON.stringify({ events, label: 'rising' }));
  const { report, table } = await tableOf(file('bad.jsonl', `${good}\n${lines.join('\n')}\n`));
  expect(table.rows).toBe(10);
  expect(report.setAside.map(({ line, column, reason }) => [line, column, reason])).toEqual(
    bad.map(([, reason], index) => [11 + index, 'events', reason]),
  );
});

test('of pieces of music in folders of classes each note is an event', async () => {
  const note = (start: number, pitch: number) => ({ start, duration: 0.5, pitch, velocity: 80 });
  for (const [name, pitch] of [
    ['high/1', 80],
    ['high/2', 82],
    ['low/1', 40],
    ['low/2', 41],
  ] as const)
    file(`pieces/${name}.mid`, writeMidi({ notes: [note(1, pitch), note(2, pitch + 3)], tempo: 120 }));
  file('pieces/low/broken.mid', 'MThd');
  const { info, report, events } = await tableOf(`${folder}/pieces`);
  expect(info).toMatchObject({ input: 'events', classes: [{ name: 'high' }, { name: 'low' }] });
  expect(report.setAside).toMatchObject([
    { reason: 'it has no header of a MIDI file', raw: 'low/broken.mid' },
  ]);
  expect(events.fields.map(({ name }) => name)).toEqual(['pitch', 'duration', 'velocity', 'kind']);
  expect([...events.events[0]!.values]).toEqual([0, 80, 0.5, 80, 0, 1, 83, 0.5, 80, 0]);
  // New pieces to be answered need no folder.
  for (const path of [`${folder}/pieces/high`, `${folder}/pieces/high/1.mid`]) {
    const { events: asked } = await tableOf(path, { as: 'samples', unlabelled: true });
    expect([...asked.events[0]!.values.slice(0, 3)], path).toEqual([0, 80, 0.5]);
  }
});

test('a model reads new events as those that it learned from, by the names of fields and words', () => {
  const rows = (...values: number[]) => ({ channels: 3, values: Float32Array.from(values) });
  const learned: Events = {
    name: 'events',
    kind: 'events',
    fields: [
      { name: 'key', categories: null },
      { name: 'hand', categories: ['left', 'right', 'unseen'] },
    ],
    events: [rows(0, 60, 0, 1, 64, 1), rows(0, 62, 1, 3, 70, 0), rows(0, 61, 2, 1, 66, 0)],
  };
  const { input } = fitInput(learned, TASK, [0, 1]);
  expect(input.shape).toEqual({ kind: 'rows', channels: 4 });
  const other: Events = {
    name: 'events',
    kind: 'events',
    fields: [
      { name: 'hand', categories: ['both', 'right'] },
      { name: 'loud', categories: null },
      { name: 'key', categories: null },
    ],
    events: [{ channels: 4, values: Float32Array.from([0, 1, 9, 62, 3, 0, 9, 70]) }],
  };
  const [first, second] = [input.encode(1), restoreInput(input.state, other, TASK).encode(0)];
  // The last word is known as left there, and is another one here.
  expect([...second.slice(0, 6)]).toEqual([...first.slice(0, 6)]);
  expect([...first.slice(6)]).toEqual([1, 0]);
  expect([...second.slice(6)]).toEqual([0, 0]);
  // A word that training does not have has no column: it is nothing.
  expect([...input.encode(2).slice(2, 4)]).toEqual([0, 0]);
  const moved = { ...learned, events: [...learned.events.slice(0, 2), rows(0, 1_000, 2, 999, 1_000, 2)] };
  expect(fitInput(moved, TASK, [0, 1]).input.state).toEqual(input.state);
});
