// Times that are spread over several columns: a date and a clock time, or year, month, day and hour.
import { describe, expect, test } from 'vitest';
import { importFailure, importText, us, writeFile } from './support.ts';

/** Hours of a year, at which a row is made. */
const hours = (count: number, from = '2004-03-10T18:00:00Z'): Date[] =>
  Array.from({ length: count }, (_, i) => new Date(Date.parse(from) + i * 3_600_000));
const two = (value: number) => String(value).padStart(2, '0');
const day = (at: Date) => two(at.getUTCDate());
const month = (at: Date) => two(at.getUTCMonth() + 1);
const year = (at: Date) => String(at.getUTCFullYear());
const hour = (at: Date) => two(at.getUTCHours());

const table = (header: string, times: readonly Date[], row: (at: Date, i: number) => string): string =>
  `${header}\n${times.map(row).join('\n')}\n`;
const instants = (times: readonly Date[]) => times.map((at) => us(at.toISOString()));

describe('a date and a clock', () => {
  const times = hours(60);
  const cases: readonly (readonly [string, string, (at: Date, i: number) => string, string, string])[] = [
    [
      'day/month and a clock with dots, semicolons and decimal commas',
      'Date;Time;CO',
      (at, i) => `${day(at)}/${month(at)}/${year(at)};${hour(at)}.00.00;${i},5`,
      'Date + Time',
      '%d/%m/%Y %H.%M.%S',
    ],
    [
      'ISO dates and bare hours',
      'instant,dteday,season,yr,mnth,hr,cnt',
      (at, i) =>
        `${i},${at.toISOString().slice(0, 10)},1,0,${at.getUTCMonth() + 1},${at.getUTCHours()},${i % 7}`,
      'dteday + hr',
      '%Y-%m-%d %H',
    ],
    [
      'ISO dates and clocks',
      'id,time,date,v',
      (at, i) => `${i},${hour(at)}:00,${at.toISOString().slice(0, 10)},${i % 5}`,
      'date + time',
      'detected',
    ],
    [
      'clocks of twelve hours',
      'Date,Time,v',
      (at, i) =>
        `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${year(at)},${((at.getUTCHours() + 11) % 12) + 1}:00 ${at.getUTCHours() < 12 ? 'AM' : 'PM'},${i}`,
      'Date + Time',
      '%m/%d/%Y %I:%M %p',
    ],
    [
      'compact dates and clocks, under names in brackets',
      '<TICKER>,<DATE>,<TIME>,<CLOSE>',
      (at, i) => `X,${year(at)}${month(at)}${day(at)},${hour(at)}3000,${i}`,
      '<DATE> + <TIME>',
      '%Y%m%d %H%M%S',
    ],
    [
      'compact dates and hours with minutes',
      'date,time,v',
      (at, i) => `${year(at)}${month(at)}${day(at)},${hour(at)}00,${i}`,
      'date + time',
      '%Y%m%d %H%M',
    ],
  ];
  for (const [name, header, row, timeColumn, timeFormat] of cases) {
    test(name, async () => {
      const text = table(header, times, row);
      const { data, recipe, report, columns } = await importText(text);
      expect(report.setAside).toEqual([]);
      const minutes = timeFormat.endsWith('%M%S') ? 30 : 0;
      expect(data[0]?.times).toEqual(instants(times.map((at) => new Date(at.getTime() + minutes * 60_000))));
      expect(recipe).toMatchObject({ timeColumn, timeFormat, layout: 'wide' });
      const names = timeColumn.split(' + ');
      expect(columns.map((column) => column.name).filter((column) => names.includes(column))).toEqual([]);
      expect(report.notes.join()).toContain(`from "${names[0]}" and "${names[1]}" together`);
      // What the recipe says reads the same again.
      const options = timeFormat === 'detected' ? { timeColumn } : { timeColumn, timeFormat };
      const again = await importText(text, options);
      expect(again.data).toEqual(data);
      expect(again.recipe).toEqual({ ...recipe, source: again.recipe.source });
    });
  }

  test('of several series, one below the other', async () => {
    const symbols = ['AAA', 'BBB'];
    const rows = symbols.flatMap((symbol) =>
      times.map((at, i) => `${symbol},${at.toISOString().slice(0, 10)},${hour(at)}:00:00,${i}`),
    );
    const { data, recipe } = await importText(`symbol,date,time,v\n${rows.join('\n')}\n`);
    expect(recipe).toMatchObject({ seriesColumn: 'symbol', timeColumn: 'date + time' });
    expect(data.map(({ name }) => name)).toEqual(symbols);
    expect(data.map((series) => series.times)).toEqual([instants(times), instants(times)]);
  });

  test('far from each other in a table of very many columns', async () => {
    const between = Array.from({ length: 600 }, (_, i) => `c${i}`);
    const text = table(
      `date,${between.join()},time`,
      times,
      (at, i) => `${at.toISOString().slice(0, 10)},${between.map(() => i % 10).join()},${hour(at)}:00`,
    );
    const { data, recipe } = await importText(text);
    expect(recipe.timeColumn).toBe('date + time');
    expect(data[0]?.times).toEqual(instants(times));
  });

  test('a row whose clock cannot be read is kept aside, under both names', async () => {
    const text = table(
      'Date,Time,v',
      times,
      (at, i) => `${at.toISOString().slice(0, 10)},${i === 7 ? 'noon' : `${hour(at)}:00`},${i}`,
    );
    const { report, data } = await importText(text);
    expect(report.setAside).toEqual([
      expect.objectContaining({ line: 9, column: 'Date + Time', reason: expect.stringContaining('noon"') }),
    ]);
    expect(data[0]?.times).toEqual(instants(times.filter((_, i) => i !== 7)));
  });

  test('a row without a clock is kept aside', async () => {
    const text = table(
      'Date,Time,v',
      times,
      (at, i) => `${at.toISOString().slice(0, 10)},${i === 7 ? '' : `${hour(at)}:00`},${i}`,
    );
    const { report } = await importText(text);
    expect(report.setAside).toMatchObject([{ line: 9, column: 'Date + Time' }]);
  });

  test('in a zone whose clocks are moved', async () => {
    const summer = hours(48, '2004-06-01T00:00:00Z');
    const text = table(
      'Date,Time,v',
      summer,
      (at, i) => `${at.toISOString().slice(0, 10)},${hour(at)}:00,${i}`,
    );
    const { data } = await importText(text, { timeZone: 'Europe/Berlin' });
    expect(data[0]?.times).toEqual(summer.map((at) => us(new Date(at.getTime() - 7_200_000).toISOString())));
  });

  test.each([
    [
      'the sunrise of a town',
      'date,city,tmax,sunrise',
      'city',
      (city: number, i: number) => `0${6 + city}:${two((i * 7) % 60)}`,
    ],
    [
      'the hour of a peak',
      'date,city,peak,hour',
      'city',
      (city: number, i: number) => String((i * 5 + city * 11) % 24),
    ],
  ])('is not %s, where a name tells the series', async (_, header, series, clock) => {
    const days = Array.from({ length: 40 }, (_, i) =>
      new Date(Date.UTC(2004, 0, 1 + i)).toISOString().slice(0, 10),
    );
    const rows = days.flatMap((at, i) =>
      ['Berlin', 'Paris', 'Rome'].map((name, city) => `${at},${name},${i % 7},${clock(city, i)}`),
    );
    for (const options of [{}, { seriesColumn: series }]) {
      const { recipe, data } = await importText(`${header}\n${rows.join('\n')}\n`, options);
      expect(recipe).toMatchObject({ timeColumn: 'date', seriesColumn: series });
      expect(data).toHaveLength(3);
    }
  });

  test('is none where the rows of a day are not in its order, as the times of laps', async () => {
    const rows = Array.from(
      { length: 50 },
      (_, i) => `2004-01-${two(1 + Math.floor(i / 5))},${(i % 5) + 1},4:${two((i * 37) % 60)},${120 + i}`,
    );
    const error = await importFailure(writeFile(`Date,Lap,Time,HR\n${rows.join('\n')}\n`));
    expect(error.message).toContain('different times in "Date"');
  });

  test('that is mostly empty is none', async () => {
    const days = Array.from({ length: 60 }, (_, i) =>
      new Date(Date.UTC(2004, 0, 1 + i)).toISOString().slice(0, 10),
    );
    const rows = days.flatMap((at, i) =>
      ['A', 'B'].map((name) => `${at},${name},${i},${i % 3 ? '' : '06:00'}`),
    );
    const { recipe, report } = await importText(`date,station,tmax,time\n${rows.join('\n')}\n`);
    expect(recipe).toMatchObject({ timeColumn: 'date', seriesColumn: 'station' });
    expect(report.rowsSetAside).toBe(0);
  });

  test('follows the parts of a date', async () => {
    const text = table(
      'Year,Month,Day,Time,v',
      times,
      (at, i) => `${year(at)},${month(at)},${day(at)},${hour(at)}:00,${i}`,
    );
    const { recipe, data } = await importText(text);
    expect(recipe.timeColumn).toBe('Year + Month + Day + Time');
    expect(data[0]?.times).toEqual(instants(times));
  });

  test('of midnight may be 24:00', async () => {
    const ends = hours(60, '2020-12-30T01:00:00Z');
    for (const write of [
      (hour: string) => `${hour}:00`,
      (hour: string) => `${hour}:00:00`,
      (hour: string) => `${hour}00`,
    ]) {
      const text = table('Date,Time,load', ends, (at, i) => {
        const begin = new Date(at.getTime() - 3_600_000);
        return `${month(begin)}/${day(begin)}/${year(begin)},${write(two(begin.getUTCHours() + 1))},${i}`;
      });
      const { data, report } = await importText(text);
      expect(report.setAside).toEqual([]);
      expect(data[0]?.times).toEqual(instants(ends));
    }
  });

  test('whose columns have a plus in their names reads the same again', async () => {
    const text = table(
      'Date (UTC+1);Time (UTC+1);MW',
      times,
      (at, i) => `${at.toISOString().slice(0, 10)};${hour(at)}:00;${i}`,
    );
    const { recipe, data } = await importText(text);
    expect(recipe.timeColumn).toBe('Date (UTC+1) + Time (UTC+1)');
    expect((await importText(text, { timeColumn: recipe.timeColumn })).data).toEqual(data);
  });

  test('is not looked for where the dates alone say when', async () => {
    const days = Array.from({ length: 40 }, (_, i) => new Date(Date.UTC(2004, 0, 1 + i)));
    const text = table(
      'date,time,v',
      days,
      (at, i) => `${at.toISOString().slice(0, 10)},${two(i % 24)}:30,${i}`,
    );
    const { recipe, data } = await importText(text);
    expect(recipe.timeColumn).toBe('date');
    expect(data[0]?.times).toEqual(instants(days));
  });
});

describe('parts of a calendar', () => {
  test('year, month, day, hour', async () => {
    const times = hours(60, '2010-01-30T00:00:00Z');
    const text = table(
      'No,year,month,day,hour,pm2.5',
      times,
      (at, i) =>
        `${i + 1},${year(at)},${at.getUTCMonth() + 1},${at.getUTCDate()},${at.getUTCHours()},${i % 3 ? i : 'NA'}`,
    );
    const { data, recipe, columns } = await importText(text);
    expect(recipe).toMatchObject({ timeColumn: 'year + month + day + hour', timeFormat: '%Y %m %d %H' });
    expect(data[0]?.times).toEqual(instants(times));
    expect(columns.map(({ name }) => name)).toEqual(['No', 'pm2.5']);
  });

  test('to the second, in any order of the columns', async () => {
    const times = Array.from({ length: 50 }, (_, i) => new Date(Date.UTC(2010, 0, 1, 5, 59, 20 + i)));
    const text = table(
      'Second,Minute,Hour,Day,Month,Year,v',
      times,
      (at, i) =>
        `${at.getUTCSeconds()},${at.getUTCMinutes()},${at.getUTCHours()},${at.getUTCDate()},${at.getUTCMonth() + 1},${year(at)},${i}`,
    );
    const { data, recipe } = await importText(text);
    expect(recipe.timeFormat).toBe('%Y %m %d %H %M %S');
    expect(data[0]?.times).toEqual(instants(times));
  });

  test.each([
    ['Jan', (at: Date) => at.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' })],
    ['January', (at: Date) => at.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' })],
    ['1', (at: Date) => String(at.getUTCMonth() + 1)],
  ])('year and month, written as %s', async (_, write) => {
    const times = Array.from({ length: 36 }, (_, i) => new Date(Date.UTC(1949, i, 1)));
    const text = table('Year,Month,Passengers', times, (at, i) => `${year(at)},${write(at)},${100 + i}`);
    const { data, recipe, series } = await importText(text);
    expect(recipe.timeColumn).toBe('Year + Month');
    expect(data[0]?.times).toEqual(instants(times));
    expect(series[0]?.frequency).toBe('1 month');
  });

  test.each([['DOY'], ['day_of_year']])('year and day of the year: %s', async (name) => {
    const days = Array.from({ length: 420 }, (_, i) => new Date(Date.UTC(2019, 10, 1 + i)));
    const text = table(
      `YEAR,${name},T2M`,
      days,
      (at, i) =>
        `${year(at)},${1 + Math.round((at.getTime() - Date.UTC(at.getUTCFullYear(), 0, 1)) / 86_400_000)},${i % 9}`,
    );
    const { data, recipe } = await importText(text);
    expect(recipe.timeFormat).toBe('%Y %j');
    expect(data[0]?.times).toEqual(instants(days));
  });

  test.each([
    ['Date,Hour', (at: Date) => at.toISOString().slice(0, 10)],
    ['Year,Month,Day,Hour', (at: Date) => `${year(at)},${month(at)},${day(at)}`],
  ])('hours that are counted from 1 to 24: %s', async (header, write) => {
    // The hour that ends at midnight belongs to the day before.
    const ends = hours(96, '2020-12-30T01:00:00Z');
    const text = table(`${header},load`, ends, (at, i) => {
      const begin = new Date(at.getTime() - 3_600_000);
      return `${write(begin)},${begin.getUTCHours() + 1},${i}`;
    });
    const { data, report } = await importText(text);
    expect(report.setAside).toEqual([]);
    expect(data[0]?.times).toEqual(instants(ends));
  });

  test('what is no day of a month is none', async () => {
    const times = Array.from({ length: 36 }, (_, i) => new Date(Date.UTC(1949, i, 1)));
    const text = table(
      'year,month,day,v',
      times,
      (at, i) => `${year(at)},${at.getUTCMonth() + 1},${i * 30 + 1},${i}`,
    );
    expect((await importText(text)).recipe.timeColumn).toBe('year + month');
  });
});

describe('named by the user', () => {
  const times = hours(30);
  const text = table('a,b,v', times, (at, i) => `${at.toISOString().slice(0, 10)},${hour(at)},${i}`);

  test('joined by a plus, with or without spaces', async () => {
    for (const timeColumn of ['a + b', 'a+b']) {
      const { data, recipe } = await importText(text, { timeColumn });
      expect(recipe.timeColumn).toBe('a + b');
      expect(data[0]?.times).toEqual(instants(times));
    }
  });

  test('a column whose own name has a plus is taken as it is', async () => {
    const single = table('a + b,v', times, (at, i) => `${at.toISOString()},${i}`);
    expect((await importText(single, { timeColumn: 'a + b' })).data[0]?.times).toEqual(instants(times));
  });

  test('a column that is not there is named', async () => {
    const error = await importFailure(writeFile(text), { timeColumn: 'a + clock' });
    expect(error).toMatchObject({
      code: 'unknown-column',
      details: { column: 'clock', field: 'timeColumn' },
    });
  });

  test('texts that are no times together', async () => {
    const error = await importFailure(writeFile(text), { timeColumn: 'b + v' });
    expect(error).toMatchObject({ code: 'no-time-column' });
    expect(error.message).toContain('in "b + v"');
  });
});
