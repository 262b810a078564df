// Every kind of samples goes the whole way: imported, trained on, new ones answered, and taken away as tables, report and model of stock
// TensorFlow.js. New files are others than those that were learned from: without labels, with further columns, in another order.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { connectEngine, type EngineClient } from '../../engine/connect/connection.ts';
import { openMessagePort } from '../../engine/connect/message-port.ts';
import { createChannel } from '../../engine/hosts/engine/channel.ts';
import { waveFile } from '../../renderer/features/data/recorder/wave-file.ts';
import { ended } from '../browser/pages/seed.ts';
import { pngOf } from '../data/samples/picture-files.ts';
import { startTestHost, temporaryFolder } from './engine/fixture.ts';

const SAMPLES = 24;
const rows = <Row>(count: number, rowOf: (row: number, label: 'a' | 'b') => Row): Row[] =>
  Array.from({ length: count }, (_, row) => rowOf(row, row % 2 ? 'b' : 'a'));

const tone = async (hertz: number, row: number): Promise<Uint8Array> => {
  const wave = Int16Array.from({ length: 800 + 10 * row }, (_, at) => 9_000 * Math.sin((hertz * at) / 1_273));
  return new Uint8Array(await waveFile({ rate: 8_000, wave }).arrayBuffer());
};
const stripes = (isDown: boolean, row: number) =>
  pngOf(8, 8, (x, y) => [(isDown ? x : y) % 4 < 2 ? 200 + row : row, 0, 0]);
const dna = (row: number, label: string) =>
  `ACGT${label === 'a' ? 'GGTT' : 'CCAA'}${'ACGT'[row % 4]}${'TGCA'[(row >> 2) % 4]}ACGT`;
const series = (row: number, label: string) =>
  Array.from({ length: 12 }, (_, step) => Math.cos(step * (label === 'a' ? 1 : 2)) + ((row * 7) % 11) / 100);
const steps = (row: number, label: string) => [
  'log in',
  ...Array.from({ length: 1 + (row % 5) }, () => (label === 'a' ? 'search' : 'pay, at once')),
];
const events = (row: number, label: string) =>
  Array.from({ length: 5 }, (_, at) => ({
    time: at / 2 + row,
    key: (label === 'a' ? 60 + at : 60 - at) + row / 10,
  }));

type Files = Readonly<Record<string, string | Uint8Array>>;
interface Kind {
  readonly data: Files;
  readonly fresh: Files;
}

const folders = (
  kind: string,
  ending: string,
  content: (row: number, label: string) => string | Uint8Array,
) => ({
  data: Object.fromEntries(
    rows(SAMPLES, (row, label) => [`${kind}/${label}/${row}.${ending}`, content(row, label)]),
  ),
  fresh: Object.fromEntries(
    rows(2, (row, label) => [`new-${kind}/${row}.${ending}`, content(row + 30, label)]),
  ),
});

const numbers = rows(
  SAMPLES,
  (row, label) => [(row * 7) % 5, label === 'a' ? 5 + row : -5 - row, label] as const,
);

const KINDS: Readonly<Record<string, () => Promise<Kind> | Kind>> = {
  text: () => ({
    data: {
      'text.csv': `text,label\n${rows(SAMPLES, (row, label) => `the ${label}${label} of day ${row},${label}`).join('\n')}\n`,
    },
    fresh: { 'new-text.csv': 'id,text\n1,an aa of today\n2,a bb of today\n' },
  }),
  tokens: () => ({
    data: {
      'tokens.jsonl': rows(SAMPLES, (row, label) => JSON.stringify({ steps: steps(row, label), label })).join(
        '\n',
      ),
    },
    fresh: {
      'new-tokens.csv': `id,steps\n1,"['log in', 'search']"\n2,"['log in', 'pay, at once']"\n`,
    },
  }),
  biology: () => ({
    data: {
      'biology.fasta': rows(SAMPLES, (row, label) => `>s${row} label=${label}\n${dna(row, label)}`).join(
        '\n',
      ),
    },
    fresh: { 'new-biology.fasta': `>n1\n${dna(1, 'a')}\n>n2\n${dna(2, 'b')}\n` },
  }),
  series: () => ({
    data: {
      'series.ts': `@problemName s\n@univariate true\n@classLabel true a b\n@data\n${rows(SAMPLES, (row, label) => `${series(row, label).join(',')}:${label}`).join('\n')}\n`,
    },
    fresh: {
      'new-series.ts': `@problemName s\n@univariate true\n@classLabel true a b\n@data\n${series(1, 'a').join(',')}:?\n${series(2, 'b').join(',')}:?\n`,
    },
  }),
  rows: () => {
    const head = Array.from({ length: 12 }, (_, step) => `t${step}`).join(',');
    return {
      data: {
        'rows.csv': `${head},label\n${rows(SAMPLES, (row, label) => `${series(row, label).join(',')},${label}`).join('\n')}\n`,
      },
      fresh: { 'new-rows.csv': `${head}\n${series(1, 'a').join(',')}\n${series(2, 'b').join(',')}\n` },
    };
  },
  vector: () => ({
    data: { 'vector.csv': `size,heat,label\n${numbers.map((row) => row.join(',')).join('\n')}\n` },
    fresh: { 'new-vector.csv': 'number,heat,size\n17,5,0.5\n18,-5,0.5\n' },
  }),
  events: () => ({
    data: {
      'events.jsonl': rows(SAMPLES, (row, label) =>
        JSON.stringify({ events: events(row, label), label }),
      ).join('\n'),
    },
    fresh: {
      'new-events.jsonl': rows(2, (row, label) => JSON.stringify({ events: events(row, label) })).join('\n'),
    },
  }),
  log: () => {
    const rowsOf = (row: number, label: string) =>
      events(row, label).map(({ key }, at) => [
        `2024-01-${10 + (row % 9)} 10:${10 + at}:${10 + at * at}`,
        `s${row}`,
        at % 2 ? 'press' : 'hold',
        key,
      ]);
    return {
      data: {
        'log.csv': `time,session,action,key,label\n${rows(SAMPLES, (row, label) =>
          rowsOf(row, label)
            .map((cells) => `${[...cells, label].join(',')}\n`)
            .join(''),
        ).join('')}`,
      },
      fresh: {
        'new-log.csv': `session,key,action,time\n${rows(2, (row, label) =>
          rowsOf(row + 3, label)
            .map(([time, session, action, key]) => `${session},${key},${action},${time}\n`)
            .join(''),
        ).join('')}`,
      },
    };
  },
  image: () => folders('image', 'png', (row, label) => stripes(label === 'a', row)),
  audio: async () => {
    const waves = new Map<string, Uint8Array>();
    for (const row of [...Array(SAMPLES + 10).keys()])
      for (const label of ['a', 'b'])
        waves.set(`${row} ${label}`, await tone(label === 'a' ? 200 : 900, row));
    return folders('audio', 'wav', (row, label) => waves.get(`${row} ${label}`) ?? expect.unreachable());
  },
};

function write(folder: string, files: Files): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return join(folder, Object.keys(files)[0]!.split('/')[0]!);
}

async function openClient(folder: string) {
  const host = (await startTestHost(join(folder, 'a.hindcast')))!;
  const { port1, port2 } = new MessageChannel();
  const end = createChannel({ send: (message) => port2.postMessage(message), hangUp: () => port2.close() });
  port2.addEventListener('message', ({ data }) => end.deliver(data));
  port2.start();
  host.accept(end.channel);
  return connectEngine(async () => openMessagePort(port1));
}

async function goesAllTheWay(client: EngineClient, folder: string, kind: string): Promise<void> {
  const { data, fresh } = await KINDS[kind]!();
  const source = { kind: 'file', path: write(folder, data) } as const;
  for await (const update of await client.datasets.import({ source, name: kind })) void update;
  const { id } = await client.runs.start({
    configuration: {
      name: kind,
      dataset: { name: kind },
      task: { kind: 'classify' },
      model: { kind: 'gru', units: 8 },
      training: { epochs: 12, batchSize: 4, optimizer: { kind: 'adam', learningRate: 0.03 } },
    },
  });
  await ended(client, id);
  const input = { kind: 'file', path: write(folder, fresh) } as const;
  const { csv, rows: answered } = await client.classify.predict({ run: id, input });
  const [head, ...lines] = (await csv.text()).trim().split('\n');
  expect(answered, kind).toBe(2);
  const column = head!.split(',').indexOf('answer');
  expect(
    lines.map((line) => line.split(',')[column]),
    kind,
  ).toEqual(['a', 'b']);
  const names = async (format: 'csv' | 'tfjs' | 'report') =>
    (await client.runs.export({ run: id, format })).files.map(({ name }) => name);
  expect(await names('csv'), kind).toEqual(
    expect.arrayContaining(['answers.csv', 'classes.csv', 'confusion.csv', 'scores.csv']),
  );
  expect(await names('tfjs'), kind).toEqual(expect.arrayContaining(['model.json', 'card.json']));
  expect(await names('report'), kind).toHaveLength(1);
}

test('imported, trained on, answered and taken away', async () => {
  const folder = temporaryFolder();
  const { client, close } = await openClient(folder);
  for (const kind of Object.keys(KINDS)) await goesAllTheWay(client, folder, kind);
  await close();
}, 600_000);
