// Rows that cannot be read are set aside with their line, column, reason and raw text, while the rest is imported.
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { importText, us } from './support.ts';

const day = (i: number) => new Date(Date.UTC(2000, 0, 1 + i)).toISOString().slice(0, 10);

/** A table of `count` good rows; `change` may replace or follow some. */
function table(count: number, change: (i: number) => string | null = () => null): string {
  const rows = Array.from({ length: count }, (_, i) => change(i) ?? `${day(i)},${i},x`);
  return `time,v,note\n${rows.join('\n')}\n`;
}

describe('set aside', () => {
  test('too few and too many fields', async () => {
    const { report, data } = await importText(
      table(50, (i) => (i === 3 ? `${day(3)},3` : i === 7 ? `${day(7)},7,x,y,z` : null)),
    );
    expect(report).toMatchObject({ rowsRead: 50, rowsKept: 48, rowsSetAside: 2 });
    expect(report.setAside).toEqual([
      { line: 5, column: null, reason: 'has 2 fields where 3 are expected', raw: '2000-01-04,3' },
      { line: 9, column: null, reason: 'has 5 fields where 3 are expected', raw: '2000-01-08,7,x,y,z' },
    ]);
    expect(data[0]?.columns.v).toEqual(
      Array.from({ length: 50 }, (_, i) => i).filter((i) => i !== 3 && i !== 7),
    );
  });

  test('unreadable times and numbers', async () => {
    const { report } = await importText(
      table(
        60,
        (i) =>
          ({
            10: 'soon,10,x',
            20: `${day(20)},abc,x`,
            30: ',30,x',
            40: `${day(40)},1e999,x`,
            50: '2000-02-31,50,x',
          })[i] ?? null,
      ),
    );
    expect(report).toMatchObject({ rowsRead: 60, rowsKept: 57, rowsSetAside: 3 });
    expect(report.setAside).toEqual([
      { line: 12, column: 'time', reason: '"soon" is not an ISO time', raw: 'soon,10,x' },
      { line: 32, column: 'time', reason: 'the time is missing', raw: ',30,x' },
      { line: 52, column: 'time', reason: '"2000-02-31" is not an ISO time', raw: '2000-02-31,50,x' },
    ]);
    expect(report.notes).toContain(
      '"v": 2 cells are no numbers and were read as missing: "abc" (line 22), "1e999" (line 42).',
    );
  });

  for (const lineBreak of ['\n', '\r\n', '\r']) {
    test(`lines are counted behind quoted line breaks (${JSON.stringify(lineBreak)})`, async () => {
      const text = table(40, (i) =>
        i === 5
          ? `${day(5)},5,"one\ntwo\n\nfour"`
          : i === 6
            ? `${day(6)},oops,"a\nb"`
            : i === 20
              ? 'x'
              : null,
      );
      const { report } = await importText(text.replaceAll('\n', lineBreak));
      expect(report.setAside).toEqual([
        { line: 26, column: null, reason: 'has 1 field where 3 are expected', raw: 'x' },
      ]);
      expect(report.notes).toContain('"v": 1 cell is no number and was read as missing: "oops" (line 11).');
    });
  }

  test('blank lines count as lines, not as rows', async () => {
    const { report } = await importText(
      `\n\n${table(40, (i) => (i === 2 ? `\n   \n${day(2)},bad,x` : null))}\n\n`,
    );
    expect(report).toMatchObject({ rowsRead: 40, rowsKept: 40, setAside: [] });
    expect(report.notes).toEqual(['"v": 1 cell is no number and was read as missing: "bad" (line 8).']);
  });

  test('a quote that is never closed costs one line', async () => {
    const { report } = await importText(
      table(50, (i) => (i === 9 ? `${day(9)},9,"x` : i === 30 ? `${day(30)},30,"a"b` : null)),
    );
    expect(report).toMatchObject({ rowsRead: 50, rowsKept: 48 });
    const reason = 'a quoted field is not closed where it should be';
    expect(report.setAside).toEqual([
      { line: 11, column: null, reason, raw: '2000-01-10,9,"x' },
      { line: 32, column: null, reason, raw: '2000-01-31,30,"a"b' },
    ]);
  });

  test('a quote inside an unquoted field is text', async () => {
    const { data, report } = await importText(table(50, (i) => `${day(i)},${i},5"${i % 2 ? ' disk' : ''}`));
    expect(report.rowsSetAside).toBe(0);
    expect(new Set(data[0]?.columns.note)).toEqual(new Set(['5"', '5" disk']));
  });

  test('of duplicate times the last row is kept', async () => {
    const { report, data } = await importText(
      table(30, (i) => (i === 12 ? `${day(11)},-1,x` : i === 25 ? `${day(11)},-2,x` : null)),
    );
    expect(report).toMatchObject({ rowsRead: 30, rowsKept: 28, rowsSetAside: 2 });
    expect(report.setAside.map(({ line, column }) => [line, column])).toEqual([
      [13, 'time'],
      [14, 'time'],
    ]);
    expect(report.setAside[0]?.reason).toBe('a later row has the same time; the last one was kept');
    expect(report.notes).toEqual([
      'Rows were out of order and were sorted by time: 1 row came before the time of the row above.',
      '2 rows have the same time as a later row: of each time the last row was kept.',
      'Series "table" has 2 gaps in time (2 rows missing; the longest gap, 1 row, after 2000-01-12).',
      expect.stringMatching(/^Experiments take missing rows for missing values/),
    ]);
    const position = data[0]?.times.indexOf(us(day(11))) ?? -1;
    expect(data[0]?.columns.v?.[position]).toBe(-2);
  });

  test('rows in any order are sorted, and every value stays in its row', async () => {
    const shuffled = Array.from({ length: 997 }, (_, i) => (i * 389) % 997);
    const text = `time,v,c\n${shuffled.map((i) => `${day(i)},${i},${'abc'[i % 3]}`).join('\n')}`;
    const { data, report } = await importText(text);
    expect(data[0]?.columns.v).toEqual(Array.from({ length: 997 }, (_, i) => i));
    expect(data[0]?.columns.c).toEqual(Array.from({ length: 997 }, (_, i) => 'abc'[i % 3]));
    expect(report.notes).toHaveLength(1);
    expect(report.notes[0]).toMatch(/out of order/);
  });

  test('a missing name of the series', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${day(i >> 1)},${i === 8 ? '' : 'ab'[i % 2]},${i}`);
    const { report } = await importText(`time,who,v\n${rows.join('\n')}`, { seriesColumn: 'who' });
    expect(report.setAside).toEqual([
      { line: 10, column: 'who', reason: 'the name of the series is missing', raw: '2000-01-05,,8' },
    ]);
  });

  test('at most 1,000 rows are listed, the first ones; all are counted; raw text ends at 2,000 characters', async () => {
    const long = 'ä'.repeat(5_000);
    const { report } = await importText(
      table(30_000, (i) =>
        i % 20 === 0 ? (i % 40 === 0 ? `soon,${i},${long.slice(0, 5)}` : `"${long}"`) : null,
      ),
    );
    expect(report.rowsSetAside).toBe(1500);
    expect(report.rowsKept).toBe(28_500);
    expect(report.setAside).toHaveLength(1000);
    expect(report.setAside.map(({ line }) => line)).toEqual(
      Array.from({ length: 1000 }, (_, i) => 2 + 20 * i),
    );
    expect(report.setAside[1]?.raw).toBe(`"${'ä'.repeat(1999)}`);
  });

  test('lines of a transcoded file', async () => {
    const text = table(30, (i) => (i === 4 ? `${day(4)},ö,"ä\nü"` : null));
    const { report } = await importText(Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect(report.notes).toContain('"v": 1 cell is no number and was read as missing: "ö" (line 6).');
  });
});

test('all rows that were set aside are kept, not only those of the report', async () => {
  // Of 6,000 rows 150 have a time that is none, 1,350 a field too many.
  const lines = Array.from({ length: 6_000 }, (_, i) => {
    if (i % 4 !== 3) return `${day(i)},${i}`;
    return i % 40 === 3 ? `soon,${i}` : `${day(i)},${i},"a ""b"""`;
  });
  const { report, setAsideRows } = await importText(`date,v\n${lines.join('\n')}\n`);
  expect([report.rowsSetAside, report.setAside.length]).toEqual([1_500, 1_000]);
  const text = gunzipSync(setAsideRows!).toString('utf8').trimEnd().split('\n');
  expect(text).toHaveLength(1_501);
  expect(text.slice(0, 3)).toEqual([
    'line,column,reason,raw',
    '5,"date","""soon"" is not an ISO time","soon,3"',
    '9,"","has 3 fields where 2 are expected","2000-01-08,7,""a """"b"""""""',
  ]);
  expect(report.setAside.slice(0, 2).map(({ line }) => line)).toEqual([5, 9]);
  // The report has room for those of a small file.
  expect((await importText(`date,v\n${lines.slice(0, 80).join('\n')}\n`)).setAsideRows).toBeUndefined();
});
