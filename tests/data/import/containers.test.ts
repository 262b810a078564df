// Tables in gzip, zip, JSON, JSON lines, workbooks and Parquet, and several files at once: the same rows as the table as text; archives
// that would do harm are refused.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import type { ImportDescription } from '../../../engine/contract/processes/importer.ts';
import { importFile } from '../../../engine/data/import/import-file.ts';
import { importFailure, importPath, writeFile } from './support.ts';

const days = [...Array(6).keys()];
const day = (i: number) => `2024-01-0${i + 1}`;
const CSV = `date,v\n${days.map((i) => `${day(i)},${i}.5`).join('\n')}\n`;

interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the directory says instead. */
  readonly claims?: number;
}

function zipOf(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, claims } of entries) {
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(claims ?? bytes.length, 18);
    head.writeUInt16LE(Buffer.byteLength(name), 22);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), head, Buffer.from(name), packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), head, tail, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + packed.length;
  }
  const end = Buffer.alloc(22);
  const listed = Buffer.concat(directory);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, listed, end]);
}

/** A workbook of text and number cells; dates are numbers of style 1. */
function workbookOf(sheets: Readonly<Record<string, readonly (readonly (string | number)[])[]>>): Buffer {
  const text = (value: string) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${value}`);
  const names = Object.keys(sheets);
  const cell = (value: string | number, row: number, column: number) => {
    const at = `${String.fromCharCode(65 + column)}${row + 1}`;
    if (typeof value === 'string') return `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
    return `<c r="${at}"${value > 40_000 ? ' s="1"' : ''}><v>${value}</v></c>`;
  };
  const sheetOf = (rows: readonly (readonly (string | number)[])[]) =>
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
      .map((row, r) => `<row r="${r + 1}">${row.map((value, c) => cell(value, r, c)).join('')}</row>`)
      .join('')}</sheetData></worksheet>`;
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const pkg = 'http://schemas.openxmlformats.org/package/2006/relationships';
  return zipOf([
    {
      name: '[Content_Types].xml',
      bytes: text('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    },
    {
      name: '_rels/.rels',
      bytes: text(
        `<Relationships xmlns="${pkg}"><Relationship Id="r1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ),
    },
    {
      name: 'xl/workbook.xml',
      bytes: text(
        `<workbook xmlns="${main}" xmlns:r="${rel}"><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="s${i + 1}"/>`).join('')}</sheets></workbook>`,
      ),
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      bytes: text(
        `<Relationships xmlns="${pkg}">${names.map((_, i) => `<Relationship Id="s${i + 1}" Type="${rel}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}<Relationship Id="st" Type="${rel}/styles" Target="styles.xml"/></Relationships>`,
      ),
    },
    {
      name: 'xl/styles.xml',
      bytes: text(
        `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
      ),
    },
    ...names.map((name, i) => ({
      name: `xl/worksheets/sheet${i + 1}.xml`,
      bytes: text(sheetOf(sheets[name] ?? [])),
    })),
  ]);
}

async function parquetOf(sql: string): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'hindcast-test-parquet-')), 'table.parquet');
  const duck = await DuckDBInstance.create(':memory:');
  const connection = await duck.connect();
  await connection.run(`COPY (${sql}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  duck.closeSync();
  return path;
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const jsonLines = days.map((i) => JSON.stringify({ date: day(i), v: i + 0.5 })).join('\n');
const SHEET = [['date', 'v'], ...days.map((i) => [45_292 + i, i + 0.5])] as (string | number)[][];

const READ: [string, string, () => Uint8Array, ImportOptions?][] = [
  ['gzip', 'a.csv.gz', () => gzipSync(CSV)],
  [
    'gzip of two members',
    'a.csv.gz',
    () => Buffer.concat([gzipSync(CSV.slice(0, 20)), gzipSync(CSV.slice(20))]),
  ],
  ['zip', 'a.zip', () => zipOf([{ name: 'in/a.csv', bytes: Buffer.from(CSV) }])],
  [
    'zip with a text that is no table',
    'a.zip',
    () =>
      zipOf([
        { name: 'readme.md', bytes: Buffer.from('hi') },
        { name: 'a.csv', bytes: Buffer.from(CSV) },
      ]),
  ],
  [
    'a file of several in a zip',
    'a.zip',
    () => zipOf(['a', 'b'].map((name) => ({ name: `${name}.csv`, bytes: Buffer.from(CSV) }))),
    { part: 'b.csv' },
  ],
  [
    'zip with texts about the table',
    'a.zip',
    () =>
      zipOf([
        { name: 'Metadaten_a.txt', bytes: Buffer.from('Stations_id;Hoehe\n44;44.0\n') },
        { name: 'produkt_a.txt', bytes: Buffer.from(CSV) },
      ]),
  ],
  [
    'zip with a table and a text',
    'a.zip',
    () =>
      zipOf([
        { name: 'units.txt', bytes: Buffer.from('v: m/s\n') },
        { name: 'in/a.csv', bytes: Buffer.from(CSV) },
      ]),
  ],
  ['gzip in a zip', 'a.zip', () => zipOf([{ name: 'a.csv.gz', bytes: gzipSync(CSV) }])],
  ['JSON lines', 'a.jsonl', () => Buffer.from(jsonLines)],
  ['JSON lines in gzip', 'a.jsonl.gz', () => gzipSync(jsonLines)],
  ['JSON: a list of objects', 'a.json', () => json(days.map((i) => ({ date: day(i), v: i + 0.5 })))],
  [
    'JSON: lists below a name',
    'a.json',
    () => json({ prices: days.map((i) => [Date.UTC(2024, 0, i + 1), i + 0.5]) }),
  ],
  [
    'JSON: columns as lists',
    'a.json',
    () => json({ latitude: 1, hourly: { time: days.map(day), v: days.map((i) => i + 0.5) } }),
  ],
  [
    'JSON: records by time',
    'a.json',
    () => json({ 'Time Series': Object.fromEntries(days.map((i) => [day(i), { v: `${i}.5` }])) }),
  ],
  [
    'JSON: columns, index, data',
    'a.json',
    () => json({ columns: ['v'], index: days.map(day), data: days.map((i) => [i + 0.5]) }),
  ],
  ['a workbook', 'a.xlsx', () => workbookOf({ notes: [['hello']], data: SHEET })],
  [
    'a sheet of a workbook',
    'a.xlsx',
    () => workbookOf({ one: SHEET, two: [...SHEET, [45_300, 9]] }),
    { part: 'one' },
  ],
];

test.concurrent.each(READ)('%s', async (...[, name, bytes, options]) => {
  const { series, data } = await importPath(writeFile(bytes(), name), options);
  expect(series.map(({ rows }) => rows)).toEqual([6]);
  expect(new Date(Number(data[0]!.times[0]!) / 1000).toISOString()).toBe('2024-01-01T00:00:00.000Z');
  expect(Object.values(data[0]!.columns)).toEqual([days.map((i) => i + 0.5)]);
});

test('Parquet, with a zone and numbers that are kept to the last bit', async () => {
  const path = await parquetOf(
    "SELECT TIMESTAMPTZ '2024-01-01 00:00:00+00' + INTERVAL (i) HOUR AS time, 0.1 + i::DOUBLE / 3 AS v FROM range(50) t(i)",
  );
  const { series, data } = await importPath(path);
  expect(series[0]).toMatchObject({ rows: 50, frequency: '1 hour', startUs: Date.UTC(2024, 0, 1) * 1000 });
  expect(data[0]!.columns.v).toEqual([...Array(50).keys()].map((i) => 0.1 + i / 3));
});

const OUTSIDE = zipOf([{ name: '../../a.csv', bytes: Buffer.from(CSV) }]);
const BOMB = Buffer.concat([Buffer.from(CSV), Buffer.alloc(100 << 20, 0x20)]);
const REFUSED: readonly (readonly [string, string, () => Uint8Array, RegExp])[] = [
  ['a zip whose file points out of it', 'a.zip', () => OUTSIDE, /points out of the archive/],
  ['a zip bomb', 'a.zip', () => zipOf([{ name: 'a.csv', bytes: BOMB }]), /300 times its size/],
  [
    'a zip bomb that hides its size',
    'a.zip',
    () => zipOf([{ name: 'a.csv', bytes: BOMB, claims: 100 }]),
    /300 times its size/,
  ],
  ['a gzip bomb', 'a.csv.gz', () => gzipSync(BOMB), /300 times its size/],
  [
    'a workbook that is a bomb',
    'a.xlsx',
    () =>
      zipOf([
        { name: '[Content_Types].xml', bytes: Buffer.from('x') },
        { name: 'xl/workbook.xml', bytes: BOMB, claims: 5 },
      ]),
    /300 times its size/,
  ],
  ['a gzip that was cut', 'a.csv.gz', () => gzipSync(CSV.repeat(50)).subarray(0, 60), /damaged/],
  [
    'several files',
    'a.zip',
    () => zipOf(['a', 'b'].map((name) => ({ name: `${name}.csv`, bytes: Buffer.from(CSV) }))),
    /"a.csv", "b.csv"; name one of them/,
  ],
  ['JSON without a table', 'a.json', () => json({ a: 1 }), /JSON without a table/],
  ['JSON that is broken', 'a.json', () => Buffer.from('[{"a": 1}, {"a"'), /no valid JSON/],
  [
    'a picture in a zip',
    'a.zip',
    () => zipOf([{ name: 'a.csv', bytes: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') }]),
    /a PNG image/,
  ],
];

test.each(REFUSED)('%s is refused', async (_, name, bytes, why) => {
  const { message } = await importFailure(writeFile(bytes(), name));
  expect(message).toMatch(why);
  expect(message.length).toBeLessThan(400);
});

test('a line that is no JSON is set aside with its reason', async () => {
  const lines = jsonLines.split('\n');
  const text = [...lines.slice(0, 3), '{"date": "2024', ...lines.slice(3)].join('\n');
  const { report } = await importPath(writeFile(text, 'a.jsonl'));
  expect(report).toMatchObject({ rowsRead: 7, rowsKept: 6 });
  expect(report.setAside.map(({ line, reason }) => [line, reason])).toEqual([[4, 'is no valid JSON']]);
});

async function join2(texts: readonly string[]): Promise<ImportDescription> {
  const [path = '', ...more] = texts.map((text, i) => writeFile(text, `part${i}.csv`));
  let found: ImportDescription | undefined;
  await importFile(
    { path, more, sample: null, options: {} },
    {
      progress: () => {},
      described: (one) => {
        found = one;
      },
      chunk: async () => {},
    },
  );
  return found!;
}

const monthOf = (month: number, header = 'date,v', row = (i: number) => `2024-0${month}-0${i + 1},${i}`) =>
  `${header}\n${days.map(row).join('\n')}\n`;

test('files that follow each other are one series; a bad line names its file', async () => {
  const { series, columns, report, recipe } = await join2([
    monthOf(1),
    `${monthOf(2, 'v,date', (i) => `${i},2024-02-0${i + 1}`)}1,2,3\n`,
  ]);
  expect(series.map(({ rows }) => rows)).toEqual([12]);
  expect(columns.map(({ name }) => name)).toEqual(['v']);
  expect(report.setAside.map(({ line, reason }) => [line, reason])).toEqual([
    [8, 'has 3 fields where 2 are expected (in part1.csv)'],
  ]);
  expect(recipe.files?.map(({ path }) => path.replace(/.*\//, ''))).toEqual(['part0.csv', 'part1.csv']);
});

test('files of the same times are a series each', async () => {
  const { series } = await join2([monthOf(1), monthOf(1), monthOf(1)]);
  expect(series.map(({ name, rows }) => [name, rows])).toEqual(
    ['part0', 'part1', 'part2'].map((name) => [name, 6]),
  );
});

test('JSON: lists of pairs with the same times are columns, and what is left out is named', async () => {
  const pairs = (of: (i: number) => number) => days.map((i) => [Date.UTC(2024, 0, i + 1), of(i)]);
  const document = {
    prices: pairs((i) => i),
    volumes: pairs((i) => 10 * i),
    splits: pairs((i) => i).slice(0, 3),
  };
  const { data, report } = await importPath(writeFile(json(document), 'coin.json'));
  expect(Object.keys(data[0]!.columns)).toEqual(['prices', 'volumes']);
  expect(data[0]!.columns.volumes).toEqual(days.map((i) => 10 * i));
  expect(report.notes.join()).toContain('left out: "splits"');
  const nested = {
    a: { list: days.map((i) => ({ date: day(i), v: i })) },
    b: days.slice(2).map((i) => ({ w: i })),
  };
  const other = await importPath(writeFile(json(nested), 'nested.json'));
  expect(other.report.notes.join()).toContain('Other tables of the document were left out: "b".');
});

test('text in UTF-32 is named', async () => {
  const text = 'date,v\n2024-01-01,1\n';
  const bytes = Buffer.from(
    Uint32Array.from(
      [0xfeff, ...text].map((sign) => (typeof sign === 'string' ? sign.codePointAt(0)! : sign)),
    ).buffer,
  );
  const { code, message } = await importFailure(writeFile(bytes, 'wide.csv'));
  expect([code, message]).toEqual(['file-binary', expect.stringContaining('UTF-32')]);
});
