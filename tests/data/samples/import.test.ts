// Samples are read from tables, JSON lines and folders; columns find their roles, labels one spelling, and what cannot be learned from
// is set aside with its reason.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ImportOptions, NO_LINE } from '../../../engine/contract/datasets/dataset.ts';
import { FromImporterSchema } from '../../../engine/contract/processes/from-workers.ts';
import type { ImportDescription } from '../../../engine/contract/processes/importer.ts';
import { importAny } from '../../../engine/hosts/importer/import-any.ts';
import { decodePieces, decodeValues } from '../../../engine/store/datasets/chunk-codec.ts';
import { imported, ownFolder } from './imported.ts';

const { file, folder } = ownFolder();

async function read(path: string, options: ImportOptions = {}) {
  const { samples, report, series, chunks } = await imported(path, options);
  const textsOf = (column: number) =>
    chunks
      .filter((chunk) => chunk.column === column)
      .flatMap((chunk) => decodePieces(chunk).map((piece) => new TextDecoder().decode(piece)));
  const codesOf = (column: number) =>
    chunks.filter((chunk) => chunk.column === column).flatMap((chunk) => [...decodeValues(chunk)]);
  return { info: samples?.info ?? null, report, series, textsOf, codesOf };
}

const REVIEWS = ['good, and cheap', 'bad "really"', 'good again', 'so bad', 'fine', 'awful'];

test('a table of texts and labels becomes samples, whatever the order of its columns', async () => {
  const rows = REVIEWS.map(
    (text, row) => `${row % 2 ? 'neg' : 'pos'},"${text.replaceAll('"', '""')}",${row}`,
  );
  const found = await read(file('reviews.csv', `stars,review,id\n${rows.join('\n')}\n`));
  expect(found.info).toMatchObject({ input: 'review', label: 'stars', form: 'a table', duplicates: 0 });
  expect(found.info?.classes).toEqual([
    { name: 'neg', samples: 3 },
    { name: 'pos', samples: 3 },
  ]);
  expect(found.textsOf(0)).toEqual(REVIEWS);
  expect(found.codesOf(1)).toEqual([1, 0, 1, 0, 1, 0]);
  expect(found.textsOf(2)).toEqual(['0', '1', '2', '3', '4', '5']);
});

test('a column of times in a table of texts does not make it a series', async () => {
  const rows = Array.from({ length: 30 }, (_, row) => {
    const text = `on day ${row} we went out and it was ${row % 3 ? 'fine' : 'wet'}`;
    return `2020-01-${String(row + 1).padStart(2, '0')},${text},${row % 3 ? 'fine' : 'wet'}`;
  });
  const path = file('diary.csv', `date,text,label\n${rows.join('\n')}\n`);
  expect((await read(path)).info?.input).toBe('text');
  await expect(read(path, { as: 'series' })).rejects.toMatchObject({ code: 'no-numeric-column' });
});

test('numbers over time stay series, and a table without times and labels keeps its refusal', async () => {
  const days = Array.from({ length: 20 }, (_, row) => `2020-01-${String(row + 1).padStart(2, '0')},${row}`);
  expect((await read(file('days.csv', `date,value\n${days.join('\n')}\n`))).series).toHaveLength(1);
  await expect(read(file('plain.csv', 'a,b\n9.5,2.5\n3.5,4.5\n5.5,1.5\n'))).rejects.toMatchObject({
    code: 'no-time-column',
  });
});

test('a tab-separated file without a header loses no row, and a lone quote is a letter', async () => {
  const rows = ['ham\tsee "you', 'spam\twin now', 'ham\tok', 'ham\tlater', 'spam\tfree', 'ham\thome'];
  const found = await read(file('sms.tsv', `${rows.join('\n')}\n`));
  expect(found.report).toMatchObject({ rowsRead: 6, rowsKept: 6 });
  expect(found.info).toMatchObject({ label: 'column1', input: 'column2' });
  expect(found.textsOf(0)[0]).toBe('see "you');
});

test('labels in three spellings are one class; rows without text or label are set aside with the reason', async () => {
  const lines = [
    { text: 'a', label: 'Spam' },
    { text: 'b', label: 'spam' },
    { text: 'c', label: ' spam ' },
    { text: 'd', label: 'ham' },
    { text: '', label: 'ham' },
    { text: 'f', label: null },
    { text: 'd', label: 'spam' },
  ];
  const found = await read(
    file('mail.jsonl', `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{oops\n`),
  );
  expect(found.info?.classes).toEqual([
    { name: 'spam', samples: 4 },
    { name: 'ham', samples: 1 },
  ]);
  expect(found.report.setAside.map(({ line, reason }) => [line, reason])).toEqual([
    [8, 'it is no valid JSON'],
    [5, 'its text is empty'],
    [6, 'it has no label'],
  ]);
  const notes = found.report.notes.join(' ');
  expect(notes).toContain('Labels that differ in case or spaces alone are one label: "Spam", "spam".');
  expect(notes).toContain('Only one sample each: "ham"');
  expect(notes).toContain('1 sample repeats the input of an earlier one exactly');
  expect(notes).toContain('1 input has several labels');
});

test('folders name parts and classes; other files are counted', async () => {
  for (const part of ['train', 'test']) {
    for (const label of ['cats', 'dogs'])
      file(`pets/${part}/${label}/${'n'.repeat(200)}.txt`, `${label} of ${part}`);
  }
  file('pets/train/cats/picture.png', 'x');
  const found = await read(join(folder, 'pets'));
  expect(found.info).toMatchObject({ form: 'a folder for each class', label: 'label', input: 'text' });
  expect(found.info?.parts).toEqual([
    { part: 'train', samples: 2 },
    { part: 'test', samples: 2 },
  ]);
  expect(found.report.notes.join(' ')).toContain('1 file that is no text');
  expect(found.textsOf(2)[0]).toBe(`test/cats/${'n'.repeat(200)}.txt`);
});

/** 16 bits, one channel. */
function wave(rate: number, samples: readonly number[]): Buffer {
  const data = Buffer.from(Int16Array.from(samples).buffer);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(2 * rate, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

test('recordings of a folder become clips; broken and empty ones are set aside with the reason', async () => {
  file('digits/one/1_ann_0.wav', wave(8_000, [1, -2, 3]));
  file('digits/two/2_bob_0.wav', wave(16_000, [4, 5]));
  file('digits/two/2_bob_1.wav', wave(16_000, []));
  file('digits/two/2_bob_2.wav', 'no wave at all');
  const found = await read(join(folder, 'digits'));
  expect(found.info).toMatchObject({ input: 'audio', group: 'group', groups: 2 });
  expect(found.report.setAside.map(({ raw }) => raw)).toEqual(['two/2_bob_1.wav', 'two/2_bob_2.wav']);
  expect(found.report.setAside.map(({ line, reason }) => [line, reason])).toEqual([
    [NO_LINE, 'it is no WAV file that can be read: it is empty'],
    [NO_LINE, 'it is no WAV file that can be read: its beginning is not that of one'],
  ]);
});

test('a recording alone is refused with what to import instead, and read where it is to be answered', async () => {
  const alone = file('alone.wav', wave(8_000, [1, -2, 3]));
  await expect(read(alone)).rejects.toThrow('alone.wav is one recording, and samples are many');
  expect((await read(alone, { as: 'samples', unlabelled: true })).info).toMatchObject({ input: 'audio' });
});

test('classes with names of 300 characters are classes', async () => {
  const names = ['a', 'b'].map((letter) => letter.repeat(300));
  const rows = Array.from({ length: 12 }, (_, row) => `the text ${row} of some words,${names[row % 2]}`);
  const found = await read(file('long.csv', `${'t'.repeat(300)},${'l'.repeat(300)}\n${rows.join('\n')}\n`));
  expect(found.info?.classes.map(({ name }) => name)).toEqual(names);
});

test('what holds nothing is refused in one sentence', async () => {
  mkdirSync(join(folder, 'void'));
  await expect(read(join(folder, 'void'))).rejects.toThrow('void is empty; make a folder for each class');
  await expect(read(file('empty.jsonl', '\n'))).rejects.toThrow('empty.jsonl has no JSON object');
  await expect(read(file('x.csv', 'text,label\na b,1\n'), { labelColumn: 'lable' })).rejects.toMatchObject({
    code: 'unknown-column',
  });
});

test('what an import process says of samples is taken by its host', async () => {
  let described: ImportDescription | undefined;
  const path = file('few.csv', 'text,label\na b c d,x\ne f g h,y\ni j k l,x\nm n o p,y\n');
  await importAny(
    { path, sample: null, options: {} },
    {
      progress: () => {},
      described: (description) => {
        described = description;
      },
      chunk: async (chunk) => void FromImporterSchema.parse({ type: 'chunk', ...chunk }),
    },
  );
  expect(FromImporterSchema.parse({ type: 'described', ...described })).toMatchObject({
    samples: { rows: 4 },
  });
});

test('samples to be answered need no label', async () => {
  const path = file('new.csv', 'text\nwho knows\nwhat this is\n');
  const found = await read(path, {
    as: 'samples',
    unlabelled: true,
    inputColumn: 'text',
    labelColumn: 'label',
  });
  expect(found.info).toMatchObject({ input: 'text', label: null });
  expect(found.report).toMatchObject({ rowsKept: 2, notes: [] });
});

test('values over times that cannot be read are no samples', async () => {
  const days = Array.from({ length: 40 }, (_, row) => `2024-01-${String((row % 28) + 1).padStart(2, '0')}`);
  for (const [name, line, code] of [
    [
      'marks',
      (row: number) => `2024-01-${String(row + 1).padStart(2, '0')},${row % 4} ± 1`,
      'no-numeric-column',
    ],
    ['unread', (row: number) => `${days[row]} at ${row % 24} hours sharp,${row % 3}`, 'no-time-column'],
    ['one-class', (row: number) => `${row}.5,mm`, 'no-numeric-column'],
  ] as const) {
    const lines = Array.from({ length: 30 }, (_, row) => line(row));
    const path = file(`${name}.csv`, `Date of it,v\n${lines.join('\n')}\n`);
    await expect(read(path), name).rejects.toMatchObject({ code });
  }
  const intervals = Array.from(
    { length: 24 },
    (_, row) => `01.01.2024 ${row}:00 - 01.01.2024 ${row + 1}:00,${row},EUR`,
  );
  expect(
    (await read(file('prices.csv', `MTU,price,currency\n${intervals.join('\n')}\n`))).series,
  ).toHaveLength(1);
});
