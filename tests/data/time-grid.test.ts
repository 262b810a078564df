// Gaps in time: found, filled with rows of missing values, and not crossed by windows; baselines then count in time steps.
import { describe, expect, test } from 'vitest';
import type { Series } from '../../engine/data/series.ts';
import { describeGaps, findGaps, putOnGrid } from '../../engine/data/time-grid.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { DAY_US, makeExperiment, makeRandom, makeSeries, START_US } from './made-series.ts';

const HOUR_US = DAY_US / 24n;

function without(series: Series, isLost: (row: number) => boolean): Series {
  const rows = Array.from(series.times.keys()).filter((row) => !isLost(row));
  return {
    ...series,
    times: BigInt64Array.from(rows, (row) => series.times[row]!),
    columns: series.columns.map((column) => ({
      ...column,
      values: Float64Array.from(rows, (row) => column.values[row]!),
    })),
  };
}

const hourly = (rows: number, period = 24): Series =>
  makeSeries(
    { y: Array.from({ length: rows }, (_, row) => Math.sin((2 * Math.PI * row) / period) + row / rows) },
    { stepUs: HOUR_US },
  );

const weekday = (row: number) => new Date(Number((START_US + BigInt(row) * DAY_US) / 1000n)).getUTCDay();

describe('gaps', () => {
  test('are named with their rows and the time before the longest', () => {
    const series = without(hourly(100), (row) => row === 20 || (row >= 50 && row < 57));
    const found = findGaps(series.times);
    expect(found.gaps).toEqual([
      { row: 20, missing: 1 },
      { row: 49, missing: 7 },
    ]);
    expect(describeGaps(series.times, found)).toBe(
      '2 gaps in time (8 rows missing; the longest gap, 7 rows, after 2000-01-03T01:00Z)',
    );
    expect(describeGaps(hourly(50).times, findGaps(hourly(50).times))).toBeNull();
  });

  test('clocks that are a little off, and a logger that restarts at another second, are on the grid', () => {
    const random = makeRandom(3);
    const times = hourly(200).times.map(
      (time, row) => time + BigInt(Math.round((random() - 0.5) * 2e8)) + (row < 100 ? 0n : 1_200_000_000n),
    );
    expect(findGaps(times)).toMatchObject({ isRegular: true, gaps: [] });
    const later = times.map((time, row) => (row < 150 ? time : time + 5n * HOUR_US));
    expect(findGaps(later).gaps).toEqual([{ row: 150, missing: 5 }]);
  });

  test('closed days of a market are none, a lost fortnight is one', () => {
    const isClosed = (row: number) => weekday(row) === 0 || weekday(row) === 6 || row % 50 === 3;
    const market = without(makeSeries({ y: Array.from({ length: 400 }, (_, row) => row) }), isClosed);
    expect(findGaps(market.times).gaps).toEqual([]);
    const lost = without(market, (row) => row >= 100 && row < 110);
    expect(findGaps(lost.times).gaps).toEqual([{ row: 100, missing: expect.any(Number) }]);
    expect(findGaps(lost.times).gaps[0]!.missing).toBeGreaterThanOrEqual(10);
  });

  test('months are counted by the calendar', () => {
    const months = Array.from({ length: 60 }, (_, month) => BigInt(Date.UTC(2000, month, 1)) * 1000n);
    const kept = BigInt64Array.from(months.filter((_, month) => month < 20 || month > 23));
    const series = { ...makeSeries({ y: Array.from(kept, () => 1) }), times: kept };
    expect(findGaps(kept).gaps).toEqual([{ row: 20, missing: 4 }]);
    expect(Array.from(putOnGrid(series).series.times)).toEqual(months);
  });

  test('uneven steps have no grid', () => {
    const random = makeRandom(1);
    let time = START_US;
    const times = BigInt64Array.from({ length: 300 }, () => {
      time += BigInt(1 + Math.round(-Math.log(random()) * 60e6));
      return time;
    });
    expect(findGaps(times)).toMatchObject({ isRegular: false, gaps: [] });
  });
});

describe('on the grid', () => {
  test('missing rows are missing values at their times', () => {
    const rows = Array.from({ length: 13 }, (_, row) => row);
    const whole = makeSeries({ y: rows, c: rows.map((row) => (row % 2 ? 'b' : 'a')) });
    const { series, gapLength } = putOnGrid(without(whole, (row) => row === 3 || row === 4));
    expect(series.times).toEqual(whole.times);
    const [y, c] = series.columns.map(({ values }) => Array.from(values));
    expect(y).toEqual(rows.map((row) => (row === 3 || row === 4 ? NaN : row)));
    expect(c).toEqual(rows.map((row) => (row === 3 || row === 4 ? NaN : row % 2)));
    expect(Array.from(gapLength!)).toEqual(rows.map((row) => (row === 3 || row === 4 ? 2 : 0)));
  });

  test('a series without gaps is left as it is', () => {
    const whole = hourly(50);
    expect(putOnGrid(whole)).toEqual({ series: whole, gapLength: null });
    expect(putOnGrid(whole).series).toBe(whole);
  });

  test('a gap of years stays small in memory and keeps the hour of the day', () => {
    const series = without(hourly(200), (row) => row >= 100 && row < 103);
    const times = series.times.map((time, row) => (row < 100 ? time : time + 10n * 365n * DAY_US));
    const grid = putOnGrid({ ...series, times });
    const inserted = grid.series.times.length - times.length;
    expect(inserted).toBeLessThan(10_100);
    expect(inserted % 24).toBe(3);
    expect(grid.series.times.every((time, row, all) => row === 0 || time > all[row - 1]!)).toBe(true);
  });
});

describe('windows', () => {
  const origins = (task: object) => {
    const series = without(hourly(400), (row) => row === 60 || (row >= 120 && row < 130));
    const prepared = prepareForecast(
      makeExperiment(
        { lookback: 12, horizon: 3, ...task },
        { pipeline: [{ step: 'fill', method: 'forward' }] },
      ),
      [series],
      'made',
    );
    return { prepared, origins: Array.from(prepared.windows.train.origin) };
  };

  test('cross short gaps, whose rows are missing values, and no longer ones; no origin lies in a gap', () => {
    const { prepared, origins: found } = origins({});
    expect(found).toContain(61);
    expect(found).not.toContain(60);
    for (let row = 117; row < 141; row += 1) expect(found).not.toContain(row);
    expect(found).toContain(116);
    expect(found).toContain(141);
    const batch = prepared.createBatch(1);
    prepared.gather(prepared.windows.train, [found.indexOf(58)], batch);
    expect(Array.from(batch.mask)).toEqual([1, 0, 1]);
  });

  test('with crossGaps cross as much as is asked for, with gaps: rows everything', () => {
    expect(origins({ crossGaps: 0 }).origins).not.toContain(61);
    expect(origins({ crossGaps: 10 }).origins).toContain(135);
    const { prepared, origins: byRows } = origins({ gaps: 'rows' });
    expect(byRows).toContain(118);
    expect(prepared.series[0]!.times.length).toBe(389);
  });

  test('what became of gaps is noted', () => {
    expect(origins({}).prepared.notes.join()).toContain(
      'has 2 gaps in time (11 rows missing; the longest gap, 10 rows, after 2000-01-05T23:00Z): these rows are missing values, and windows cross no gap longer than 1 row.',
    );
    expect(origins({ gaps: 'rows' }).prepared.notes.join()).toContain('since task.gaps is "rows"');
  });

  test('series with gaps share a note, which names the one that lacks most', () => {
    const few = { ...without(hourly(400), (row) => row === 60), name: 'few' };
    const many = { ...without(hourly(400), (row) => row >= 120 && row < 130), name: 'many' };
    const pipeline = [{ step: 'fill', method: 'forward' }];
    const experiment = makeExperiment({ lookback: 12, horizon: 3 }, { pipeline });
    const { notes } = prepareForecast(experiment, [few, hourly(400), many], 'made');
    expect(notes.filter((note) => note.includes('gap in time'))).toEqual([
      '2 of 3 series have gaps in time (11 rows missing); most are missing in "many", which has a gap in time after 2000-01-05T23:00Z (10 rows missing): these rows are missing values, and windows cross no gap longer than 1 row.',
    ]);
  });

  test('a part that only long gaps leave without windows says so', () => {
    const series = without(hourly(400), (row) => row % 12 > 8);
    const task = { lookback: 12, horizon: 3, crossGaps: 0 };
    expect(() => prepareForecast(makeExperiment(task), [series], 'made')).toThrow(
      'has a known target without a gap longer than 0 rows (task.crossGaps)',
    );
  });
});
