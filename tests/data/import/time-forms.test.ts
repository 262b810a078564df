// Every detected time format, read as the same instants; and the order of day and month.
import { describe, expect, test } from 'vitest';
import { importText, us } from './support.ts';

const DAYS = ['1999-12-30', '1999-12-31', '2000-01-01', '2000-01-02', '2000-02-13'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Parts {
  readonly y: string;
  readonly m: string;
  readonly d: string;
}

const parts = (iso: string): Parts => ({ y: iso.slice(0, 4), m: iso.slice(5, 7), d: iso.slice(8, 10) });
const month = ({ m }: Parts) => MONTHS[Number(m) - 1] ?? '';
const bare = (text: string) => String(Number(text));

async function timesOf(values: readonly string[], delimiter = ';', name = 'when', options = {}) {
  const rows = values.map((value, i) => `${value}${delimiter}${i}`);
  const imported = await importText(`${name}${delimiter}v\n${rows.join('\n')}\n`, options);
  expect(imported.report.setAside).toEqual([]);
  return { times: imported.data[0]?.times, format: imported.recipe.timeFormat, notes: imported.report.notes };
}

describe('dates', () => {
  const forms: readonly (readonly [string, (p: Parts) => string, string])[] = [
    ['ISO', ({ y, m, d }) => `${y}-${m}-${d}`, 'detected'],
    ['ISO without zeros', ({ y, m, d }) => `${y}-${bare(m)}-${bare(d)}`, 'detected'],
    ['2000/01/02', ({ y, m, d }) => `${y}/${m}/${d}`, 'detected'],
    ['2000.01.02', ({ y, m, d }) => `${y}.${m}.${d}`, '%Y.%m.%d'],
    ['02.01.2000', ({ y, m, d }) => `${d}.${m}.${y}`, '%d.%m.%Y'],
    ['2.1.2000', ({ y, m, d }) => `${bare(d)}.${bare(m)}.${y}`, '%d.%m.%Y'],
    ['02.01.00', ({ y, m, d }) => `${d}.${m}.${y.slice(2)}`, '%d.%m.%y'],
    ['1/2/2000', ({ y, m, d }) => `${bare(m)}/${bare(d)}/${y}`, '%m/%d/%Y'],
    ['2/1/2000', ({ y, m, d }) => `${bare(d)}/${bare(m)}/${y}`, '%d/%m/%Y'],
    ['02-01-2000', ({ y, m, d }) => `${d}-${m}-${y}`, '%d-%m-%Y'],
    ['Jan 2 2000', (p) => `${month(p)} ${bare(p.d)} ${p.y}`, '%b %d %Y|%B %d %Y'],
    ['Jan 2, 2000', (p) => `${month(p)} ${bare(p.d)}, ${p.y}`, '%b %d, %Y|%B %d, %Y'],
    ['2 Jan 2000', (p) => `${p.d} ${month(p)} ${p.y}`, '%d %b %Y|%d %B %Y'],
    ['02-JAN-2000', (p) => `${p.d}-${month(p).toUpperCase()}-${p.y}`, '%d-%b-%Y|%d-%B-%Y'],
    ['02-Jan-00', (p) => `${p.d}-${month(p)}-${p.y.slice(2)}`, '%d-%b-%y'],
    ['20000102', ({ y, m, d }) => `${y}${m}${d}`, '%Y%m%d'],
  ];
  for (const [name, write, format] of forms) {
    test(name, async () => {
      const read = await timesOf(DAYS.map((iso) => write(parts(iso))));
      expect(read).toEqual({ times: DAYS.map(us), format, notes: [] });
    });
  }
  test('January 2 2000', async () => {
    const read = await timesOf(['January 2 2000', 'February 3 2000', 'September 4 2000']);
    expect(read.times).toEqual(['2000-01-02', '2000-02-03', '2000-09-04'].map(us));
  });
  test('months and years', async () => {
    const months = ['1999-12-01', '2000-01-01', '2000-02-01'].map(us);
    expect((await timesOf(['1999-12', '2000-01', '2000-02'])).times).toEqual(months);
    expect((await timesOf(['12/1999', '01/2000', '02/2000'])).times).toEqual(months);
    expect((await timesOf(['Dec 1999', 'Jan 2000', 'Feb 2000'])).times).toEqual(months);
    expect((await timesOf(['199912', '200001', '200002'], ';', 'month')).times).toEqual(months);
    expect((await timesOf(['1999', '2000', '2001'], ',', 'year')).times).toEqual(
      ['1999-01-01', '2000-01-01', '2001-01-01'].map(us),
    );
  });
});

describe('dates with clocks', () => {
  const instants = ['2000-01-01T23:59:30Z', '2000-01-13T00:00:00Z', '2000-01-13T13:04:05Z'].map(us);
  const read = async (...values: string[]) => (await timesOf(values)).times;
  test('ISO, space or T, with and without seconds', async () => {
    expect(await read('2000-01-01 23:59:30', '2000-01-13', '2000-01-13T13:04:05')).toEqual(instants);
    expect(await read('2000-01-01T23:59:30Z', '2000-01-13 00:00', '2000/01/13 13:04:05')).toEqual(instants);
  });
  test('ISO with offsets of many spellings', async () => {
    expect(
      await read('2000-01-02T01:59:30+02:00', '2000-01-12T18:30-05:30', '2000-01-13T13:04:05.000Z'),
    ).toEqual(instants);
    expect(await read('2000-01-02 01:59:30+0200', '2000-01-13 02:00 +02', '2000-01-13 13:04:05 UTC')).toEqual(
      instants,
    );
    expect(await read('2000-01-01T23:59:30z', '2000-01-12T19:00-05', '2000-01-13T18:04:05 +0500')).toEqual(
      instants,
    );
  });
  test('fractions of a second, with comma, too', async () => {
    const tenth = [us('2000-01-01') + 100_000n, us('2000-01-01') + 200_001n];
    expect(await read('2000-01-01 00:00:00.1', '2000-01-01 00:00:00.200001')).toEqual(tenth);
    expect(await read('2000-01-01T00:00:00,1', '2000-01-01T00:00:00,200001')).toEqual(tenth);
    expect(await read('01.01.2000 00:00:00.1', '01.01.2000 00:00:00.200001')).toEqual(tenth);
  });
  test('other dates', async () => {
    expect(await read('01.01.2000 23:59:30', '13.01.2000', '13.01.2000 13:04:05')).toEqual(instants);
    expect(await read('1/1/2000 11:59:30 PM', '1/13/2000 12:00 AM', '1/13/2000 1:04:05 pm')).toEqual(
      instants,
    );
    expect(await read('20000101T235930', '20000113T000000', '20000113T130405')).toEqual(instants);
    expect(await read('20000101235930', '20000113000000', '20000113130405')).toEqual(instants);
  });
  test('clocks that only come after the sample', async () => {
    const dates = Array.from({ length: 1200 }, (_, i) =>
      new Date(Date.UTC(2000, 0, 1 + i)).toISOString().slice(0, 10),
    );
    const german = dates.map((iso) => iso.split('-').reverse().join('.'));
    const read = await timesOf([...german, '20.04.2003 10:30', '20.04.2003 10:45:10']);
    expect(read.times?.slice(-2)).toEqual([us('2003-04-20T10:30:00Z'), us('2003-04-20T10:45:10Z')]);
  });
});

describe('times as countries and exports write them', () => {
  const read = ['2024-01-01T10:00:00Z', '2024-01-01T11:30:00Z', '2024-01-02T00:00:00Z'].map(us);
  test.each([
    ['a dot in the clock', ['01.01.2024 10.00', '01.01.2024 11.30', '02.01.2024 00.00']],
    ['the word Uhr', ['01.01.2024 10:00 Uhr', '01.01.2024 11:30 Uhr', '02.01.2024 00:00 Uhr']],
    ['German weekdays', ['Mo, 01.01.2024 10:00', 'Mo, 01.01.2024 11:30', 'Di, 02.01.2024 00:00']],
    ['French weekdays', ['lundi 01/01/2024 10:00', 'lundi 01/01/2024 11:30', 'mardi 02/01/2024 00:00']],
    [
      'intervals',
      [
        '01.01.2024 10:00 - 01.01.2024 11:30',
        '01.01.2024 11:30 - 02.01.2024 00:00',
        '02.01.2024 00:00 - 02.01.2024 01:00',
      ],
    ],
    [
      'ISO intervals',
      [
        '2024-01-01T10:00Z/2024-01-01T11:30Z',
        '2024-01-01T11:30Z/2024-01-02T00:00Z',
        '2024-01-02T00:00Z/2024-01-02T01:00Z',
      ],
    ],
  ])('%s', async (_, texts) => {
    expect((await timesOf(texts, ';', 'time')).times).toEqual(read);
  });
  test('a text of many thousand characters with digits is no time', async () => {
    const long = '2024 1, '.repeat(4_000);
    const { columns } = await importText(`day;"${long}"\n2024-01-01;1\n2024-01-02;2\n`);
    expect(columns).toHaveLength(1);
  });
  const days = Array.from({ length: 45 }, (_, i) =>
    new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(2, 10),
  );
  test.each(['/', '-', '.'])('the year first, of two digits: %s', async (sign) => {
    const texts = days.map((day) => day.replaceAll('-', sign));
    for (const some of [texts, texts.slice(0, 20), texts.toReversed()]) {
      const { times } = await timesOf(some, ';', 'date');
      expect(times?.slice(0, 2)).toEqual([days.at(0), days.at(1)].map((day) => us(`20${day}`)).slice(0, 2));
    }
  });
  test('the day first stays where it rises as evenly', async () => {
    const texts = days.map((day) => day.split('-').reverse().join('/'));
    const { times } = await timesOf(texts, ';', 'date');
    expect(times?.[40]).toEqual(us(`20${days[40]}`));
  });
});

describe('parts of years', () => {
  test.each([
    [
      'quarters of fiscal years',
      ['FY2010 Q1', 'FY2010 Q2', 'FY2010 Q3'],
      ['2010-01-01', '2010-04-01', '2010-07-01'],
    ],
    [
      'the quarter first, in words',
      ['4. Quartal 2009', '1. Quartal 2010', '2. Quartal 2010'],
      ['2009-10-01', '2010-01-01', '2010-04-01'],
    ],
    [
      'ordinals',
      ['4th quarter 2009', '1st quarter 2010', '2nd quarter 2010'],
      ['2009-10-01', '2010-01-01', '2010-04-01'],
    ],
    ['halves', ['2009H2', '2010H1', '2010H2'], ['2009-07-01', '2010-01-01', '2010-07-01']],
    ['the half first', ['H2 2009', 'H1 2010', 'H2 2010'], ['2009-07-01', '2010-01-01', '2010-07-01']],
    [
      'calendar weeks',
      ['KW 01/2023', 'KW 02/2023', 'KW 03/2023'],
      ['2023-01-02', '2023-01-09', '2023-01-16'],
    ],
    [
      'weeks in words',
      ['Week 52 2022', 'Week 1 2023', 'Week 2 2023'],
      ['2022-12-26', '2023-01-02', '2023-01-09'],
    ],
    [
      'weeks behind the year',
      ['2023/KW01', '2023/KW02', '2023/KW03'],
      ['2023-01-02', '2023-01-09', '2023-01-16'],
    ],
    ['months with a small m', ['2020m11', '2020m12', '2021m1'], ['2020-11-01', '2020-12-01', '2021-01-01']],
    ['days of the year', ['2023364', '2023365', '2024001'], ['2023-12-30', '2023-12-31', '2024-01-01']],
    [
      'days of a leap year with a sign',
      ['2024-365', '2024-366', '2025-001'],
      ['2024-12-30', '2024-12-31', '2025-01-01'],
    ],
  ])('%s', async (_, texts, days) => {
    expect((await timesOf(texts, ';', 'day')).times).toEqual(days.map(us));
  });
  test('a day that the year does not have is set aside', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `2023${String(336 + i).padStart(3, '0')};${i}`);
    const { report } = await importText(`day;v\n${rows.join('\n')}\n2023366;30\n`);
    expect(report.setAside.map(({ line }) => line)).toEqual([32]);
  });
});

describe('epochs', () => {
  const base = 1_600_000_000;
  const expected = [0, 60, 120].map((s) => BigInt(base + s) * 1_000_000n);
  for (const [format, digits] of [
    ['epoch-s', ''],
    ['epoch-ms', '000'],
    ['epoch-us', '000000'],
    ['epoch-ns', '000000000'],
  ] as const) {
    test(format, async () => {
      const read = await timesOf(
        [0, 60, 120].map((s) => `${base + s}${digits}`),
        ',',
        'timestamp',
      );
      expect(read).toEqual({ times: expected, format, notes: [] });
    });
  }
  test('seconds with decimals keep their microseconds', async () => {
    const read = await timesOf(['1600000000.123456', '1600000001.000001', '1600000002'], ',', 'timestamp');
    expect(read.times).toEqual([1600000000123456n, 1600000001000001n, 1600000002000000n]);
  });
  test('large numbers in a column beside the times are no epochs', async () => {
    const imported = await importText(
      'volume,date\n1600000003,2000-01-01\n1600000002,2000-01-02\n1600000001,2000-01-03\n',
    );
    expect(imported.recipe.timeColumn).toBe('date');
  });
});

describe('day or month first', () => {
  test('a single value over 12 decides', async () => {
    expect((await timesOf(['1/2/2000', '2/2/2000', '13/2/2000'])).times).toEqual(
      ['2000-02-01', '2000-02-02', '2000-02-13'].map(us),
    );
    expect((await timesOf(['1/2/2000', '2/2/2000', '2/13/2000'])).times).toEqual(
      ['2000-01-02', '2000-02-02', '2000-02-13'].map(us),
    );
  });
  test('the order of the rows decides', async () => {
    const read = await timesOf(['5/11/2000', '6/11/2000', '1/12/2000', '2/12/2000']);
    expect(read.times).toEqual(['2000-11-05', '2000-11-06', '2000-12-01', '2000-12-02'].map(us));
    expect(read.notes).toEqual([]);
  });
  test('even steps decide: the first of each month', async () => {
    const months = Array.from({ length: 36 }, (_, i) => [2000 + Math.floor(i / 12), (i % 12) + 1] as const);
    const read = await timesOf(months.map(([y, m]) => `${m}/1/${y}`));
    expect(read.times).toEqual(months.map(([y, m]) => us(`${y}-${String(m).padStart(2, '0')}-01`)));
    expect(read.notes).toEqual([]);
  });
  test('where nothing decides, the guess is reported', async () => {
    const american = await timesOf(['1/2/2000', '1/3/2000', '1/4/2000'], ',');
    expect(american.format).toBe('%m/%d/%Y');
    expect(american.notes).toEqual([
      'Times such as 1/2/2000 in "when" can be read with the day or the month first; they were read as %m/%d/%Y; if that is wrong, give the format %d/%m/%Y.',
    ]);
    expect((await timesOf(['1/2/2000', '1/3/2000', '1/4/2000'], ';')).format).toBe('%d/%m/%Y');
  });
  test('a given format needs no guess', async () => {
    const read = await timesOf(['1/2/2000', '1/3/2000', '1/4/2000'], ',', 'when', { timeFormat: '%d/%m/%Y' });
    expect(read).toEqual({
      times: ['2000-02-01', '2000-03-01', '2000-04-01'].map(us),
      format: '%d/%m/%Y',
      notes: [],
    });
  });
});

describe('which column', () => {
  test('a name that speaks of time goes before another column of dates, with a note', async () => {
    const imported = await importText(
      'born,date,v\n1990-01-01,2000-01-01,1\n1991-01-02,2000-01-02,2\n1992-01-03,2000-01-03,3\n',
    );
    expect(imported.recipe.timeColumn).toBe('date');
    expect(imported.report.notes.join()).toMatch(
      /"born" holds times, too; "date" was taken for the time column/,
    );
  });
  test('a given column and format', async () => {
    const imported = await importText('a,b\n2000-01-01,2001.5\n2000-01-02,2002.5\n', {
      timeColumn: 'b',
      timeFormat: '%Y.%m',
    }).catch((e: Error) => e.message);
    expect(imported).toMatch(/no numeric column/);
  });
  test('two digits are no year of four', async () => {
    const { report } = await importText('when,v\n1/2/2000,1\n1/3/2000,2\n1/4/99,3\n1/5/2000,4\n', {
      timeFormat: '%m/%d/%Y',
    });
    expect(report.setAside).toMatchObject([
      { line: 4, column: 'when', reason: '"1/4/99" is not a time of the form %m/%d/%Y' },
    ]);
  });
  test('a format with an offset', async () => {
    const read = await timesOf(['01.02.2000 10:00 +0200', '01.02.2000 10:00 -0100'], ';', 'when', {
      timeFormat: '%d.%m.%Y %H:%M %z',
      timeZone: 'Europe/Berlin',
    });
    expect(read.times).toEqual(['2000-02-01T08:00:00Z', '2000-02-01T11:00:00Z'].map(us));
  });
  test('a plain number column named year beside a date is a number', async () => {
    const imported = await importText(
      'year,date,v\n2000,2000-01-01,1\n2000,2000-01-02,2\n2000,2000-01-03,3\n',
    );
    expect(imported.recipe.timeColumn).toBe('date');
    expect(imported.columns.map(({ name }) => name)).toEqual(['year', 'v']);
  });
});
