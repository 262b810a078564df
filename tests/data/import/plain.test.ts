// A table of times and plain numbers is read without DuckDB, and gives the same as with it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import {
  type AheadPiece,
  type ImportDescription,
  type ImportedChunk,
  ROWS_PER_CHUNK,
  type TakenChunk,
} from '../../../engine/contract/processes/importer.ts';
import { importFile } from '../../../engine/data/import/import-file.ts';
import { createColumnBlocks } from '../../../engine/data/import/plain/column-blocks.ts';
import { readPlain } from '../../../engine/data/import/plain/read-plain.ts';
import type { AheadSink, AheadValues } from '../../../engine/data/import/rows/sink.ts';
import { detectTable } from '../../../engine/data/import/source/comments.ts';
import { writeFile } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'hindcast-test-plain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function readOf(path: string, isPlainRead: boolean, options: ImportOptions = {}, ahead?: AheadSink) {
  let described: ImportDescription | undefined;
  const chunks: ImportedChunk[] = [];
  const sink = {
    progress: () => {},
    described: (found: ImportDescription) => {
      described = found;
    },
    chunk: async (chunk: ImportedChunk) => void chunks.push(chunk),
    ...(ahead && { ahead }),
  };
  await importFile({ path, sample: null, options }, sink, undefined, { isPlainRead });
  return { described, chunks };
}

async function plainOf(path: string) {
  const text = { path, fileName: 'table.csv', bytes: 0, skip: 0, firstLine: 1 };
  const { file, dialect } = await detectTable(text);
  return readPlain(file, dialect, folder, () => {});
}

/** A block of this many columns is one chunk long. */
const WIDE = 40;

/** A few rows more than a chunk has; missing values among them, and an hour between rows. */
function wideTable(turnsBack: boolean): string {
  const rows = ROWS_PER_CHUNK + 10;
  const names = Array.from({ length: WIDE }, (_, column) => `v${column}`);
  const lines = Array.from({ length: rows }, (_, row) => {
    const hour = turnsBack && row === rows - 1 ? 7 : row;
    const cells = names.map((_, column) => ((row + column) % 97 === 0 ? '' : (row * 7 + column) % 1013));
    return `${new Date(hour * 3_600_000).toISOString().slice(0, 16)},${cells.join(',')}\n`;
  });
  return `time,${names.join(',')}\n${lines.join('')}`;
}

const HEADER = 'time,a,b\n';
const days = (cells: readonly string[]): string =>
  cells.map((cell, i) => `2020-01-${String(i + 1).padStart(2, '0')},${cell}\n`).join('');

const PLAIN: Readonly<Record<string, string>> = {
  days: HEADER + days(['1,2', '3,4.5', '-0.25,-0', '6,7']),
  'words for NULL': HEADER + days(['1,', 'NA,2', 'NaN,-', '3,null', ',n/a', '5,6']),
  'no last line break and a column without values': `${HEADER}2020-01-01,1,\n2020-01-02,2,\n2020-01-03,3,`,
  'other numbers':
    HEADER + days(['1e3,+5', '.5,1.', '123456789012345678,0.1234567890123456789', '-1E-3,007']),
  'a column without values': HEADER + days(['1,', '2,NA', '3,']),
  'clock, CRLF, no last line break':
    'time,a\r\n2020-01-01 00:00,1\r\n2020-01-01 00:30,2\r\n2020-02-29 23:59,3',
  'seconds and T': 'time,a\n1999-12-31T23:59:58,1\n1999-12-31T23:59:59,2\n2000-01-01T00:00:00,3\n',
  'an offset': 'time,a\n1969-12-31T23:00:00Z,1\n1970-01-01T00:00:00Z,2\n2100-02-28T00:00:00Z,3\n',
  'day first': 'Datum;Wert\n30.12.2020 00:00;1.5\n31.12.2020 00:00;2\n01.01.2021 00:00;3\n',
  'a quoted header': '"time","a, b","c"\n2020-01-01,1,2\n2020-01-02,3,4\n',
  'no header': '2020-01-01,1,2\n2020-01-02,3,4\n2020-01-03,5,6\n',
  'comments above': `# station 7\n# hourly\n${HEADER}${days(['1,2', '3,4', '5,6'])}`,
  'gaps, spikes and a constant column':
    HEADER + days([...Array(28).keys()].filter((i) => i % 9 !== 4).map((i) => `${i === 13 ? 1e9 : i},7`)),
};

describe('a plain table', () => {
  test.each(Object.entries(PLAIN))('%s', async (_, content) => {
    const path = writeFile(content);
    const plain = await plainOf(path);
    expect(plain?.known.risingTimes(0)).not.toBeNull();
    plain?.known.close();
    expect(await readOf(path, true)).toEqual(await readOf(path, false));
  });

  test('is dropped from, renamed and read in a zone as every other', async () => {
    const path = writeFile(PLAIN.days ?? '');
    for (const options of [{ clean: { drop: ['a'], rename: { b: 'c' } } }, { timeZone: 'Europe/Berlin' }])
      expect(await readOf(path, true, options)).toEqual(await readOf(path, false, options));
  });

  test.each([
    { what: 'as they are', options: {}, turnsBack: false },
    { what: 'without a column', options: { clean: { drop: ['v3'] } }, turnsBack: false },
    { what: 'of times that turn back behind them', options: {}, turnsBack: true },
  ])('whose values are sent ahead has the same chunks: $what', async ({ options, turnsBack }) => {
    const path = writeFile(wideTable(turnsBack));
    const pieces: AheadPiece[] = [];
    const taken: ImportedChunk[] = [];
    const ahead = {
      send: async (sent: readonly AheadValues[]) => {
        for (const { parts, ...piece } of sent)
          pieces.push({ ...piece, data: new Uint8Array(Buffer.concat(parts)) });
      },
      take: async (chunks: readonly TakenChunk[]) => {
        for (const { ahead: number, ...chunk } of chunks) taken.push({ ...chunk, ...pieces[number]! });
      },
    };
    const usual = await readOf(path, true, options);
    const { described, chunks } = await readOf(path, true, options, ahead);
    expect(pieces.length).toBeGreaterThanOrEqual(WIDE + 1);
    expect(taken).toHaveLength(turnsBack ? 0 : WIDE + 1 - (options.clean?.drop.length ?? 0));
    expect(described).toEqual(usual.described);
    const inOrder = (list: readonly ImportedChunk[]) =>
      list
        .map(({ chunk: _, ...one }) => one)
        .toSorted((a, b) => a.column - b.column || a.position - b.position);
    expect(inOrder([...taken, ...chunks])).toEqual(inOrder(usual.chunks));
    expect([...taken, ...chunks].map(({ chunk }) => chunk)).toEqual(usual.chunks.map(({ chunk }) => chunk));
  });

  test('that is longer than what is read at once loses no row', async () => {
    const rows = 110_000;
    const timeOf = (row: number) => new Date(row * 60_000).toISOString().slice(0, 16);
    const lines = Array.from(
      { length: rows },
      (_, row) => `${timeOf(row)},${row / 8},${-row},${row % 7 === 0 ? '' : `${row}.25e1`}\n`,
    );
    const plain = await plainOf(writeFile(`time,a,b,c\n${lines.join('')}`));
    expect(plain?.check).toMatchObject({ rows, tally: { header: 1, rows, skipped: 0 } });
    const times = plain?.known.risingTimes(0) ?? [];
    expect(times).toHaveLength(rows);
    for (const row of [0, 65_000, rows - 1]) expect(times[row]).toBe(BigInt(row) * 60_000_000n);
    const [a, b, c] = [1, 2, 3].map((column) => plain?.known.read(column, new Float64Array(rows)) ?? []);
    expect(plain?.known.numbersOf(3)).toBe(rows - Math.ceil(rows / 7));
    const seventh = (row: number) => (row % 7 === 0 ? Number.NaN : row * 10 + 2.5);
    for (let row = 0; row < rows; row++)
      if (a?.[row] !== row / 8 || b?.[row] !== -row || !Object.is(c?.[row], seventh(row)))
        expect(row).toBe('as written');
  });
});

const OTHERS: Readonly<Record<string, string>> = {
  'a word in the last row': HEADER + days(['1,2', '3,4', 'x,5']),
  'a quoted number': HEADER + days(['1,2', '"3",4']),
  'a number in spaces': HEADER + days(['1,2', '3, 4']),
  'a field too much': HEADER + days(['1,2', '3,4,5']),
  'a field too few': HEADER + days(['1,2', '3']),
  'a blank line': `${HEADER}${days(['1,2', '3,4'])}\n`,
  'two kinds of line breaks': `${HEADER}2020-01-01,1,2\r\n2020-01-02,3,4\n`,
  'carriage returns': 'time,a\r2020-01-01,1\r2020-01-02,2\r',
  'a day that no month has': 'time,a\n2020-02-29,1\n2021-02-29,2\n',
  'an hour that no day has': 'time,a\n2020-01-01 23:00,1\n2020-01-01 24:00,2\n',
  'an infinite number': HEADER + days(['1,2', '3,1e999']),
  'a column of words': 'time,place,a\n2020-01-01,here,1\n2020-01-02,there,2\n',
};

test.each(Object.entries(OTHERS))('%s is read as every other table', async (_, content) => {
  const path = writeFile(content);
  expect(await plainOf(path)).toBeNull();
});

test('times that come twice or turn back are sorted as in every other table', async () => {
  for (const last of ['2020-01-01,5,6\n', '2020-01-03,5,6\n']) {
    const path = writeFile(HEADER + days(['1,2', '3,4', '8,9']) + last);
    expect((await plainOf(path))?.known.risingTimes(0)).toBeNull();
    expect(await readOf(path, true)).toEqual(await readOf(path, false));
  }
});

test('columns that are larger than the memory for them come back from a file', () => {
  const columns = 3;
  const blocks = createColumnBlocks(columns, mkdtempSync(join(folder, 'blocks-')), 1);
  const rows = 2 * blocks.rowsPerBlock + 1_000;
  for (let row = 0; row < rows; row++) {
    const at = row % blocks.rowsPerBlock;
    for (let column = 0; column < columns; column++)
      blocks.block[column * blocks.rowsPerBlock + at] = row + column / 4;
    if (at + 1 === blocks.rowsPerBlock) blocks.next();
  }
  const values = blocks.read(2, new Float64Array(rows));
  expect(values).toHaveLength(rows);
  expect(values.findIndex((value, row) => value !== row + 0.5)).toBe(-1);
  blocks.close();
});

test('where the disk of the temporary files is full, the import says so', async () => {
  const path = writeFile(PLAIN.days ?? '');
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  const sink = { progress: () => {}, described: () => {}, chunk: () => Promise.reject(full) };
  const imported = importFile({ path, sample: null, options: {} }, sink);
  await expect(imported).rejects.toMatchObject({
    code: 'disk-full',
    message: expect.stringContaining('TMPDIR'),
  });
});
