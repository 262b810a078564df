// The five sample files, value by value against a plain parse (they have no quotes).
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Imported, importPath, SAMPLES, us } from './support.ts';

function plainParse(file: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(join(SAMPLES, file), 'utf8').trimEnd().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((field, i) => [names[i], field])));
}

function expectValues(
  imported: Imported,
  series: number,
  rows: readonly Record<string, string>[],
  time: (row: Record<string, string>) => bigint,
) {
  const { times, columns } = imported.data[series] ?? expect.unreachable();
  expect(times).toEqual(rows.map(time));
  for (const { name, kind } of imported.columns) {
    expect(columns[name]).toEqual(rows.map((row) => (kind === 'numeric' ? Number(row[name]) : row[name])));
  }
}

const kinds = ({ columns }: Imported) => Object.fromEntries(columns.map(({ name, kind }) => [name, kind]));

describe('sample files', () => {
  test('sp500-2000.csv: daily prices, one series', async () => {
    const path = join(SAMPLES, 'sp500-2000.csv');
    const imported = await importPath(path);
    expect(kinds(imported)).toEqual({
      open: 'numeric',
      high: 'numeric',
      low: 'numeric',
      close: 'numeric',
      adjclose: 'numeric',
      volume: 'numeric',
    });
    expect(imported.recipe).toEqual({
      source: {
        path,
        bytes: 415_968,
        sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
        sample: null,
      },
      delimiter: ',',
      layout: 'wide',
      timeColumn: 'date',
      timeFormat: 'detected',
      timeZone: 'UTC',
      seriesColumn: null,
    });
    expect(imported.report).toEqual({
      rowsRead: 5105,
      lines: { all: 5106, header: 1, rows: 5105, skipped: 0 },
      findings: [expect.objectContaining({ check: 'duplicate-column', column: 'adjclose', count: 5105 })],
      rowsKept: 5105,
      rowsSetAside: 0,
      setAside: [],
      notes: [],
    });
    const [info] = imported.series;
    expect(info).toMatchObject({
      name: 'sp500-2000',
      rows: 5105,
      frequency: '1 day',
      stepUs: 86_400_000_000,
    });
    expect([info?.startUs, info?.endUs]).toEqual([Number(us('2000-01-03')), Number(us('2020-04-17'))]);
    const rows = plainParse('sp500-2000.csv');
    expectValues(imported, 0, rows, (row) => us(row.date ?? ''));
    expect(imported.data[0]?.columns.close?.[0]).toBe(1455.219971);
    const closes = rows.map((row) => Number(row.close));
    const close = info?.columns.find(({ name }) => name === 'close');
    expect(close).toMatchObject({
      missing: 0,
      min: Math.min(...closes),
      max: Math.max(...closes),
      categories: null,
    });
    expect(close?.mean).toBeCloseTo(closes.reduce((a, b) => a + b, 0) / 5105, 9);
  });

  test('seattle-weather.csv: a category column with sorted names', async () => {
    const imported = await importPath(join(SAMPLES, 'seattle-weather.csv'));
    expect(kinds(imported)).toEqual({
      precipitation: 'numeric',
      temp_max: 'numeric',
      temp_min: 'numeric',
      wind: 'numeric',
      weather: 'category',
    });
    expect(imported.series[0]).toMatchObject({
      rows: 1461,
      frequency: '1 day',
      startUs: Number(us('2012-01-01')),
      endUs: Number(us('2015-12-31')),
    });
    expect(imported.series[0]?.columns[4]).toEqual({
      name: 'weather',
      kind: 'category',
      missing: 0,
      min: null,
      max: null,
      mean: null,
      categories: ['drizzle', 'fog', 'rain', 'snow', 'sun'],
    });
    expectValues(imported, 0, plainParse('seattle-weather.csv'), (row) => us(row.date ?? ''));
  });

  test('weather.csv: long by location', async () => {
    const imported = await importPath(join(SAMPLES, 'weather.csv'));
    expect(imported.recipe).toMatchObject({ layout: 'long', seriesColumn: 'location', timeColumn: 'date' });
    expect(imported.series.map(({ name, rows }) => [name, rows])).toEqual([
      ['New York', 1461],
      ['Seattle', 1461],
    ]);
    expect(kinds(imported)).toEqual({
      precipitation: 'numeric',
      temp_max: 'numeric',
      temp_min: 'numeric',
      wind: 'numeric',
      weather: 'category',
    });
    const rows = plainParse('weather.csv');
    for (const [s, name] of ['New York', 'Seattle'].entries()) {
      expectValues(
        imported,
        s,
        rows.filter((row) => row.location === name),
        (row) => us(row.date ?? ''),
      );
    }
  });

  test('stocks.csv: long by symbol, "Jan 1 2000"', async () => {
    const imported = await importPath(join(SAMPLES, 'stocks.csv'));
    expect(imported.recipe).toMatchObject({ layout: 'long', seriesColumn: 'symbol', timeColumn: 'date' });
    expect(imported.series.map(({ name, rows, frequency }) => [name, rows, frequency])).toEqual([
      ['AAPL', 123, '1 month'],
      ['AMZN', 123, '1 month'],
      ['GOOG', 68, '1 month'],
      ['IBM', 123, '1 month'],
      ['MSFT', 123, '1 month'],
    ]);
    expect(imported.series[2]).toMatchObject({
      startUs: Number(us('2004-08-01')),
      endUs: Number(us('2010-03-01')),
    });
    const rows = plainParse('stocks.csv');
    imported.series.forEach(({ name }, s) => {
      expectValues(
        imported,
        s,
        rows.filter((row) => row.symbol === name),
        (row) => BigInt(Date.parse(`${row.date} UTC`)) * 1000n,
      );
    });
  });

  test('co2-concentration.csv: monthly', async () => {
    const imported = await importPath(join(SAMPLES, 'co2-concentration.csv'));
    expect(imported.series[0]).toMatchObject({
      name: 'co2-concentration',
      rows: 741,
      frequency: '1 month',
      startUs: Number(us('1958-03-01')),
      endUs: Number(us('2020-04-01')),
    });
    expectValues(imported, 0, plainParse('co2-concentration.csv'), (row) => us(row.Date ?? ''));
  });

  test('importing twice gives the same bytes', async () => {
    const [a, b] = [
      await importPath(join(SAMPLES, 'weather.csv')),
      await importPath(join(SAMPLES, 'weather.csv')),
    ];
    expect(a.series).toEqual(b.series);
    expect(a.chunkList).toEqual(b.chunkList);
  });
});
