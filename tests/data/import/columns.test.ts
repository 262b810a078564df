// Kinds of columns, ways to write numbers, missing values, and the layout of several series.
import { describe, expect, test } from 'vitest';
import { importText, us } from './support.ts';

const day = (i: number) => new Date(Date.UTC(2000, 0, 1 + i)).toISOString().slice(0, 10);

/** A table of `count` rows with a time column and the given ones. */
function table(
  count: number,
  columns: Readonly<Record<string, (i: number) => string>>,
  delimiter = ',',
): string {
  const names = ['time', ...Object.keys(columns)];
  const rows = Array.from({ length: count }, (_, i) => [day(i), ...Object.values(columns).map((f) => f(i))]);
  return [names, ...rows].map((row) => row.join(delimiter)).join('\n');
}

const at =
  (...values: string[]) =>
  (i: number) =>
    values[i % values.length] ?? '';

describe('missing values', () => {
  test('every word for them, in every case, in numeric and category columns', async () => {
    const words = [
      '',
      'NA',
      'na',
      'N/A',
      '#N/A',
      'NaN',
      'nan',
      'NAN',
      'null',
      'NULL',
      'Null',
      '-',
      ' NaN ',
      'nA',
      '?',
      '.',
      '--',
      '<NA>',
      '""',
      '"NA"',
    ];
    const text = table(96, {
      v: (i) => (i % 2 ? (words[(i >> 1) % words.length] ?? '') : String(i)),
      c: (i) => (i % 2 ? (words[(i >> 1) % words.length] ?? '') : ('ab'[(i / 2) % 2] ?? '')),
    });
    const { data, series, report } = await importText(text);
    expect(report.setAside).toEqual([]);
    expect(data[0]?.columns.v).toEqual(Array.from({ length: 96 }, (_, i) => (i % 2 ? null : i)));
    expect(data[0]?.columns.c).toEqual(
      Array.from({ length: 96 }, (_, i) => (i % 2 ? null : 'ab'[(i / 2) % 2])),
    );
    expect(series[0]?.columns.map(({ missing }) => missing)).toEqual([48, 48]);
    expect(series[0]?.columns[0]).toMatchObject({ min: 0, max: 94, mean: 47 });
  });
  test('columns without any value are left out', async () => {
    const { columns, report } = await importText(table(5, { v: String, empty: at(''), blank: at(' NA ') }));
    expect(columns).toEqual([{ name: 'v', kind: 'numeric' }]);
    expect(report.notes).toEqual(['Columns without any value were left out: "empty", "blank".']);
  });
});

describe('numbers', () => {
  const read = async (
    values: readonly string[],
    delimiter = ';',
    more: Record<string, (i: number) => string> = {},
  ) => {
    const quoted = values.map((value) => (delimiter === ',' ? `"${value}"` : value));
    const imported = await importText(
      table(values.length, { v: (i) => quoted[i] ?? '', ...more }, delimiter),
    );
    expect(imported.report.setAside).toEqual([]);
    return { values: imported.data[0]?.columns.v, notes: imported.report.notes };
  };
  test('signs, exponents, spaces', async () => {
    expect((await read(['+1', '-.5', ' 2. ', '1e3', '-1.5E-3'])).values).toEqual([1, -0.5, 2, 1000, -0.0015]);
  });
  test('every double survives', async () => {
    const values = [
      0.1,
      1 / 3,
      5e-324,
      2.2250738585072014e-308,
      Number.MAX_VALUE,
      -(2 ** 53) - 2,
      123456789.12345679,
      -0,
    ];
    expect((await read(values.map((v) => (Object.is(v, -0) ? '-0' : String(v))))).values).toEqual(values);
  });
  test('thousands with commas, spaces, apostrophes', async () => {
    expect(await read(['1,234.5', '12', '-1,234,567.25', '0.5'], ',')).toEqual({
      values: [1234.5, 12, -1234567.25, 0.5],
      notes: [],
    });
    expect((await read(['1 234.5', '12', '-1 234 567.25', '0.5'])).values).toEqual([
      1234.5, 12, -1234567.25, 0.5,
    ]);
    expect((await read(['1\u00a0234,5', '12', '-1\u202f234\u202f567,25', '0,5'])).values).toEqual([
      1234.5, 12, -1234567.25, 0.5,
    ]);
    expect((await read(["1'234.5", '12', "-1'234'567.25", '0.5'])).values).toEqual([
      1234.5, 12, -1234567.25, 0.5,
    ]);
  });
  test('decimal commas with dots between thousands', async () => {
    expect((await read(['1.234,5', '12', '-1.234.567,25', '0,5'])).values).toEqual([
      1234.5, 12, -1234567.25, 0.5,
    ]);
    expect((await read(['1,5e3', ',25', '3,', '7'], '\t')).values).toEqual([1500, 0.25, 3, 7]);
  });
  test('1,234 is decided by the other columns', async () => {
    expect(await read(['1,234', '5,678', '9,012'], '\t', { w: at('0,5', '1,25') })).toEqual({
      values: [1.234, 5.678, 9.012],
      notes: [],
    });
    expect(await read(['1,234', '5,678', '9,012'], '\t', { w: at('1,000.5', '1,234,567') })).toEqual({
      values: [1234, 5678, 9012],
      notes: [],
    });
  });
  test('1,234 that nothing decides is a guess by the delimiter, and noted', async () => {
    const semicolon = await read(['1,234', '5,678', '9,012']);
    expect(semicolon).toEqual({
      values: [1.234, 5.678, 9.012],
      notes: ['The comma in "v" was taken for the decimal sign; the file does not tell for sure.'],
    });
    const comma = await read(['1,234', '5,678', '9,012'], ',');
    expect(comma).toEqual({
      values: [1234, 5678, 9012],
      notes: ['The comma in "v" was taken for a thousands separator; the file does not tell for sure.'],
    });
  });
  test('1.234 in a file with decimal commas means thousands', async () => {
    const { values, notes } = await read(['1.234', '12.345', '7'], ';', { w: at('0,5', '1,25') });
    expect(values).toEqual([1234, 12345, 7]);
    expect(notes).toEqual([
      'The dots in "v" were taken for thousands separators, since other columns have decimal commas.',
    ]);
    expect((await read(['1.234', '0.345', '7'], ';', { w: at('0,5', '1,25') })).values).toEqual([
      1.234, 0.345, 7,
    ]);
  });
  test('what only DuckDB takes for a number is none', async () => {
    const { report } = await importText(
      table(100, { v: (i) => ({ 10: '1_000', 20: 'inf', 30: '1e400', 40: '0x10' })[i] ?? String(i) }),
    );
    expect(report).toMatchObject({ rowsKept: 100, setAside: [] });
    expect(report.notes).toEqual([
      '"v": 4 cells are no numbers and were read as missing: "1_000" (line 12), "inf" (line 22), "1e400" (line 32), "0x10" (line 42).',
    ]);
  });
  test('numbers with a few words are numbers; with as many words as numbers it is text', async () => {
    const { columns, report } = await importText(
      table(100, {
        sure: String,
        most: (i) => (i % 20 ? String(i) : `x${i}`),
        some: (i) => (i % 2 ? String(i) : `y${i}`),
      }),
    );
    expect(columns.map(({ name }) => name)).toEqual(['sure', 'most']);
    expect(report.rowsSetAside).toBe(0);
    expect(report.notes).toEqual([
      '"some" was left out: 50 of its 100 values are no numbers, such as "y0"; if they stand for missing values, name them (in a terminal: --missing).',
      '"most": 5 cells are no numbers and were read as missing: "x0" (line 2), "x20" (line 22), "x40" (line 42), "x60" (line 62) and 1 other texts.',
    ]);
  });
});

describe('categories', () => {
  test('names are sorted by code point, whatever their order in the file', async () => {
    const names = ['b', 'a', 'Z', 'é', '😀', '\uffee'];
    const { series } = await importText(table(60, { v: String, c: at(...names) }));
    expect(series[0]?.columns[1]?.categories).toEqual(['Z', 'a', 'b', 'é', '\uffee', '😀']);
  });
  test('a row that is set aside names none', async () => {
    const rows = Array.from(
      { length: 20 },
      (_, i) => `2020-01-${String(i + 1).padStart(2, '0')},${i},${i % 2 ? 'a' : 'b'}`,
    );
    const { series, data, report } = await importText(`date,v,c\nno date,7,odd\n${rows.join('\n')}\n`);
    expect(report.rowsSetAside).toBe(1);
    expect(series[0]?.columns[1]?.categories).toEqual(['a', 'b']);
    expect(data[0]?.columns.c?.slice(0, 2)).toEqual(['b', 'a']);
  });
  test('quotes, commas, apostrophes and line breaks in names', async () => {
    const { data } = await importText(table(20, { v: String, c: at('"it\'s, ""so"""', '"two\nlines"') }));
    expect(data[0]?.columns.c?.slice(0, 2)).toEqual(['it\'s, "so"', 'two\nlines']);
  });
  test('many values relative to the rows are no categories', async () => {
    const { columns, report } = await importText(
      table(100, { v: String, few: (i) => `f${i % 20}`, many: (i) => `m${i % 21}` }),
    );
    expect(columns.map(({ name }) => name)).toEqual(['v', 'few']);
    expect(report.notes).toEqual([
      '"many" was left out: it is text with 21 different values in 100 rows, such as "m0".',
    ]);
  });
  test('codes are the same in all series', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${day(i % 20)},${i < 20 ? 'A' : 'B'},${i},${i < 20 ? 'x' : 'w'}`,
    );
    const { series } = await importText(`time,name,v,c\n${rows.join('\n')}`);
    expect(series.map(({ columns }) => columns[1]?.categories)).toEqual([
      ['w', 'x'],
      ['w', 'x'],
    ]);
  });
});

describe('layout', () => {
  const long = (names: readonly string[], count: number, category: (i: number) => string = () => 'x') =>
    `time,kind,name,v\n${names.flatMap((name, n) => Array.from({ length: count }, (_, i) => `${day(i)},${category(i)},${name},${1000 * n + i}`)).join('\n')}`;

  test('long: found among several text columns; series sorted by name', async () => {
    const { recipe, series, data } = await importText(
      long(['zeta', 'Beta', 'alpha'], 30, (i) => 'pq'[i % 2] ?? ''),
    );
    expect(recipe).toMatchObject({ layout: 'long', seriesColumn: 'name' });
    expect(series.map(({ name, rows }) => [name, rows])).toEqual([
      ['Beta', 30],
      ['alpha', 30],
      ['zeta', 30],
    ]);
    expect(data[0]?.columns.v).toEqual(Array.from({ length: 30 }, (_, i) => 1000 + i));
  });
  test('long, with the series interleaved and one duplicate', async () => {
    const rows = Array.from({ length: 600 }, (_, i) => `${day(i >> 1)},${'ab'[i % 2]},${i}`);
    const { series, report } = await importText(`time,name,v\n${rows.join('\n')}\n${day(3)},a,-1`);
    expect(series.map(({ rows: count }) => count)).toEqual([300, 300]);
    expect(report.notes).toContain(
      '1 row has the same time as a later row: of each time the last row was kept.',
    );
    expect(report.setAside).toMatchObject([
      { line: 8, reason: 'a later row of the series has the same time; the last one was kept' },
    ]);
  });
  test('of several columns that would do, the one with the fewest names', async () => {
    const rows = Array.from(
      { length: 80 },
      (_, i) => `${day(i >> 1)},${'ab'[i % 2]}${i % 3},${'ab'[i % 2]},${i}`,
    );
    const { recipe } = await importText(`time,code,name,v\n${rows.join('\n')}`);
    expect(recipe.seriesColumn).toBe('name');
  });
  test('wide forbids it', async () => {
    const { recipe, report } = await importText(long(['a', 'b'], 30), { layout: 'wide' });
    expect(recipe.layout).toBe('wide');
    expect(report).toMatchObject({ rowsKept: 30, rowsSetAside: 30 });
  });
  test('a given series column may hold numbers', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${day(i % 20)},${100 + Math.floor(i / 20)},${i}`);
    const { series, columns } = await importText(`time,store,v\n${rows.join('\n')}`, {
      seriesColumn: 'store',
    });
    expect(series.map(({ name }) => name)).toEqual(['100', '101', '102']);
    expect(columns.map(({ name }) => name)).toEqual(['v']);
  });
  test('times that do not repeat make a wide file, whatever text there is', async () => {
    const { recipe, columns } = await importText(table(40, { who: at('a', 'b'), v: String }));
    expect(recipe.layout).toBe('wide');
    expect(columns.map(({ name }) => name)).toEqual(['who', 'v']);
  });
});

test('more than one chunk, series of uneven length, values in their positions', async () => {
  // DuckDB hands out blocks of 2,048 rows: the odd lengths shift them against the chunks.
  const counts = { a: 8193, b: 8192, c: 1, d: 20_000 };
  const rows = Object.entries(counts).flatMap(([name, count]) =>
    Array.from(
      { length: count },
      (_, i) => `${new Date(i * 60_000).toISOString()},${name},${i % 7 ? i : ''},${i % 3 ? 'x' : 'y'}`,
    ),
  );
  const { data, series } = await importText(`time,name,v,c\n${rows.join('\n')}`, { seriesColumn: 'name' });
  expect(series.map(({ rows: count }) => count)).toEqual(Object.values(counts));
  for (const { times, columns } of data) {
    expect(times).toEqual(times.map((_, i) => BigInt(i) * 60_000_000n));
    expect(columns.v).toEqual(times.map((_, i) => (i % 7 ? i : null)));
    expect(columns.c).toEqual(times.map((_, i) => (i % 3 ? 'x' : 'y')));
  }
});

test('more columns than one table of DuckDB holds, with the time in the second one', async () => {
  const names = Array.from({ length: 700 }, (_, i) => `c${i}`);
  const header = [...names.slice(0, 600), 'date', ...names.slice(600)].join(',');
  const rows = Array.from({ length: 40 }, (_, r) => {
    const values = names.map((_, i) =>
      i === 5 ? 'uv'[r % 2] : i === 650 ? 'st'[r % 2] : String(i * 100 + r),
    );
    return [...values.slice(0, 600), day(39 - r), ...values.slice(600)].join(',');
  });
  const { data, columns } = await importText(`${header}\n${rows.join('\n')}`);
  expect(columns.map(({ name }) => name)).toEqual(names);
  expect(data[0]?.times[0]).toBe(us(day(0)));
  for (const i of [0, 511, 512, 599, 600, 699]) {
    expect(data[0]?.columns[`c${i}`]).toEqual(Array.from({ length: 40 }, (_, r) => i * 100 + 39 - r));
  }
  expect(data[0]?.columns.c650?.slice(0, 2)).toEqual(['t', 's']);
});

test('progress only rises, from reading over checking to storing', async () => {
  const { progressList } = await importText(table(30_000, { v: String }));
  const fractions = progressList.map(({ fraction }) => fraction);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
  expect([...new Set(progressList.map(({ phase }) => phase))]).toEqual(['reading', 'checking', 'storing']);
});

test('the typical step counts every step, also between two blocks of rows', async () => {
  const minutes = [0];
  for (let i = 0; i < 2049; i++) minutes.push((minutes.at(-1) ?? 0) + (i < 1024 ? 1 : 2));
  const { series } = await importText(
    `time,v\n${minutes.map((minute) => `${new Date(minute * 60_000).toISOString()},1`).join('\n')}`,
  );
  expect(series[0]?.stepUs).toBe(120_000_000);
});
