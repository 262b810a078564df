// Kinds of awkward files, each small and of its own: what is read, what is set aside, and what is said of it.
import { describe, expect, test } from 'vitest';
import { importFailure, importText, us, writeFile } from './support.ts';

const day = (i: number) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
const hour = (i: number) => new Date(Date.UTC(2024, 0, 1, i)).toISOString().slice(0, 19).replace('T', ' ');
const rows = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i));
const daily = (values: readonly string[]) =>
  `Date,v\n${values.map((v, i) => `${day(i)},"${v}"`).join('\n')}\n`;

describe('numbers as they are written', () => {
  test.each([
    ['the minus sign of Unicode', '−1.5', -1.5],
    ['a minus behind', '1.5-', -1.5],
    ['brackets', '(1,234.5)', -1234.5],
    ['a currency before', '$1,234.50', 1234.5],
    ['a negative currency', '-$7.25', -7.25],
    ['a currency behind', '1,234.50 USD', 1234.5],
    ['Indian grouping', '12,34,567.5', 1234567.5],
    ['a unit', '21.5 °C', 21.5],
    ['a unit without a space', '21.5kWh', 21.5],
    ['per cent', '12.5%', 12.5],
    ['millions', '1.25M', 1_250_000],
    ['thousands', '1.5K', 1_500],
  ])('%s', async (_, text, value) => {
    const texts = rows(30, (i) => (i === 7 ? text : text.replace(/\d+$|\d(?=\D*$)/, '0')));
    const { data, report } = await importText(daily(texts));
    expect(data[0]?.columns.v?.[7]).toBe(value);
    expect(report).toMatchObject({ rowsKept: 30, rowsSetAside: 0 });
  });

  test('thousands and millions in one column', async () => {
    const { data, report } = await importText(daily(rows(30, (i) => (i % 2 ? `${i}K` : `${i}.5M`))));
    expect(data[0]?.columns.v?.slice(0, 2)).toEqual([500_000, 1_000]);
    expect(report.notes.join()).toMatch(/"K" was read as 1,000 times/);
  });

  test('two units are not fused: the rarer one is missing and named', async () => {
    const { data, report } = await importText(daily(rows(40, (i) => (i === 5 ? '70 °F' : `${i} °C`))));
    expect(data[0]?.columns.v?.[5]).toBeNull();
    expect(report.notes.join()).toContain('"70 °F" (line 7)');
  });

  test('a unit has at most twelve letters: a longer word makes no number', async () => {
    const texts = rows(40, (i) => (i === 5 ? `${i} kilowatthours` : `${i} kilowatthour`));
    const { data, report } = await importText(daily(texts));
    expect(data[0]?.columns.v?.slice(4, 7)).toEqual([4, null, 6]);
    expect(report.notes.join()).toContain('"5 kilowatthours" (line 7)');
    const { message } = await importFailure(writeFile(daily(rows(40, (i) => `${i} kilowatthours`))));
    expect(message).toContain('no numeric column');
  });

  test('a bound is read as a number and counted', async () => {
    const { data, report } = await importText(daily(rows(40, (i) => (i % 8 ? String(i) : '<1'))));
    expect(data[0]?.columns.v?.[0]).toBe(1);
    expect(report.notes.join()).toMatch(/5 of the form "<1"/);
  });

  test('a value and its quality are no decimal', async () => {
    const { columns, report } = await importText(
      `time,tmp,v\n${rows(40, (i) => `${hour(i)},"+00${10 + i},1",${i}`).join('\n')}\n`,
    );
    expect(columns.map(({ name }) => name)).toEqual(['v']);
    expect(report.notes.join()).toContain('"tmp" was left out');
  });

  test('words among numbers are missing cells, each said with its line', async () => {
    const { data, columns, report } = await importText(
      `Date,wind,t\n${rows(60, (i) => `${day(i)},${i % 6 === 5 ? 'Calm' : i},${i}`).join('\n')}\n`,
    );
    expect(columns.map(({ kind }) => kind)).toEqual(['numeric', 'numeric']);
    expect(data[0]?.columns.wind?.slice(4, 7)).toEqual([4, null, 6]);
    expect(report).toMatchObject({ rowsKept: 60, rowsSetAside: 0 });
    expect(report.notes.join()).toContain(
      '"wind": 10 cells are no numbers and were read as missing: "Calm" (10 times, first in line 7).',
    );
  });

  test('one word that fills the most of a column stands for missing values', async () => {
    const { data, report } = await importText(daily(rows(60, (i) => (i % 5 ? 'MM' : `${i}.5`))));
    expect(data[0]?.columns.v?.slice(0, 6)).toEqual([0.5, null, null, null, null, 5.5]);
    expect(report.notes.join()).toContain('"MM" (48 times');
  });

  test('commas inside the numbers of a table of tabs part nothing', async () => {
    const { columns, data } = await importText(
      `Date\tv\n${rows(30, (i) => `${day(i)}\t1,0${i % 10},250.5`).join('\n')}\n`,
    );
    expect(columns).toEqual([{ name: 'v', kind: 'numeric' }]);
    expect(data[0]?.columns.v?.slice(0, 2)).toEqual([100250.5, 101250.5]);
  });

  test('codes of digits and letters stay categories, and that is said', async () => {
    const { columns, report } = await importText(
      `Date,code,t\n${rows(60, (i) => `${day(i)},${['1', '2', 'A', 'B'][i % 4]},${i}`).join('\n')}\n`,
    );
    expect(columns.map(({ kind }) => kind)).toEqual(['category', 'numeric']);
    expect(report.notes.join()).toMatch(
      /"code" was taken for categories: 30 of its 60 values are no numbers/,
    );
  });
});

describe('rows that must not replace another', () => {
  const count = (all: number): number[] => [...Array(all).keys()];
  const prices = (last: string) =>
    `Date,open,close\n${rows(40, (i) => `${day(i)},${100 + i},${200 + i}`).join('\n')}\n${last}\n`;
  test('a line of words under a date', async () => {
    const { data, report } = await importText(prices(`${day(39)},0.24 Dividend,`));
    expect(data[0]?.columns.open?.at(-1)).toBe(139);
    expect(report.setAside).toMatchObject([
      { line: 42, reason: 'has no number, and another row has the same time' },
    ]);
  });
  test('the total at the end', async () => {
    const open = 40 * 100 + (39 * 40) / 2;
    const { data, report } = await importText(prices(`${day(39)},${open},${open + 4000}`));
    expect(data[0]?.columns.open?.at(-1)).toBe(139);
    expect(report.setAside).toMatchObject([
      { line: 42, reason: expect.stringContaining('taken for a total') },
    ]);
  });
  test('totals of weeks and months under the date of a day, by their numbers', async () => {
    const lines = count(56).flatMap((i) => {
      const week = i % 7 === 6 ? [`${day(i)},${7 * i - 21 + 700},${(7 * i - 21) / 7}`] : [];
      const month = i % 28 === 27 ? [`${day(i)},${28 * i - 378 + 2800},${(28 * i - 378) / 28}`] : [];
      return [`${day(i)},${100 + i},${i}`, ...week, ...month];
    });
    const { data, report } = await importText(`Date,sold,mean\n${lines.join('\n')}\n`);
    expect(data[0]?.columns.sold).toEqual(count(56).map((i) => 100 + i));
    expect(report.setAside).toHaveLength(10);
    expect(report.setAside[0]).toMatchObject({ reason: expect.stringContaining('taken for a total') });
  });
  test.each(['Wochensumme', 'Subtotal', 'total of the week', '小計'])(
    'totals by their name: %s',
    async (name) => {
      const lines = count(56).flatMap((i) => [
        `${day(i)},${100 + i},`,
        ...(i % 7 === 6 ? [`${day(i)},${(7 * i + 679) * 1.19},${name}`] : []),
      ]);
      const { data } = await importText(`Date,gross,remark\n${lines.join('\n')}\n`);
      expect(data[0]?.columns.gross).toEqual(count(56).map((i) => 100 + i));
    },
  );
  test('a corrected value at the end does', async () => {
    const { data } = await importText(prices(`${day(39)},7,8`));
    expect(data[0]?.columns.open?.at(-1)).toBe(7);
  });
});

describe('series', () => {
  test('one repeated time splits no table by a column of words', async () => {
    const lines = rows(200, (i) => `${hour(i)},${i},${['sun', 'rain', 'fog', 'snow'][(i >> 2) % 4]}`);
    const { series, columns, report } = await importText(
      `time,temp,weather\n${[...lines.slice(0, 50), lines[49], ...lines.slice(50)].join('\n')}\n`,
    );
    expect(series).toHaveLength(1);
    expect(columns.map(({ kind }) => kind)).toEqual(['numeric', 'category']);
    expect(report).toMatchObject({ rowsKept: 200, rowsSetAside: 1 });
  });
  const NUMBERED: readonly (readonly [string, readonly number[]])[] = [
    ['STN', [260, 280]],
    ['id', [1, 2]],
    ['level', [850, 500]],
  ];
  test.each(NUMBERED)('two series by the number %s', async (name, numbers) => {
    const lines = numbers.flatMap((number) => rows(60, (i) => `${number},${hour(i)},${number + i}`));
    const { series, report } = await importText(`${name},date,T\n${lines.join('\n')}\n`);
    expect(series.map((one) => [one.name, one.rows])).toEqual(
      numbers
        .map(String)
        .sort()
        .map((one) => [one, 60]),
    );
    expect(report.notes.join()).toContain(`2 series by "${name}"`);
  });
  test('a number that counts the rows of a day names no series: refused, and how to go on is said', async () => {
    const lines = [...Array(20).keys()].flatMap((i) => [1, 2].map((part) => `${day(i)},${part},${i}`));
    const { message } = await importFailure(writeFile(`Date,period,v\n${lines.join('\n')}\n`));
    expect(message).toMatch(/40 rows but only 20 different times.*--series-column/);
  });
  test.each([
    ['slots of a day', [15, 30, 45, 60]],
    ['hours as digits', [0, 600, 1200, 1800]],
  ])('nor does another number beside rows of one time that stand together: %s', async (_, slots) => {
    const lines = [...Array(20).keys()].flatMap((i) => slots.map((slot) => `${day(i)},${slot},${i}.5`));
    const { code, message } = await importFailure(writeFile(`Date,slot,v\n${lines.join('\n')}\n`));
    expect(code).toBe('invalid-input');
    expect(message).toMatch(/80 rows but only 20 different times.*--series-column/);
  });
  test.each([
    ['oldest first', (i: number) => i],
    ['newest first', (i: number) => 400 - i],
  ])('a long series above short ones, though few times repeat: %s', async (_, order) => {
    const lines = [300, 12, 6].flatMap((count, n) => rows(count, (i) => `${day(order(i))},town ${n},${i}`));
    const { series, report } = await importText(`date,place,level\n${lines.join('\n')}\n`);
    expect(series.map((one) => one.rows)).toEqual([300, 12, 6]);
    expect(report.notes.join()).toContain('3 series by "place"');
  });
  test.each([
    ['in two halves', (i: number) => (i < 100 ? 'ok' : 'est')],
    ['here and there', (i: number) => (i % 20 === 3 ? 'est' : 'ok')],
  ])('a flag splits no table in which few times repeat: %s', async (_, flag) => {
    const lines = rows(200, (i) => `${hour(i)},${flag(i)},${i}`);
    const again = [40, 120, 160].map((i) => `${hour(i)},${flag(i + 100)},${i}`);
    const { series } = await importText(`time,flag,v\n${[...lines, ...again].join('\n')}\n`);
    expect(series.map((one) => one.rows)).toEqual([200]);
  });
  test('of a name and a code the one that loses no row', async () => {
    const lines = [...Array(30).keys()].flatMap((n) =>
      [...Array(12).keys()].map((i) => `land ${n},C${Math.max(1, n)},${1990 + i},${i}`),
    );
    const { recipe, report } = await importText(`country,code,year,pop\n${lines.join('\n')}\n`);
    expect(recipe.seriesColumn).toBe('country');
    expect(report.rowsSetAside).toBe(0);
  });
  test('more rows set aside than kept is refused', async () => {
    const lines = rows(60, (i) => (i < 25 ? `${day(i)},${i}` : `${day(i)},${i},x`));
    const { code, message } = await importFailure(writeFile(`time,v\n${lines.join('\n')}\n`));
    expect(code).toBe('file-unreadable');
    expect(message).toMatch(/Of the 60 rows .* only 25 can be kept, most of them as line 27: has 3 fields/);
  });
});

describe('series that several columns name together', () => {
  const keys = ['DE,gdp', 'DE,cpi', 'FR,gdp', 'FR,cpi'];
  const panel = `date,country,indicator,v\n${rows(30, (i) => keys.map((key, k) => `${day(i)},${key},${10 * i + k}`).join('\n')).join('\n')}\n`;
  const names = ['DE / cpi', 'DE / gdp', 'FR / cpi', 'FR / gdp'];
  test('are found, and told', async () => {
    const { data, columns, recipe, report } = await importText(panel);
    expect(data.map(({ name }) => name)).toEqual(names);
    expect(data[2]?.columns.v?.slice(0, 2)).toEqual([3, 13]);
    expect(columns.map(({ name }) => name)).toEqual(['v']);
    expect(recipe.seriesColumn).toBe('country + indicator');
    expect(report.notes.join()).toContain('"country + indicator" together');
  });
  test('can be named, in any spelling of the sign', async () => {
    for (const seriesColumn of ['country + indicator', 'country+indicator']) {
      const { data } = await importText(panel, { seriesColumn });
      expect(data.map(({ name }) => name)).toEqual(names);
    }
    const { code } = await importFailure(writeFile(panel), { seriesColumn: 'country + sector' });
    expect(code).toBe('unknown-column');
  });
  test('a row that lacks all of the names is set aside', async () => {
    const { report } = await importText(`${panel}${day(30)},,,5\n`, { seriesColumn: 'country + indicator' });
    expect(report.setAside.map(({ column, reason }) => [column, reason])).toEqual([
      ['country + indicator', 'the name of the series is missing'],
    ]);
  });
  test('columns that happen to tell trades of one second apart name none', async () => {
    let state = 7;
    const pick = (list: readonly string[]) => {
      state = (state * 48_271) % 2_147_483_647;
      return list[state % list.length];
    };
    const ticks = rows(
      300,
      (i) => `${hour(Math.floor(i / 3))},${pick(['buy', 'sell'])},${pick(['A', 'B', 'C', 'D'])},${i}`,
    );
    const { code } = await importFailure(writeFile(`time,side,venue,v\n${ticks.join('\n')}\n`));
    expect(code).toBe('invalid-input');
  });
});

describe('times', () => {
  const timed = (times: readonly string[], name = 'time') =>
    `"${name}",v\n${times.map((t, i) => `"${t}",${i}`).join('\n')}\n`;
  const pad = (n: number, width = 2) => String(n).padStart(width, '0');
  const month = (i: number) =>
    ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][i % 12];

  test.each([
    ['2024Q1', 'q', (i: number) => `${2020 + (i >> 2)}Q${(i % 4) + 1}`, '2020-01-01', '2020-04-01'],
    ['Q1 2024', 'q', (i: number) => `Q${(i % 4) + 1} ${2020 + (i >> 2)}`, '2020-01-01', '2020-04-01'],
    ['1Q2024', 'q', (i: number) => `${(i % 4) + 1}Q${2020 + (i >> 2)}`, '2020-01-01', '2020-04-01'],
    [
      '2010.1 in a column of quarters',
      'quarter',
      (i: number) => `${2020 + (i >> 2)}.${(i % 4) + 1}`,
      '2020-01-01',
      '2020-04-01',
    ],
    ['2024-W01', 'w', (i: number) => `2024-W${pad(i + 1)}`, '2024-01-01', '2024-01-08'],
    ['2024-W01-3', 'w', (i: number) => `2024-W${pad(i + 1)}-3`, '2024-01-03', '2024-01-10'],
    [
      'year and week',
      'yearweek',
      (i: number) => `2024${pad((i % 12) + 1)}`.slice(0, 4) + pad(i + 1),
      '2024-01-01',
      '2024-01-08',
    ],
    [
      '2020M01',
      'p',
      (i: number) => `${2020 + Math.floor(i / 12)}M${pad((i % 12) + 1)}`,
      '2020-01-01',
      '2020-02-01',
    ],
    ['20-Jan', 'm', (i: number) => `${20 + Math.floor(i / 12)}-${month(i)}`, '2020-01-01', '2020-02-01'],
    ['Jan-20', 'm', (i: number) => `${month(i)}-${20 + Math.floor(i / 12)}`, '2020-01-01', '2020-02-01'],
    [
      '2000/01 as a fiscal year',
      'y',
      (i: number) => `${2000 + i}/${pad((i + 1) % 100)}`,
      '2000-01-01',
      '2001-01-01',
    ],
    ['FY2000', 'y', (i: number) => `FY${2000 + i}`, '2000-01-01', '2001-01-01'],
    ['1950.0', 'year', (i: number) => `${1950 + i}.0`, '1950-01-01', '1951-01-01'],
    ['days of a spreadsheet', 'Date', (i: number) => String(45292 + i), '2024-01-01', '2024-01-02'],
    [
      'days of a spreadsheet with a time',
      'Date',
      (i: number) => (45292 + i / 24).toFixed(6),
      '2024-01-01',
      '2024-01-01T01:00:00Z',
    ],
    [
      '01:00PM',
      't',
      (i: number) => `1/${15 + (i >> 1)}/2024 ${i % 2 ? '01:00PM' : '1:00AM'}`,
      '2024-01-15T01:00:00Z',
      '2024-01-15T13:00:00Z',
    ],
    ['a weekday', 't', (i: number) => `Mon ${pad(13 + i)}/${'01'}/2024`, '2024-01-13', '2024-01-14'],
    [
      'RFC 2822',
      't',
      (i: number) => `Mon, 01 Jan 2024 ${pad(i)}:00:00 GMT`,
      '2024-01-01',
      '2024-01-01T01:00:00Z',
    ],
    [
      'a date of JavaScript',
      't',
      (i: number) => `Mon Jan 01 2024 ${pad(i)}:00:00 GMT+0100 (CET)`,
      '2023-12-31T23:00:00Z',
      '2024-01-01',
    ],
    [
      'a date of Unix',
      't',
      (i: number) => `Mon Jan 01 ${pad(i)}:00:00 UTC 2024`,
      '2024-01-01',
      '2024-01-01T01:00:00Z',
    ],
    [
      'a zone word',
      't',
      (i: number) => `2024-01-01 ${pad(i)}:00:00 EST`,
      '2024-01-01T05:00:00Z',
      '2024-01-01T06:00:00Z',
    ],
    [
      'digits with a colon',
      't',
      (i: number) => `20240101:${pad(i)}10`,
      '2024-01-01T00:10:00Z',
      '2024-01-01T01:10:00Z',
    ],
    [
      'digits and a clock',
      'column',
      (i: number) => `20240101 ${pad(i)}0000`,
      '2024-01-01',
      '2024-01-01T01:00:00Z',
    ],
    ['Q1/20', 'q', (i: number) => `Q${(i % 4) + 1}/${20 + (i >> 2)}`, '2020-01-01', '2020-04-01'],
    ['T1 2020', 'q', (i: number) => `T${(i % 4) + 1} ${2020 + (i >> 2)}`, '2020-01-01', '2020-04-01'],
    ['Q4-94', 'q', (i: number) => `Q${((i + 3) % 4) + 1}-${94 + ((i + 3) >> 2)}`, '1994-10-01', '1995-01-01'],
    ["Jan '20", 'm', (i: number) => `${month(i)} '${20 + Math.floor(i / 12)}`, '2020-01-01', '2020-02-01'],
    [
      'JAN2020',
      'm',
      (i: number) => `${month(i)?.toUpperCase()}${2020 + Math.floor(i / 12)}`,
      '2020-01-01',
      '2020-02-01',
    ],
    [
      '2020 JAN',
      'm',
      (i: number) => `${2020 + Math.floor(i / 12)} ${month(i)?.toUpperCase()}`,
      '2020-01-01',
      '2020-02-01',
    ],
    [
      'oct.-20',
      'm',
      (i: number) =>
        `${['oct.', 'nov.', 'déc.', 'janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.'][i % 12]}-${20 + Math.floor((i + 9) / 12)}`,
      '2020-10-01',
      '2020-11-01',
    ],
    ['FY23/24', 'FY', (i: number) => `FY${pad(i)}/${pad(i + 1)}`, '2000-01-01', '2001-01-01'],
    [
      'months as days of a spreadsheet',
      'Month',
      (i: number) => String(45292 + 31 * i),
      '2024-01-01',
      '2024-02-01',
    ],
    [
      'days of a spreadsheet with a decimal comma',
      'Timestamp',
      (i: number) => (45292 + i / 24).toFixed(6).replace('.', ','),
      '2024-01-01',
      '2024-01-01T01:00:00Z',
    ],
    [
      'a zone word behind a clock without seconds',
      't',
      (i: number) => `01.01.2024 ${pad(i)}:00 MEZ`,
      '2023-12-31T23:00:00Z',
      '2024-01-01',
    ],
    [
      'the name of a zone behind its offset',
      't',
      (i: number) => `2024-01-01T${pad(i)}:00+09:00[Asia/Tokyo]`,
      '2023-12-31T15:00:00Z',
      '2023-12-31T16:00:00Z',
    ],
    [
      'digits with milliseconds',
      'column',
      (i: number) => `20240101 ${pad(i)}0000250`,
      '2024-01-01T00:00:00.250Z',
      '2024-01-01T01:00:00.250Z',
    ],
    [
      'an hour of half a day',
      't',
      (i: number) =>
        `2024-01-${pad(1 + Math.floor(i / 12))} ${((i + 11) % 12) + 1} AM`.replace('12 AM', '12 PM'),
      '2024-01-01T01:00:00Z',
      '2024-01-01T02:00:00Z',
    ],
    [
      'ISO 8601 without signs',
      't',
      (i: number) => `20240101T${pad(i)}0000Z`,
      '2024-01-01',
      '2024-01-01T01:00:00Z',
    ],
    [
      'a name of a file',
      't',
      (i: number) => `2024-01-01_${pad(i)}-00-00`,
      '2024-01-01',
      '2024-01-01T01:00:00Z',
    ],
    [
      'digits of a name of a file',
      't',
      (i: number) => `20240101_${pad(i)}0000`,
      '2024-01-01',
      '2024-01-01T01:00:00Z',
    ],
    [
      'a weekday and a month in German',
      't',
      (i: number) => `Montag, ${i + 1}. März 2021`,
      '2021-03-01',
      '2021-03-02',
    ],
    [
      'digits of days under any name',
      'den',
      (i: number) => `202401${pad(i + 1)}`,
      '2024-01-01',
      '2024-01-02',
    ],
    ['signs of other scripts', '日期', (i: number) => `2024年1月${i + 1}日`, '2024-01-01', '2024-01-02'],
  ])('%s', async (_, name, time, first, second) => {
    const { data, report } = await importText(timed(rows(17, time), name));
    expect(data[0]?.times.slice(0, 2)).toEqual([us(first), us(second)]);
    expect(report).toMatchObject({ rowsKept: 17, rowsSetAside: 0 });
  });

  test('elapsed seconds and whole numbers count from a start, and that is said', async () => {
    const seconds = await importText(timed(rows(30, (i) => (i / 100).toFixed(2))));
    expect(seconds.data[0]?.times.slice(0, 3)).toEqual([0n, 10_000n, 20_000n]);
    expect(seconds.report.notes.join()).toContain('these times have no date');
    const scope = await importText(
      timed(
        rows(30, (i) => ((i - 10) / 1e4).toExponential(5)),
        'Second',
      ),
    );
    expect(scope.data[0]?.times.slice(0, 2)).toEqual([-1000n, -900n]);
    const clock = await importText(
      timed(
        rows(30, (i) => `${i + 10}:30:00`),
        'Elapsed',
      ),
    );
    expect(clock.data[0]?.times[0]).toBe(37_800_000_000n);
    expect(clock.series[0]?.frequency).toBe('1 hour');
    for (const name of ['t', 'sample']) {
      const steps = await importText(
        timed(
          rows(30, (i) => String(1000 + i)),
          name,
        ),
      );
      expect(steps.data[0]?.times[0]).toBe(1_000_000_000n);
      expect(steps.report.notes.join()).toContain('whole numbers without a calendar');
    }
  });

  test.each([
    [
      'milliseconds, then microseconds',
      (i: number) => (i < 20 ? String(1735516800000 + i * 3_600_000) : `${1735516800000 + i * 3_600_000}000`),
    ],
    [
      'microseconds, then milliseconds',
      (i: number) => (i < 20 ? `${1735516800000 + i * 3_600_000}000` : String(1735516800000 + i * 3_600_000)),
    ],
    [
      'seconds, then milliseconds',
      (i: number) => (i < 20 ? String(1735516800 + i * 3_600) : String(1735516800000 + i * 3_600_000)),
    ],
  ])('epochs of two units: %s', async (_, time) => {
    const { series, report } = await importText(timed(rows(40, time)));
    expect(series[0]).toMatchObject({ rows: 40, frequency: '1 hour', startUs: 1735516800_000_000 });
    expect(report.notes.join()).toContain('epochs of several units');
  });

  test.each([
    ['an epoch of 0', (i: number) => (i === 9 ? '0' : String(1_700_000_000 + 60 * i)), 'time'],
    ['a date far ahead', (i: number) => (i === 9 ? '9999-12-31' : day(i)), 'date'],
    ['a date far back', (i: number) => (i === 9 ? '1900-01-01' : day(i)), 'date'],
  ])('a placeholder is set aside: %s', async (_, time, name) => {
    const { report } = await importText(timed(rows(60, time), name));
    expect(report).toMatchObject({ rowsKept: 59, rowsSetAside: 1 });
    expect(report.setAside).toMatchObject([
      { line: 11, reason: expect.stringContaining('far from all other times') },
    ]);
  });

  test.each([
    [
      'day-month-year',
      (i: number) => `01-${month(i)}-${pad((55 + Math.floor(i / 12)) % 100)}`,
      '1955-01-01',
      '1969-12-01',
      180,
    ],
    [
      'month/day/year, all before 1969',
      (i: number) => `${pad((i % 12) + 1)}/15/${55 + Math.floor(i / 12)}`,
      '1955-01-15',
      '1964-12-15',
      120,
    ],
    [
      'over the turn of the century',
      (i: number) => `15/${pad((i % 12) + 1)}/${pad((95 + Math.floor(i / 12)) % 100)}`,
      '1995-01-15',
      '2004-12-15',
      120,
    ],
  ])('years of two digits: %s', async (_, time, first, last, count) => {
    const { data } = await importText(timed(rows(count, time), 'date'));
    expect([data[0]?.times[0], data[0]?.times.at(-1)]).toEqual([us(first), us(last)]);
  });

  test.each([
    ['times of day alone', (i: number) => `00:${pad(i)}:00`, 'the date is missing'],
    ['digits of a clock with milliseconds', (i: number) => `1000${pad(i)}000`, 'the date is missing'],
  ])('%s are refused', async (_, time, why) => {
    const { code, message } = await importFailure(writeFile(timed(rows(30, time))));
    expect(code).toBe('no-time-column');
    expect(message).toContain(why);
  });

  test('a zone that only the name of the column says, and times that say theirs in part, are noted', async () => {
    const named = await importText(timed(rows(20, hour), 'Date Time, GMT-05:00'));
    expect(named.report.notes.join()).toContain('names the zone "GMT-05:00", but the times were read as UTC');
    const mixed = await importText(timed(rows(20, (i) => `${hour(i)}${i % 2 ? '+01:30' : ''}`)));
    expect(mixed.report.notes.join()).toContain(
      '10 of the 20 times say their offset from UTC, and 10 do not',
    );
  });

  test('the recipe reads the same again', async () => {
    for (const times of [
      rows(40, (i) => `01-${month(i)}-${55 + Math.floor(i / 12)}`),
      rows(40, (i) => `2024-01-01 ${pad(i % 24)}:${pad(i)}:00 EST`),
    ]) {
      const path = writeFile(timed(times));
      const { importPath } = await import('./support.ts');
      const first = await importPath(path);
      const again = await importPath(path, { timeColumn: 'time', timeFormat: first.recipe.timeFormat });
      expect(again.data).toEqual(first.data);
    }
  });
});

describe('values that may mean missing', () => {
  test.each([
    ['1e20', '1e20'],
    ['9.96921e+36', '9.96921e36'],
    ['65535', '65535'],
    ['7999', '7999'],
    ['-888.8', '-888.8'],
    ['999.9', '999.9'],
    ['0', '0'],
  ])('%s is named', async (text, named) => {
    const values = rows(60, (i) => (i % 15 === 7 ? text : String(100 + (i % 9))));
    const { report } = await importText(daily(values));
    expect(report.farValues).toEqual([named]);
    const { data } = await importText(daily(values), { missing: [named] });
    expect(data[0]?.columns.v?.[7]).toBeNull();
  });
  test('a value that comes often and lies only some ranges away is a measurement', async () => {
    const values = rows(60, (i) => (i % 15 === 7 ? '400' : String(100 + (i % 9))));
    expect((await importText(daily(values))).report.farValues).toBeUndefined();
  });
  test('two of them at both ends', async () => {
    const values = rows(60, (i) => (i % 15 === 7 ? '-9999' : i % 15 === 3 ? '9999' : String(100 + (i % 9))));
    expect((await importText(daily(values))).report.farValues).toEqual(['-9999', '9999']);
  });
});

describe('where the table is', () => {
  const table = (count: number) => rows(count, (i) => `${hour(i)},${i},${i % 7}`).join('\n');

  test.each([';', ','])('a first line sep=%s names the delimiter', async (delimiter) => {
    const text = `sep=${delimiter}\ntime,v,w\n${table(30)}\n`.replaceAll(',', delimiter);
    const { columns, report } = await importText(text);
    expect(columns.map(({ name }) => name)).toEqual(['v', 'w']);
    expect(report).toMatchObject({ rowsRead: 30, rowsKept: 30, notes: [expect.stringContaining('sep=')] });
  });

  test.each([
    ['months and years', 'month,year', (i: number) => `${i + 1},${2005 + i}`],
    ['dates', 'key,date', (i: number) => `k${i},2020-01-0${(i % 9) + 1}`],
  ])('of two tables the long one: %s above', async (_, header, line) => {
    const { series, columns } = await importText(
      `Latitude: 45.0\n${header}\n${rows(12, line).join('\n')}\n\ntime,v,w\n${table(400)}\n`,
    );
    expect(series[0]?.rows).toBe(400);
    expect(columns.map(({ name }) => name)).toEqual(['v', 'w']);
  });

  test('lines above that are filled up to the width of the table', async () => {
    const { columns, report } = await importText(
      `Name,A B,\nAccount,123,\nTitle,Meter data,\ntime,v,w\n${table(60)}\n`,
    );
    expect(columns.map(({ name }) => name)).toEqual(['v', 'w']);
    expect(report).toMatchObject({
      rowsRead: 60,
      rowsKept: 60,
      notes: ['3 lines above the table were skipped.'],
    });
  });

  test('titles above that are filled up to the width of the table, as a workbook is written', async () => {
    const { columns, report } = await importText(`Sales of 2024,,\n,,\ntime,v,w\n${table(60)}\n`);
    expect(columns.map(({ name }) => name)).toEqual(['v', 'w']);
    expect(report).toMatchObject({
      rowsKept: 60,
      rowsSetAside: 0,
      notes: ['2 lines above the table were skipped.'],
    });
  });

  test('a row with a time is no header, whatever word it has', async () => {
    const { report, data } = await importText(
      `${hour(0)},T,0\n${rows(60, (i) => `${hour(i + 1)},${i},${i}`).join('\n')}\n`,
    );
    expect(report.rowsKept).toBe(61);
    expect(data[0]?.columns.column2?.slice(0, 2)).toEqual([null, 0]);
  });

  test('one foreign line does not name the delimiter of a quoted file', async () => {
    const lines = rows(60, (i) => `"${hour(i)}"${i === 30 ? ';' : ','}"${i}"${i === 30 ? ';' : ','}"${i}"`);
    const { report } = await importText(`"time","a","b"\n${lines.join('\n')}\n`);
    expect(report).toMatchObject({ rowsRead: 60, rowsKept: 59, rowsSetAside: 1 });
  });

  test.each([
    ['a web page', '<!DOCTYPE html><html><body><p>a, b</p></body></html>', 'HTML'],
    [
      'a Git LFS pointer',
      'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
      'Git LFS pointer',
    ],
  ])('%s is refused as what it is', async (_, text, is) => {
    const { message } = await importFailure(writeFile(text));
    expect(message).toContain(is);
    expect(message.length).toBeLessThan(400);
  });
});

test('a few values far from all others are named with their lines, high and low, in any column and series', async () => {
  const day = (i: number) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
  const line = (i: number) =>
    `${day(i)},${i === 203 ? '1e9' : Math.sin(i / 5).toFixed(4)},${i === 7 ? -40000 : 20 + (i % 9)},${i % 7}`;
  const text = ['date,a,b,c', ...Array.from({ length: 400 }, (_, i) => line(i))].join('\n');
  const { report } = await importText(text);
  const notes = report.notes.filter((note) => note.includes('far from all others'));
  expect(notes).toEqual([
    expect.stringMatching(/^"a": 1 value is far .*: 1000000000 \(line 205\)\. .*--missing 1000000000/),
    expect.stringMatching(/^"b": 1 value is far .*: -40000 \(line 9\)\./),
  ]);
  expect(report.farValues).toEqual(['1000000000', '-40000']);
  const again = await importText(text, { missing: report.farValues! });
  expect(again.report.notes.join()).not.toContain('far from all others');
  expect(again.data[0]!.columns.a![203]).toBeNull();
});
