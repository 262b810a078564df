// Local times: the offset of the zone, the hour that does not exist and the hour that occurs twice.
import { describe, expect, test } from 'vitest';
import { localIntervals } from '../../../engine/data/import/time/zone.ts';
import { importText, us } from './support.ts';

const hours = (from: string, count: number) =>
  Array.from({ length: count }, (_, i) =>
    new Date(Date.parse(from) + i * 3_600_000).toISOString().slice(0, 16).replace('T', ' '),
  );

const write = (times: readonly string[]) => `time,v\n${times.map((time, i) => `${time},${i}`).join('\n')}\n`;

describe('Europe/Berlin', () => {
  const options = { timeZone: 'Europe/Berlin' };

  test('winter is one hour, summer two hours ahead of UTC', async () => {
    const { data, recipe, report } = await importText(
      write(['2020-01-15 12:00', '2020-07-15 12:00']),
      options,
    );
    expect(data[0]?.times).toEqual([us('2020-01-15T11:00:00Z'), us('2020-07-15T10:00:00Z')]);
    expect(recipe.timeZone).toBe('Europe/Berlin');
    expect(report.notes).toEqual([]);
  });

  test('times in the gap of spring are set aside', async () => {
    // 2020-03-29: 02:00 to 03:00 does not exist.
    const { data, report } = await importText(write(hours('2020-03-28T20:00Z', 40)), options);
    expect(report.setAside).toEqual([
      {
        line: 8,
        column: 'time',
        reason: '"2020-03-29 02:00" does not exist in Europe/Berlin: the clocks go forward there',
        raw: '2020-03-29 02:00,6',
      },
    ]);
    const times = data[0]?.times ?? [];
    expect(times.slice(4, 8)).toEqual(
      ['2020-03-28T23:00:00Z', '2020-03-29T00:00:00Z', '2020-03-29T01:00:00Z', '2020-03-29T02:00:00Z'].map(
        us,
      ),
    );
  });

  test('of an hour that comes twice in autumn the first occurrence is taken, and noted', async () => {
    // 2020-10-25: 02:00 to 03:00 comes twice.
    const { data, report } = await importText(
      write(['2020-10-25 01:30', '2020-10-25 02:00', '2020-10-25 02:30', '2020-10-25 03:00']),
      options,
    );
    expect(data[0]?.times).toEqual(
      ['2020-10-24T23:30:00Z', '2020-10-25T00:00:00Z', '2020-10-25T00:30:00Z', '2020-10-25T02:00:00Z'].map(
        us,
      ),
    );
    expect(report.notes).toEqual([
      '2 times lie where the clocks of Europe/Berlin go back and each time comes twice; the first occurrence was taken.',
    ]);
  });

  const AUTUMN = ['01:30', '02:00', '02:30', '02:00', '02:30', '03:00'].map((clock) => `2020-10-25 ${clock}`);
  const HALF_HOURS = Array.from({ length: 6 }, (_, i) =>
    us(new Date(Date.UTC(2020, 9, 24, 23, 30 + 30 * i)).toISOString()),
  );
  const TOLD =
    '4 times lie where the clocks of Europe/Berlin go back and each time comes twice; by the order of the rows, 2 of them were taken for the second occurrence.';

  test('from where the rows go back on, the hour is the second one', async () => {
    const { data, report } = await importText(write(AUTUMN), options);
    expect(data[0]).toMatchObject({ times: HALF_HOURS, columns: { v: [0, 1, 2, 3, 4, 5] } });
    expect(report).toMatchObject({ notes: [TOLD], rowsSetAside: 0 });
  });

  test('also where a whole hour is in one row', async () => {
    const { data } = await importText(
      write(['2020-10-25 01:00', '2020-10-25 02:00', '2020-10-25 02:00', '2020-10-25 03:00']),
      options,
    );
    expect(data[0]?.times).toEqual(
      ['2020-10-24T23:00:00Z', '2020-10-25T00:00:00Z', '2020-10-25T01:00:00Z', '2020-10-25T02:00:00Z'].map(
        us,
      ),
    );
  });

  test('also where the latest row comes first', async () => {
    const { data } = await importText(write([...AUTUMN].reverse()), options);
    expect(data[0]).toMatchObject({ times: HALF_HOURS, columns: { v: [5, 4, 3, 2, 1, 0] } });
  });

  test.each([
    ['one below the other', (rows: string[][]) => rows.flat()],
    ['row by row', (rows: string[][]) => (rows[0] ?? []).flatMap((row, i) => [row, rows[1]?.[i] ?? ''])],
  ])('in each of several series, %s', async (_, arrange) => {
    const rows = ['a', 'b'].map((name) => AUTUMN.map((time, i) => `${time},${name},${i}`));
    const { data, report } = await importText(`time,name,v\n${arrange(rows).join('\n')}\n`, {
      ...options,
      seriesColumn: 'name',
    });
    expect(data.map(({ times }) => times)).toEqual([HALF_HOURS, HALF_HOURS]);
    expect(report.rowsSetAside).toBe(0);
  });

  test.each([
    ['no time comes twice', [0, 2, 1, 5], 0],
    ['they go back more than once', [0, 2, 1, 4, 3, 5], 2],
  ])('rows in no order are left as they were read: %s', async (_, positions, aside) => {
    const { report } = await importText(write(positions.map((position) => AUTUMN[position] ?? '')), options);
    expect(report.notes[0]).toMatch(/; the first occurrence was taken\.$/);
    expect(report.rowsSetAside).toBe(aside);
  });

  test('times with an offset are not touched', async () => {
    const { data } = await importText(
      write(['2020-03-29T02:30:00Z', '2020-07-01T02:30:00+05:00', '2020-07-01 12:00']),
      options,
    );
    expect(data[0]?.times).toEqual(
      ['2020-03-29T02:30:00Z', '2020-06-30T21:30:00Z', '2020-07-01T10:00:00Z'].map(us),
    );
  });

  test('epochs are not touched', async () => {
    const { data } = await importText('timestamp,v\n1600000000,1\n1600000060,2\n', options);
    expect(data[0]?.times).toEqual([1600000000000000n, 1600000060000000n]);
  });

  test('days stay days, although two a year have 23 or 25 hours', async () => {
    const days = Array.from({ length: 800 }, (_, i) =>
      new Date(Date.UTC(2019, 0, 1 + i)).toISOString().slice(0, 10),
    );
    const { data, series } = await importText(write(days), options);
    expect(series[0]).toMatchObject({ frequency: '1 day', stepUs: 86_400_000_000 });
    expect(data[0]?.times[181]).toBe(us('2019-06-30T22:00:00Z'));
  });
});

test('rows that repeat in the night in which clocks are set back are told what they may be', async () => {
  const clocks = ['00:00', '01:00', '02:00', '02:00', '03:00', '04:00', '05:00', '06:00'];
  const text = (day: string) => `time,v\n${clocks.map((clock, i) => `${day} ${clock},${i}`).join('\n')}\n`;
  const said = async (day: string, options = {}) =>
    (await importText(text(day), options)).report.notes.join('\n');
  expect(await said('2024-10-27')).toContain('name its zone');
  expect(await said('2024-10-28')).not.toContain('name its zone');
  expect(await said('2024-10-27', { timeZone: 'UTC' })).not.toContain('name its zone');
});

test('the zone of the machine is never used', async () => {
  expect(process.env.TZ).toBe('America/New_York');
  const { data } = await importText(write(['2020-03-08 02:30', '2020-07-01 02:30']));
  expect(data[0]?.times).toEqual([us('2020-03-08T02:30:00Z'), us('2020-07-01T02:30:00Z')]);
});

describe('intervals agree with the clocks of the zone', () => {
  // What a wall clock shows at an instant, by an independent way: the parts of Intl joined to an ISO text.
  const clock = (zone: string) => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    return (utcMs: number) => Date.parse(`${format.format(utcMs).replace(' ', 'T')}Z`) + (utcMs % 1000);
  };

  for (const zone of [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Asia/Kathmandu',
    'Pacific/Apia',
  ]) {
    test(zone, () => {
      const wall = clock(zone);
      const from = Date.UTC(2009, 0, 1);
      const to = Date.UTC(2013, 0, 1);
      const intervals = localIntervals(zone, from * 1000, to * 1000);
      const inside = (localUs: number) => intervals.findLast((interval) => interval.fromUs <= localUs);
      for (let utc = from; utc < to; utc += 1_734_567) {
        const shown = wall(utc);
        const interval = inside(shown * 1000);
        const read = shown - (interval?.offsetUs ?? expect.unreachable()) / 1000;
        // The first occurrence of a time that comes twice is an earlier instant that shows the same.
        if (read !== utc) {
          expect(interval?.againUs).toBe((utc - read) * 1000);
          expect([read < utc, wall(read)]).toEqual([true, shown]);
        }
      }
    });
  }
});
