// Forms of times and tables that offices, databases and web services write, each of which was once read as something else.
import { describe, expect, test } from 'vitest';
import { importPath, importText, us, writeFile } from './support.ts';

const range = (count: number): number[] => [...Array(count).keys()];
const two = (value: number): string => String(value).padStart(2, '0');
const importContent = (text: string, name: string) => importPath(writeFile(text, name));
const rows = (time: (i: number) => string, count = 48): string =>
  `Date,v\n${range(count)
    .map((i) => `${time(i)},${i}.5`)
    .join('\n')}\n`;
const at = (i: number): Date => new Date(Date.UTC(2024, 0, 1, i));
const iso = (i: number): string => at(i).toISOString().replace(/\D/g, '');
const hour = (i: number): number => at(i).getUTCHours();
const half = (i: number): number => hour(i) % 12 || 12;
const isMorning = (i: number): boolean => hour(i) < 12;

describe('hours', () => {
  test.each([
    [
      'hours and minutes behind digits of a day (DWD)',
      (i: number) => `${iso(i).slice(0, 8)}${two(hour(i))}:00`,
    ],
    ['SAS', (i: number) => `${two(at(i).getUTCDate())}JAN2024:${two(hour(i))}:00:00`],
    [
      'SQL Server',
      (i: number) =>
        `Jan  ${at(i).getUTCDate()} 2024 ${`${half(i)}`.padStart(2)}:00${isMorning(i) ? 'AM' : 'PM'}`,
    ],
    [
      'Chinese halves of the day',
      (i: number) => `2024/1/${at(i).getUTCDate()} ${isMorning(i) ? '上午' : '下午'} ${half(i)}:00:00`,
    ],
    [
      'Korean halves of the day',
      (i: number) => `2024-01-${two(at(i).getUTCDate())} ${isMorning(i) ? '오전' : '오후'} ${half(i)}:00`,
    ],
    ['ticks of .NET', (i: number) => String(638_396_640_000_000_000n + BigInt(i) * 36_000_000_000n)],
    ['file times of Windows', (i: number) => String(133_485_408_000_000_000n + BigInt(i) * 36_000_000_000n)],
  ])('%s', async (_, time) => {
    const { series } = await importText(rows(time));
    expect(series).toMatchObject([{ rows: 48, startUs: Number(us('2024-01-01')), frequency: '1 hour' }]);
  });
});

test('nanoseconds of epochs stay what they are', async () => {
  const { series } = await importText(rows((i) => String((1_704_067_200n + BigInt(i)) * 1_000_000_000n)));
  expect(series).toMatchObject([{ startUs: Number(us('2024-01-01')), frequency: '1 second' }]);
});

test.each([
  ['a month by digits and a dot', (i: number) => `${two((i % 12) + 1)}.${2018 + Math.floor(i / 12)}`],
  [
    'Russian months',
    (i: number) =>
      `${['янв', 'фев', 'мар', 'апр', 'май', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'][i % 12]} ${2018 + Math.floor(i / 12)}`,
  ],
])('%s', async (_, time) => {
  const { series } = await importText(rows(time));
  expect(series).toMatchObject([{ rows: 48, startUs: Number(us('2018-01-01')), frequency: '1 month' }]);
});

test('a day with a month in letters and a year of two digits', async () => {
  const { series } = await importText(rows((i) => `${two(i + 1)} Mar 24`, 31));
  expect(series).toMatchObject([{ rows: 31, startUs: Number(us('2024-03-01')), frequency: '1 day' }]);
});

test('years of two digits that would lie in the future are those of the last century', async () => {
  const { series, report } = await importText(
    rows((i) => `${two((i % 12) + 1)}/01/${31 + Math.floor(i / 12)}`),
  );
  expect(series[0]?.startUs).toBe(Number(us('1931-01-01')));
  expect(report.notes.join(' ')).toContain('lie in the future otherwise');
});

test('the time when a file was made is none of its rows', async () => {
  const lines = range(40).map(
    (i) =>
      `22/01/24 11:00:00,${i < 20 ? 'AT' : 'BE'},${2019 + Math.floor((i % 20) / 4)}-Q${(i % 4) + 1},${i}`,
  );
  const { recipe, report, series } = await importText(
    `LAST UPDATE,geo,TIME_PERIOD,OBS_VALUE\n${lines.join('\n')}\n`,
  );
  expect(recipe).toMatchObject({ timeColumn: 'TIME_PERIOD', seriesColumn: 'geo' });
  expect(series).toHaveLength(2);
  expect(report.notes.join(' ')).toContain('not "LAST UPDATE", which is the same in all rows');
});

test('months as M01 to M12 beside a year, with M13 for its mean', async () => {
  const lines = range(39).map(
    (i) => `${2019 + Math.floor(i / 13)},M${two((i % 13) + 1)},${2019 + Math.floor(i / 13)} name ${i},${i}`,
  );
  const { series, report } = await importText(`Year,Period,Label,Value\n${lines.join('\n')}\n`);
  expect(series).toMatchObject([{ rows: 36, startUs: Number(us('2019-01-01')), frequency: '1 month' }]);
  expect(report.rowsSetAside).toBe(3);
});

test('parts of a date that are named in two languages', async () => {
  const lines = range(50).map((i) => `2023,${i < 31 ? 1 : 2},${i < 31 ? i + 1 : i - 30},${i}`);
  const { series } = await importText(`年/Year,月/Month,日/Day,數值/Value\n${lines.join('\n')}\n`);
  expect(series).toMatchObject([{ rows: 50, startUs: Number(us('2023-01-01')), frequency: '1 day' }]);
});

test('an offset in a column of its own is named', async () => {
  const lines = range(30).map((i) => `2024-01-${two(i + 1)}T00:00,+02:00,${i}`);
  const { report } = await importText(`time,utc_offset,v\n${lines.join('\n')}\n`);
  expect(report.notes.join(' ')).toContain('"utc_offset" names the zone "+02:00"');
});

describe('JSON', () => {
  const days = range(30).map((i) => `2024-01-${two(i + 1)}`);
  const read = (value: unknown) => importContent(JSON.stringify(value), 'answer.json');

  test.each([
    [
      'columns by time',
      {
        v: Object.fromEntries(days.map((d, i) => [d, i])),
        w: Object.fromEntries(days.map((d, i) => [d, -i])),
      },
    ],
    ['columns, index and data', { columns: ['v', 'w'], index: days, data: days.map((_, i) => [i, -i]) }],
    ['times of .NET', days.map((d, i) => ({ Date: `/Date(${Date.parse(d)})/`, v: i, w: -i }))],
  ])('%s', async (_, value) => {
    const { series, data, columns } = await read(value);
    expect(series).toMatchObject([{ rows: 30, startUs: Number(us('2024-01-01')), frequency: '1 day' }]);
    expect(columns.map(({ name }) => name)).toEqual(['v', 'w']);
    expect(data[0]?.columns.w?.[3]).toBe(-3);
  });

  test.each([
    [
      'Prometheus',
      {
        data: {
          result: ['a', 'b'].map((one) => ({
            metric: { job: 'x', host: one },
            values: days.map((d, i) => [Date.parse(d) / 1000, `${i}`]),
          })),
        },
      },
    ],
    [
      'InfluxDB',
      {
        results: [
          {
            statement_id: 0,
            series: ['a', 'b'].map((one) => ({
              name: 'cpu',
              tags: { host: one },
              columns: ['time', 'idle'],
              values: days.map((d, i) => [`${d}T00:00:00Z`, i]),
            })),
          },
        ],
      },
    ],
    [
      'points under a name',
      {
        meta: { unit: 'C' },
        series: ['a', 'b'].map((name) => ({ name, points: days.map((ts, i) => ({ ts, value: i })) })),
      },
    ],
  ])('a table for each series: %s', async (_, value) => {
    const { series } = await read(value);
    expect(series.map(({ name, rows: count }) => [name, count])).toEqual([
      ['a', 30],
      ['b', 30],
    ]);
  });

  test('the zone that a document says is named; numbers that JSON has not are missing', async () => {
    const hourly = { time: days.map((d) => `${d}T00:00`), t: range(30) };
    const { report } = await read({ timezone: 'Europe/Berlin', hourly });
    expect(report.notes.join(' ')).toContain('The document names the zone "Europe/Berlin"');
    const text = `[${days.map((t, i) => `{"t":"${t}","v":${i % 7 === 3 ? 'NaN' : i}}`).join(',')}]`;
    const { data } = await importContent(text, 'python.json');
    expect(data[0]?.columns.v?.slice(2, 5)).toEqual([2, null, 4]);
  });
});

test('a second header in another order is refused, and the same header again is not', async () => {
  const lines = (from: number, line: (i: number) => string) => range(30).map((i) => line(from + i));
  const first = lines(0, (i) => `2024-01-${two(i + 1)},${20 + i},${60 + i}`);
  const later = (order: string) => [order, ...lines(0, (i) => `2024-03-${two(i + 1)},${60 + i},${20 + i}`)];
  const failure = (text: string) => importText(text).catch((cause: Error) => cause);
  expect(await failure(['Date,temp,hum', ...first, ...later('Date,hum,temp'), ''].join('\n'))).toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('Line 32 of table.csv is a second header'),
  });
  expect(await failure(['Date,temp,hum', ...first, ...later('Date,temp,hum'), ''].join('\n'))).toMatchObject({
    report: { rowsKept: 60, rowsSetAside: 1 },
  });
});

test('decimal commas in a file of commas are no rows with names', async () => {
  const lines = range(30).map((i) => `2024-01-${two(i + 1)},${i},5`);
  const failure = importText(`Date,v\n${lines.join('\n')}\n`).catch((cause: Error) => cause);
  expect(await failure).toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('decimal commas'),
  });
});

test.each([
  [
    'stars of estimated values',
    (i: number) => (i % 9 === 4 ? `${i}.5*` : `${i}.5`),
    '"*" behind 3 of the numbers',
  ],
  [
    'letters of statistics',
    (i: number) => (i > 20 ? `${i}.5 p` : i === 3 ? `${i}.5 b` : `${i}.5`),
    'behind 10 of the numbers',
  ],
  ['percent signs at some', (i: number) => (i % 2 ? `${i}.5%` : `${i}.5`), '15 numbers without one stayed'],
])('%s are named and left off', async (_, cell, said) => {
  const lines = range(30).map((i) => `2024-01-${two(i + 1)};${cell(i)}`);
  const { data, report } = await importText(`Date;v\n${lines.join('\n')}\n`);
  expect(data[0]?.columns.v).toEqual(range(30).map((i) => i + 0.5));
  expect(report.notes.join(' ')).toContain(said);
});

test('what is one line long is shown in its refusal', async () => {
  const failure = importText('Our standard API rate limit is 25 requests per day.').catch(
    (cause: Error) => cause,
  );
  expect(await failure).toMatchObject({ message: expect.stringContaining('"Our standard API rate limit') });
});

describe('days of a month as columns', () => {
  const cells = (m: number, fill: string, cell: (d: number) => string) =>
    range(31).map((d) => (d < new Date(Date.UTC(2023, m + 1, 0)).getUTCDate() ? cell(d) : fill));
  const named = (prefix: string) => range(31).map((d) => `${prefix}${d + 1}`);

  test.each([
    ['digits of year and month', (m: number) => `2023${two(m + 1)}`, ''],
    ['a dash between them', (m: number) => `2023-${two(m + 1)}`, '-9999'],
    ['the first day of the month', (m: number) => `2023-${two(m + 1)}-01`, '-99.9'],
  ])('%s', async (_, month, fill) => {
    const lines = range(12).map((m) => [month(m), ...cells(m, fill, (d) => `${m}.${d}1`)].join());
    const { series, data, report } = await importText(
      `YearMonth,${named('D').join()}\n${lines.join('\n')}\n`,
    );
    expect(series).toMatchObject([{ rows: 365, startUs: Number(us('2023-01-01')), frequency: '1 day' }]);
    expect(data[0]?.columns.value?.slice(30, 32)).toEqual([0.301, 1.01]);
    expect(report.rowsSetAside).toBe(0);
    expect(report.notes.join(' ')).toContain('"D1" to "D31" are days of a month');
  });

  test('a missing day is a missing value, and a value of no day is set aside', async () => {
    const lines = range(12).map((m) =>
      [
        `2023${two(m + 1)}`,
        ...cells(m, m === 1 ? '7' : '', (d) => (m === 4 && d === 30 ? '' : `${d}`)),
      ].join(),
    );
    const { data, report } = await importText(`YearMonth,${named('D').join()}\n${lines.join('\n')}\n`);
    expect(data[0]?.times).toHaveLength(365);
    expect(data[0]?.columns.value?.filter((value) => value === null)).toHaveLength(1);
    expect(report.rowsSetAside).toBe(3);
  });

  test('flags beside the days name no series; elements do', async () => {
    const header = range(31).flatMap((d) => [`VALUE${d + 1}`, `MFLAG${d + 1}`, `QFLAG${d + 1}`]);
    const lines = range(6).flatMap((m) =>
      ['TMAX', 'TMIN'].map((element) =>
        [
          `GM000003342,2023,${two(m + 1)},${element}`,
          ...cells(m, '-9999', (d) => `${d + m}`).flatMap((value, d) => [
            value,
            ['', 'B', 'D', 'H'][(d + m) % 4],
            '',
          ]),
        ].join(),
      ),
    );
    const { series, report } = await importText(
      `ID,YEAR,MONTH,ELEMENT,${header.join()}\n${lines.join('\n')}\n`,
    );
    expect(series.map(({ name, rows: count }) => [name, count])).toEqual([
      ['TMAX', 181],
      ['TMIN', 181],
    ]);
    expect(report.notes.join(' ')).toContain('"VALUE1" to "VALUE31" are days of a month');
  });
});

describe('times as one number', () => {
  const read = async (name: string, cells: readonly string[]) =>
    importText(`${name},v\n${cells.map((cell, i) => `${cell},${i}.5`).join('\n')}\n`);
  const dayOf = (i: number): number => Date.UTC(2000, 0, 1 + i) / 86_400_000;
  const fractionOf = (i: number): number => {
    const date = new Date(Date.UTC(2000, 0, 1 + i));
    const [start, end] = [0, 1].map((more) => Date.UTC(date.getUTCFullYear() + more, 0, 1));
    return date.getUTCFullYear() + (date.getTime() - (start ?? 0)) / ((end ?? 0) - (start ?? 0));
  };

  test.each([
    ['twelfths of a year', 'decimal_year', (i: number) => (2000 + i / 12).toFixed(4), '1 month'],
    ['middles of months', 'decimal date', (i: number) => (2000 + (i + 0.5) / 12).toFixed(3), '1 month'],
    [
      'the 15th of each month (NOAA)',
      'decimal date',
      (i: number) => fractionOf((Date.UTC(2000, i, 15, 12) - Date.UTC(2000, 0, 1)) / 86_400_000).toFixed(4),
      '1 month',
    ],
    ['two decimals', 'year', (i: number) => (2000 + (i + 0.5) / 12).toFixed(2), '1 month'],
    [
      'twelfths under a name that says little',
      'time',
      (i: number) => String(Math.round((2000 + i / 12) * 1000) / 1000),
      '1 month',
    ],
    ['quarters', 'year', (i: number) => String(2000 + i / 4), '3 months'],
    ['days of a year', 'Decimal year', (i: number) => fractionOf(i).toFixed(4), '1 day'],
    ['Julian dates', 'JD', (i: number) => (dayOf(i) + 2_440_587.5).toFixed(1), '1 day'],
    ['modified Julian dates', 'MJD', (i: number) => String(dayOf(i) + 40_587), '1 day'],
    [
      'hours of modified Julian dates',
      'MJD',
      (i: number) => (dayOf(0) + 40_587 + i / 24).toFixed(4),
      '1 hour',
    ],
    ['days of MATLAB', 'datenum', (i: number) => (dayOf(0) + 719_529 + i / 24).toFixed(6), '1 hour'],
    ['days of Python', 'ordinal', (i: number) => String(dayOf(i) + 719_163), '1 day'],
  ])('%s', async (_, name, cell, frequency) => {
    const { series, report } = await read(name, range(60).map(cell));
    expect(series).toMatchObject([{ rows: 60, startUs: Number(us('2000-01-01')), frequency }]);
    expect(report.notes.join(' ')).toMatch(
      /The times are (years with a fraction|Julian|modified|day numbers)/,
    );
  });

  test.each([
    ['seconds in quarters', 'time', (i: number) => String(1800 + i / 4)],
    ['seconds', 'time', (i: number) => (1800 + i / 10).toFixed(3)],
    ['numbers of seven digits', 'n', (i: number) => String(2_460_310 + i)],
  ])('%s are none', async (_, name, cell) => {
    const { series, report } = await read(name, range(60).map(cell));
    expect(series[0]?.startUs).toBeLessThan(Number(us('1971-01-01')));
    expect(report.notes.join(' ')).toContain('these times');
  });

  test.each(['Julian', 'JD', 'Day'])('days of the year under "%s" beside a year', async (name) => {
    const lines = range(400).map((i) => `${2021 + Math.floor(i / 365)},${(i % 365) + 1},${i}.5`);
    const { series } = await importText(`Year,${name},v\n${lines.join('\n')}\n`);
    expect(series).toMatchObject([{ rows: 400, startUs: Number(us('2021-01-01')), frequency: '1 day' }]);
  });
});

describe('years over quarters or months in two header rows', () => {
  const body = (count: number) =>
    ['Chad', 'Peru', 'Togo'].map(
      (name, s) =>
        `${name},${range(count)
          .map((i) => `${s}.${i}`)
          .join()}`,
    );

  test.each([
    [
      'quarters',
      'Country,2020,,,,2021,,,,2022,,,',
      `,${range(3)
        .map(() => 'Q1,Q2,Q3,Q4')
        .join()}`,
      12,
      '3 months',
    ],
    [
      'years in each cell',
      `,${range(8)
        .map((i) => 2020 + Math.floor(i / 4))
        .join()}`,
      `Country,${range(8)
        .map((i) => `Q${(i % 4) + 1}`)
        .join()}`,
      8,
      '3 months',
    ],
    [
      'months in German',
      `,2020${','.repeat(12)}2021${','.repeat(11)}`,
      `Land,${range(2)
        .map(() => 'Jan,Feb,Mär,Apr,Mai,Jun,Jul,Aug,Sep,Okt,Nov,Dez')
        .join()}`,
      24,
      '1 month',
    ],
  ])('%s', async (_, above, below, count, frequency) => {
    const { series, data, report } = await importText([above, below, ...body(count), ''].join('\n'));
    expect(series).toMatchObject(
      ['Chad', 'Peru', 'Togo'].map((name) => ({
        name,
        rows: count,
        startUs: Number(us('2020-01-01')),
        frequency,
      })),
    );
    expect(data[2]?.columns.value?.slice(0, 3)).toEqual([2, 2.1, 2.2]);
    expect(report.rowsSetAside).toBe(0);
    expect(report.notes.join(' ')).toContain('line 1 has the years of the periods in line 2');
  });
});

describe('tables side by side', () => {
  const failure = (text: string) => importText(text).catch((cause: Error) => cause);
  const lines = (second: (i: number) => string) =>
    range(30).map((i) => `2024-01-${two(i + 1)},${i},,${second(i)},${90 - i}`);
  const other = (i: number) => `2024-0${i < 28 ? 2 : 3}-${two((i % 28) + 1)}`;

  test.each([
    ['numbered names', 'Date,Open,,Date2,Close'],
    ['one name twice', 'Date,Open,,Date,Close'],
    ['other names behind an empty column', 'Date,Open,,Traded,Close'],
  ])('%s are refused', async (_, header) => {
    expect(await failure(`${header}\n${lines(other).join('\n')}\n`)).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining(
        '2 tables side by side, whose times differ: they begin at "Date" (column 1)',
      ),
    });
  });

  test('the same times, a date beside another, and a named time column are read', async () => {
    const same = lines((i) => `2024-01-${two(i + 1)}`);
    const beside = range(30).map((i) => `2024-01-${two(i + 1)},${i},${other(i)},${90 - i}`);
    expect(await importText(`Date,Open,,Date2,Close\n${same.join('\n')}\n`)).toMatchObject({
      report: { rowsKept: 30 },
    });
    expect(await importText(`Date,Open,Released,Close\n${beside.join('\n')}\n`)).toMatchObject({
      report: { rowsKept: 30 },
    });
    const text = `Date,Open,,Date2,Close\n${lines(other).join('\n')}\n`;
    expect(await importText(text, { timeColumn: 'Date' })).toMatchObject({ report: { rowsKept: 30 } });
  });
});

test('a weather file for buildings (EPW) has the names of its standard, and the note says so', async () => {
  const above = [
    'LOCATION,Oslo,-,NOR,IWEC,014880,59.90,10.62,1.0,17.0',
    ...range(7).map((i) => `COMMENTS ${i},x`),
  ];
  const lines = range(72).map(
    (i) => `1995,1,${Math.floor(i / 24) + 1},${(i % 24) + 1},60,A7A7,${i}.5,1.5,80,101000${',0'.repeat(25)}`,
  );
  const { report, columns } = await importText([...above, ...lines, ''].join('\n'));
  expect(columns.map(({ name }) => name)).toContain('Dry bulb temperature');
  expect(report.notes.join(' ')).toContain('the standard of weather files for buildings (EPW)');
  expect(report.notes.join(' ')).not.toContain('column1');
});

describe('tables as they are printed', () => {
  const cell = (i: number) => (i % 9 === 4 ? '     ' : `${i}.5`.padStart(5));

  test('a fixed width with blank cells in the middle and at the end', async () => {
    const lines = range(40).map(
      (i) =>
        `2024-01-${two((i % 28) + 1)}T${two(Math.floor(i / 28))}  ${`${i}.1`.padStart(5)}  ${cell(i)}  ${cell(i + 2)}`,
    );
    const text = ['Date            Temp   Rain   Wind', ...lines, '']
      .join('\n')
      .replaceAll(/T(\d\d) /g, 'T$1:00 ');
    const { data, report } = await importText(text.replace('Date ', 'Date    '));
    expect(data[0]?.times).toHaveLength(40);
    const columns = data[0]?.columns ?? {};
    expect(columns.Rain?.filter((value) => value === null)).toHaveLength(4);
    expect(columns.Wind?.filter((value) => value === null)).toHaveLength(5);
    expect(report.rowsSetAside).toBe(0);
    expect(report.notes.join(' ')).toContain('fixed width');
  });

  const days = range(30).map((i) => `2024-01-${two(i + 1)}`);
  test.each([
    ['Markdown', ['| Date | v |', '|---|---:|', ...days.map((d, i) => `| ${d} | ${i}.5 |`)]],
    ['Markdown without bars at the ends', ['Date | v', '--- | ---', ...days.map((d, i) => `${d} | ${i}.5`)]],
    [
      'MySQL',
      [
        '+------------+------+',
        '| Date       | v    |',
        '+------------+------+',
        ...days.map((d, i) => `| ${d} | ${i}.5 |`),
        '+------------+------+',
      ],
    ],
    [
      'PostgreSQL',
      ['    Date    |  v', '------------+-----', ...days.map((d, i) => ` ${d} | ${i}.5`), '(30 rows)'],
    ],
  ])('%s', async (_, lines) => {
    const { series, data, report } = await importText(`${lines.join('\n')}\n`);
    expect(series).toMatchObject([{ rows: 30, startUs: Number(us('2024-01-01')), frequency: '1 day' }]);
    expect(data[0]?.columns.v?.slice(0, 3)).toEqual([0.5, 1.5, 2.5]);
    expect(report.notes.join(' ')).toContain('bars and rules');
  });
});
