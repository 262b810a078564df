// One small table written in every dialect must give the same values.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importPath, importText, us, writeFile } from './support.ts';

const ROWS: readonly (readonly [string, number, number | null, string])[] = [
  ['2000-01-01', 1.5, 1234.25, 'süd'],
  ['2000-01-02', -2.25, null, 'nord'],
  ['2000-01-03', 0.125, -7654321.5, 'süd'],
  ['2000-01-04', 3, 12.75, 'nord'],
  ['2000-01-05', 4.0625, 0.5, 'süd'],
];

interface Writing {
  readonly delimiter: string;
  readonly lineBreak: string;
  readonly decimal: string;
  readonly quoted: boolean;
  readonly finalBreak: boolean;
}

function write({ delimiter, lineBreak, decimal, quoted, finalBreak }: Writing): string {
  const field = (text: string) => (quoted ? `"${text}"` : text);
  const number = (value: number | null) => (value === null ? '' : String(value).replace('.', decimal));
  const lines = [
    ['time', 'a', 'größe', 'region'],
    ...ROWS.map(([t, a, b, c]) => [t, number(a), number(b), c]),
  ];
  return lines.map((line) => line.map(field).join(delimiter)).join(lineBreak) + (finalBreak ? lineBreak : '');
}

async function expectTable(content: string | Uint8Array, delimiter: string) {
  const imported = await importText(content);
  expect(imported.recipe.delimiter).toBe(delimiter);
  expect(imported.columns).toEqual([
    { name: 'a', kind: 'numeric' },
    { name: 'größe', kind: 'numeric' },
    { name: 'region', kind: 'category' },
  ]);
  expect(imported.report.setAside).toEqual([]);
  expect(imported.data).toEqual([
    {
      name: 'table',
      times: ROWS.map(([t]) => us(t)),
      columns: {
        a: ROWS.map((row) => row[1]),
        größe: ROWS.map((row) => row[2]),
        region: ROWS.map((row) => row[3]),
      },
    },
  ]);
  return imported;
}

const PLAIN: Writing = { delimiter: ',', lineBreak: '\n', decimal: '.', quoted: false, finalBreak: true };

describe('delimiters, line breaks, quotes, decimal signs', () => {
  for (const delimiter of [',', ';', '\t', '|']) {
    for (const decimal of delimiter === ',' ? ['.'] : ['.', ',']) {
      for (const lineBreak of ['\n', '\r\n', '\r']) {
        const name = JSON.stringify({ delimiter, decimal, lineBreak });
        test(name, async () => {
          const quoted = lineBreak === '\r\n';
          await expectTable(
            write({ delimiter, lineBreak, decimal, quoted, finalBreak: decimal === '.' }),
            delimiter,
          );
        });
      }
    }
  }
  test('a decimal comma inside quotes in a comma file', async () => {
    await expectTable(write({ ...PLAIN, quoted: true, decimal: ',' }), ',');
  });
  test('mixed line breaks', async () => {
    await expectTable(
      write(PLAIN).replace('\n2000-01-03', '\r\n2000-01-03').replace('\n2000-01-05', '\r2000-01-05'),
      ',',
    );
  });
  for (const [lineBreak, inside] of [
    ['\r\n', '\n'],
    ['\r\n', '\r'],
    ['\n', '\r\n'],
    ['\n', '\r'],
    ['\r', '\n'],
  ] as const) {
    const name = JSON.stringify({ lineBreak, inside });
    test(`the first line break stands in a quoted field: ${name}`, async () => {
      const rows = Array.from({ length: 8 }, (_, i) => `2024-01-0${i + 1};"a${inside}b";${i}`);
      const { report, data } = await importText(rows.join(lineBreak));
      expect(report.rowsKept).toBe(8);
      expect(data[0]?.columns.column3).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    });
  }
  test.each(['\n', '\r\n', '\r'])('columns between blanks, lines that end with %j', async (lineBreak) => {
    const rows = Array.from({ length: 20 }, (_, i) => `2024-01-${10 + i}   ${i}.5  1${i}`);
    rows[4] = '2024-01-14 1\r';
    const text = ['time v w', ...rows].join(lineBreak);
    const { report, data } = await importText(text);
    expect(data[0]?.columns.v).toEqual([...Array(20).keys()].filter((i) => i !== 4).map((i) => i + 0.5));
    expect(report.setAside.map(({ line }) => line)).toEqual([6]);
    const { all = 0 } = report.lines ?? {};
    expect(all).toBe(text.split(/\r\n|\r|\n/).length);
  });
  test('mixed line breaks, blank lines, spaces around fields', async () => {
    const text = write(PLAIN).replace('\n2000-01-02', '\r\n\n  \n 2000-01-02').replace(',nord', ' , "nord" ');
    await expectTable(text, ',');
  });
});

describe('encodings', () => {
  const text = write({ ...PLAIN, delimiter: ';' });
  const utf16 = (mark: string) => Buffer.from(mark + text, 'utf16le');
  test('UTF-8 with a byte order mark', () => expectTable(`\ufeff${text}`, ';'));
  test('UTF-16 little-endian', () => expectTable(utf16('\ufeff'), ';'));
  test('UTF-16 little-endian without a mark', () => expectTable(utf16(''), ';'));
  test('UTF-16 big-endian', () => expectTable(utf16('\ufeff').swap16(), ';'));
  test('Windows-1252, noted', async () => {
    const imported = await expectTable(Buffer.from(text, 'latin1'), ';');
    expect(imported.report.notes).toEqual([expect.stringContaining('The file was read as windows-1252')]);
  });
  test('the signs that Windows-1252 has and Latin-1 has not', async () => {
    const bytes = Buffer.from(
      'time;price \x80;x\n2000-01-01;1;\x93a\x94\n2000-01-02;2;\x93a\x94\n',
      'latin1',
    );
    const imported = await importText(bytes);
    expect(imported.data[0]?.columns).toEqual({ 'price €': [1, 2], x: ['“a”', '“a”'] });
  });
  test('a character across the boundary of two blocks is no reason to doubt UTF-8', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${new Date(i * 60_000).toISOString()},${i},äöü€`);
    const imported = await importText(`time,v,c\n${rows.join('\n')}\n`);
    expect(imported.report.notes).toEqual([]);
    expect(imported.data[0]?.columns.c?.every((name) => name === 'äöü€')).toBe(true);
    expect(imported.series[0]).toMatchObject({ rows: 60_000, frequency: '1 minute' });
  });
});

describe('headers', () => {
  test('without a header the columns are numbered', async () => {
    const imported = await importText('2000-01-01,1,2\n2000-01-02,3,4\n');
    expect(imported.recipe.timeColumn).toBe('column1');
    expect(imported.data[0]?.columns).toEqual({ column2: [1, 3], column3: [2, 4] });
    expect(imported.report.notes).toEqual([
      'The first line is no header: the columns were named column1, column2, ...',
    ]);
  });
  test('numbers may be names', async () => {
    const imported = await importText('date,2019,2020\n2000-01-01,1,2\n2000-01-02,3,4\n');
    expect(imported.columns.map(({ name }) => name)).toEqual(['2019', '2020']);
  });
  test('names are trimmed, unquoted, and given where missing', async () => {
    const imported = await importText('"time", "a ""b"""," c\nd ",\n2000-01-01,1,2,3\n2000-01-02,3,4,5\n');
    expect(imported.columns.map(({ name }) => name)).toEqual(['a "b"', 'c\nd', 'column4']);
    expect(imported.report.notes).toEqual(['Columns without a name were named column4.']);
  });
  test('a given delimiter wins', async () => {
    const imported = await importText('time,a;b\n2000-01-01,1;2\n2000-01-02,3;4\n', {
      delimiter: ',',
      timeColumn: 'time',
    }).catch((error: Error) => error.message);
    expect(imported).toMatch(/no numeric column \("a;b": it is text .* such as "1;2"\)/);
  });
});

test('signs in a path that DuckDB takes for a pattern', async () => {
  const path = writeFile('time,a\n2000-01-01,1\n2000-01-02,2\n', "it's a[1]*?.csv");
  writeFileSync(join(dirname(path), "it's a1bc.csv"), 'time,a\n2000-01-03,3\n');
  const imported = await importPath(path);
  expect(imported.data[0]).toMatchObject({ name: "it's a[1]*?", columns: { a: [1, 2] } });
});
