// Preambles above the tables of weather services, and the values they write where nothing was measured.
import { describe, expect, test } from 'vitest';
import { importFailure, importText, us, writeFile } from './support.ts';

const DAYS = ['2000-01-01', '2000-01-02', '2000-01-03'];
const TABLE = 'time,temp\n2000-01-01,1\n2000-01-02,2.5\n2000-01-03,3\n';

describe('lines above the table', () => {
  test.each([
    ['place and station in words', `Station Bonn\nHeight 62 m\n${TABLE}`, 2],
    ['words with the delimiter in them', `Bonn, Germany, since 1900\n${TABLE}`, 1],
    ['a small table of its own', `latitude,longitude,elevation\n50.7,7.1,62\n\n${TABLE}`, 2],
    ['a small table of as many columns', `latitude,longitude\n50.7,7.1\n\n${TABLE}`, 2],
    ['words, and a blank line', `Bonn\n\n${TABLE}`, 1],
    [
      'begin and end of a header',
      `-BEGIN HEADER-\nDates (month/day/year): 01/01/2001 through 03/31/2001\nMissing: -999\nT2M  Temperature at 2 Meters (C), MERRA-2\n-END HEADER-\n${TABLE}`,
      5,
    ],
    ['Windows line ends', `Bonn\r\n\r\n${TABLE.replaceAll('\n', '\r\n')}`, 1],
    ['a byte order mark', `\u{feff}Bonn\n${TABLE}`, 1],
  ])('%s', async (_, text, skipped) => {
    const { data, report, columns } = await importText(text);
    expect(columns).toEqual([{ name: 'temp', kind: 'numeric' }]);
    expect(data[0]).toMatchObject({ times: DAYS.map(us), columns: { temp: [1, 2.5, 3] } });
    expect(report.notes).toContain(
      skipped === 1
        ? 'A line above the table was skipped.'
        : `${skipped} lines above the table were skipped.`,
    );
    expect(report.rowsSetAside).toBe(0);
  });

  test('with semicolons, below commas', async () => {
    const { data } = await importText('Bonn, 62 m, since 1900\ntime;temp\n2000-01-01;1,5\n2000-01-02;2,5\n');
    expect(data[0]?.columns).toEqual({ temp: [1.5, 2.5] });
  });

  test('lines of rows that cannot be read are those of the file', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${new Date(Date.UTC(2000, 0, 1, i)).toISOString()},${i}`,
    );
    const below = ['time,temp', ...rows, '2000-01-04,warm', '2000-01-05', '2000-01-06,6'];
    const { report } = await importText(`Bonn\nheight: 62 m\n\n${below.join('\n')}\n`);
    expect(report.setAside.map(({ line, raw }) => [line, raw])).toEqual([[46, '2000-01-05']]);
    expect(report.notes.join()).toContain('"warm" (line 45)');
  });

  test.each([
    ['none', TABLE],
    ['a blank line at the beginning', `\n${TABLE}`],
    ['a blank line below the header', TABLE.replace('temp\n', 'temp\n\n')],
    ['a row of words after a blank line', `${TABLE}\n2000-01-04,\n`],
    ['the same table again', `${TABLE}\n${TABLE}`],
    ['a line of units below a blank line', TABLE.replace('temp\n', 'temp\n\n,C\n')],
    ['sections with the same header', [TABLE, TABLE, TABLE].join('\n')],
    ['rows that are too short at the beginning', TABLE.replace('temp\n', 'temp\n2000\n')],
  ])('are not seen where there are none: %s', async (_, text) => {
    const { report, columns } = await importText(text);
    expect(columns).toEqual([{ name: 'temp', kind: 'numeric' }]);
    expect(report.notes.join()).not.toContain('above the table');
  });

  test.each([
    ['its source', '\nSource: Bureau of Statistics, annual\nDownloaded on March 3, 2021\n'],
    ['figures of it', '\nStatistic,Value\nMean,5.2\nMost,9\n'],
    ['a legend', '\nCode,Meaning\n1,good\n2,doubtful\n'],
  ])('a block below a table does not replace it: %s', async (_, below) => {
    const rows = Array.from({ length: 23 }, (_, i) => `${1990 + i},${i},${i % 5}`);
    const { data } = await importText(`Year,GDP,Pop\n${rows.join('\n')}\n${below}`);
    expect(data[0]?.times).toHaveLength(23);
  });

  test('a title above and a source below', async () => {
    const rows = Array.from({ length: 23 }, (_, i) => `${1990 + i},${i},${i % 5}`);
    const text = `Production\n\nYear,GDP,Pop\n${rows.join('\n')}\n\nSource: Bureau of Statistics\n`;
    const { data, report } = await importText(text);
    expect(data[0]?.times).toHaveLength(23);
    expect(report).toMatchObject({ rowsSetAside: 1, notes: ['A line above the table was skipped.'] });
  });

  test('a table without a header stays whole', async () => {
    const { report, data } = await importText('2000-01-01,1\n2000-01-02,2\n2000-01-03,3\n');
    expect(data[0]?.times).toEqual(DAYS.map(us));
    expect(report.notes.join()).not.toContain('above the table');
  });

  test('nothing but words is no table', async () => {
    expect((await importFailure(writeFile('Bonn\nis, a\ntown\n'))).code).not.toBe('internal');
  });
});

describe('values that mean missing ones', () => {
  const table = (values: readonly (number | string)[]) =>
    `time,v\n${values.map((value, i) => `${new Date(Date.UTC(2000, 0, 1, i)).toISOString()},${value}`).join('\n')}\n`;
  const measured = Array.from({ length: 40 }, (_, i) => 10 + i / 8);
  const holes = measured.map((value, i) => (i % 10 === 3 ? -999 : value));

  test('are named where they come again and lie far from all else', async () => {
    const { report, data } = await importText(table(holes));
    expect(report.notes).toEqual([
      '-999 occurs in "v" (4 rows), far from all other values there (10 to 14.875): if it means that a value is missing, name it among the missing values (in a terminal: --missing -999).',
    ]);
    expect(report.farValues).toEqual(['-999']);
    expect(data[0]?.columns.v).toEqual(holes);
    const [finding] = report.findings ?? [];
    expect(finding).toMatchObject({ check: 'sentinel', count: 4, remedy: { missing: ['-999'] } });
    expect(finding?.examples.map(({ line, value }) => [line, value])).toEqual(
      [5, 15, 25, 35].map((line) => [line, -999]),
    );
  });

  test('above too', async () => {
    const { report } = await importText(table(measured.map((value, i) => (i % 10 === 3 ? 9999.9 : value))));
    expect(report.farValues).toEqual(['9999.9']);
  });

  test('in many columns make one note of each value', async () => {
    const names = Array.from({ length: 700 }, (_, i) => `v${i}`);
    const rows = measured.map(
      (value, i) =>
        `${new Date(Date.UTC(2000, 0, 1, i)).toISOString()},${names.map(() => (i % 10 === 3 ? -999 : value)).join()}`,
    );
    const { report } = await importText(`time,${names.join()}\n${rows.join('\n')}\n`);
    expect(report.notes).toEqual([
      expect.stringContaining('"v4" (4 rows) and 695 more columns, far from all other values there: '),
    ]);
  });

  test('in a column of few values too, and within each series', async () => {
    const levels = (far: number) => measured.map((_, i) => (i % 10 === 3 ? -999 : far + (i % 4)));
    const rows = [0, 4000].flatMap((far, index) =>
      levels(far).map(
        (value, i) => `${new Date(Date.UTC(2000, 0, 1, i)).toISOString()},${'ab'[index]},${value}`,
      ),
    );
    const { report } = await importText(`time,name,v\n${rows.join('\n')}\n`);
    expect(report.farValues).toEqual(['-999']);
    expect(report.notes.join()).toContain('"v" (8 rows)');
  });

  test.each([
    ['a few far values that differ', measured.map((value, i) => (i % 10 === 3 ? -999 - i : value))],
    ['zeros of a column that begins there', measured.map((value, i) => (i % 4 === 3 ? 0 : value - 9))],
    ['zeros', measured.map((value, i) => (i % 4 === 3 ? 0 : value + 90))],
    ['two values', measured.map((_, i) => (i % 4 === 3 ? -999 : 1))],
  ])('%s are not', async (_, values) => {
    expect((await importText(table(values))).report.notes).toEqual([]);
  });

  test('one that comes twice is named with its lines, as few far values are', async () => {
    const values = measured.map((value, i) => (i === 3 || i === 9 ? -999 : value));
    expect((await importText(table(values))).report.notes.join()).toContain('-999 (line 5), -999 (line 11)');
  });

  test.each([
    ['-999 in a river', -999, (i: number) => 1800 + 10 * (i % 40)],
    ['-9999 in a wide river', -9999, (i: number) => 200 + 700 * (i % 40)],
    ['-99.9 in degrees', -99.9, (i: number) => -10 + (i % 40)],
    ['32767 in a counter', 32_767, (i: number) => 7000 + 100 * (i % 40)],
    ['65535 in a counter', 65_535, (i: number) => 10_000 + 1000 * (i % 40)],
    ['9999.9 in pressure', 9999.9, (i: number) => 900 + 5 * (i % 40)],
  ])('a code needs neither many rows nor a great distance: %s', async (_, code, valueAt) => {
    const values = Array.from({ length: 60 }, (_, i) => (i === 7 || i === 31 ? code : valueAt(i)));
    const { report } = await importText(table(values));
    expect(report.farValues).toEqual([String(code)]);
    expect(report.notes.join()).toContain('"v" (2 rows)');
  });

  test.each([
    ['a temperature of -9', (i: number) => -9 + (i % 30)],
    ['years of nines', (i: number) => 960 + i],
    ['a balance that falls', (i: number) => 60 - 99 * (i % 12)],
  ])('%s is none', async (_, valueAt) => {
    const { report } = await importText(table(Array.from({ length: 60 }, (_, i) => valueAt(i))));
    expect(report.farValues ?? []).toEqual([]);
  });

  test.each([
    ['in a file of commas', '-999', ['-999,0', '-999'], ';'],
    ['grouped', '-9999.9', ['"-9,999.90"', '-9999.9'], ','],
    ['of any case', 'no data', ['No Data', 'NO DATA'], ','],
  ])('are missing however they are written: %s', async (_, missing, spelled, delimiter) => {
    const rows = measured.map((value, i) => {
      const text = String(value);
      const plain = delimiter === ';' ? text.replace('.', ',') : text;
      return `${new Date(Date.UTC(2000, 0, 1, i)).toISOString()}${delimiter}${i % 10 === 3 ? spelled[(i >> 1) % 2] : plain}`;
    });
    const { data } = await importText(`time${delimiter}v\n${rows.join('\n')}\n`, { missing: [missing] });
    expect(data[0]?.columns.v).toEqual(measured.map((value, i) => (i % 10 === 3 ? null : value)));
  });

  test('are not looked for among the times', async () => {
    const rows = measured.map((value, i) => `2000-01-0${1 + Math.floor(i / 24)},${i % 24},${value}`);
    const { data } = await importText(`Date,Hour,v\n${rows.join('\n')}\n`, { missing: ['0', '1'] });
    expect(data[0]?.times).toHaveLength(40);
  });

  test.each([
    ['as it stands', '-999'],
    ['with decimals', '-999.0'],
  ])('are missing where the user says so: %s', async (_, missing) => {
    const { report, data, recipe } = await importText(table(holes), { missing: [missing] });
    expect(data[0]?.columns.v).toEqual(holes.map((value) => (value === -999 ? null : value)));
    expect(report.notes).toEqual([]);
    expect(recipe.missing).toEqual([missing]);
  });

  test('words too', async () => {
    const { data, columns } = await importText(
      table(holes.map((value) => (value === -999 ? 'trace' : value))),
      {
        missing: ['trace', '0'],
      },
    );
    expect(columns).toEqual([{ name: 'v', kind: 'numeric' }]);
    expect(data[0]?.columns.v).toEqual(holes.map((value) => (value === -999 ? null : value)));
  });
});

test('days with hours of ten digits are no seconds since 1970', async () => {
  const hours = Array.from({ length: 50 }, (_, i) => new Date(Date.UTC(2023, 0, 1, i)));
  const digits = hours.map((at) => at.toISOString().replace(/\D/g, '').slice(0, 10));
  const { data, recipe } = await importText(
    `STATION;MESS_DATUM;TT\n${digits.map((text, i) => `44;${text};${i}`).join('\n')}\n`,
  );
  expect(recipe).toMatchObject({ timeColumn: 'MESS_DATUM', timeFormat: '%Y%m%d%H' });
  expect(data[0]?.times).toEqual(hours.map((at) => us(at.toISOString())));
});

test('seconds since 1970 stay seconds, also where their digits could be days and hours', async () => {
  const seconds = [1612010100, 1612010400, 1612010700, 1612011000];
  const { data } = await importText(`time,v\n${seconds.map((at, i) => `${at},${i}`).join('\n')}\n`);
  expect(data[0]?.times).toEqual(seconds.map((at) => us(new Date(at * 1000).toISOString())));
});
