// Forms of files that loggers, grids, competitions and older programs write.
import { expect, test } from 'vitest';
import { importText, us } from './support.ts';

const range = (count: number): number[] => [...Array(count).keys()];
const two = (value: number): string => String(value).padStart(2, '0');
const HOUR_US = 3_600_000_000n;

test('arrays of a Campbell logger without a header: one of them is the table, and the others are named', async () => {
  const lines = range(100).flatMap((i) => {
    const [day, hour] = [60 + Math.floor(i / 24), i % 24];
    const hourly = `110,2004,${day},${hour * 100},${12 + i / 100},${-i}`;
    return hour === 0 ? [`124,2004,${day},0,1,2,3`, hourly] : [hourly];
  });
  const { series, data, report, columns } = await importText(`${lines.join('\n')}\n`);
  expect(series).toMatchObject([{ rows: 100, startUs: Number(us('2004-02-29')), frequency: '1 hour' }]);
  expect(columns.map(({ name }) => name)).toEqual(['value1', 'value2']);
  expect(data[0]?.columns.value2?.slice(0, 3)).toEqual([0, -1, -2]);
  expect(report.notes.join(' ')).toContain('124 (5 lines)');
  expect(report.lines).toMatchObject({ all: 105, rows: 100, skipped: 5 });
});

test('without the number of an array the second number is the day of the year, and no month', async () => {
  const line = (i: number) => {
    const [day, quarter] = [1 + Math.floor(i / 96), i % 96];
    return `2004,${day},${Math.floor(quarter / 4) * 100 + (quarter % 4) * 15},${i}.5`;
  };
  const { series } = await importText(`${range(200).map(line).join('\n')}\n`);
  expect(series).toMatchObject([{ rows: 200, startUs: Number(us('2004-01-01')), frequency: '15 minutes' }]);
});

test('runs of units whose cycles begin again are series with steps', async () => {
  const line = (unit: number, cycle: number, sensors: number) =>
    [unit, cycle, ...range(sensors).map((i) => (unit + cycle / 10 + i).toFixed(4))].join(' ');
  const text = (sensors: number, join = ' ') =>
    range(3)
      .flatMap((unit) => range(20 + unit).map((i) => line(unit + 1, i + 1, sensors).replaceAll(' ', join)))
      .join('  \n');
  const turbines = await importText(`${text(24)}\n`);
  expect(turbines.series.map(({ name, rows }) => [name, rows])).toEqual([
    ['1', 20],
    ['2', 21],
    ['3', 22],
  ]);
  expect(turbines.columns.map(({ name }) => name).slice(2, 5)).toEqual(['setting3', 'sensor1', 'sensor2']);
  expect(turbines.recipe).toMatchObject({ timeColumn: 'cycle', timeFormat: 'step', seriesColumn: 'unit' });
  const others = await importText(`${text(3, ',')}\n`);
  expect(others.series).toHaveLength(3);
  expect(others.data[2]?.columns.value1?.slice(0, 2)).toEqual([3.1, 3.2]);
  const headed = await importText(`asset,nth,a,b,c\n${text(3, ',')}\n`);
  expect(headed.series.map(({ rows }) => rows)).toEqual([20, 21, 22]);
  expect(headed.recipe).toMatchObject({ timeColumn: 'nth', seriesColumn: 'asset' });
});

test('an hour and a quarter of it beside a date are one time, for one series and for several', async () => {
  const rows = (points: readonly string[]) =>
    range(3).flatMap((day) =>
      range(24).flatMap((hour) =>
        range(4).flatMap((quarter) =>
          points.map(
            (point) => `01/${two(day + 13)}/2023,${hour + 1},${quarter + 1}${point},${day + hour}.5`,
          ),
        ),
      ),
    );
  const one = await importText(
    `DeliveryDate,DeliveryHour,DeliveryInterval,Price\n${rows(['']).join('\n')}\n`,
  );
  expect(one.series).toMatchObject([
    { rows: 288, frequency: '15 minutes', startUs: Number(us('2023-01-13')) },
  ]);
  expect(one.data[0]?.times[5]).toBe(us('2023-01-13') + (5n * HOUR_US) / 4n);
  const header = 'Delivery Date,Delivery Hour,Delivery Interval,Point,Price';
  const several = await importText(`${header}\n${rows([',HB_NORTH', ',HB_SOUTH']).join('\n')}\n`);
  expect(several.series.map(({ name, rows: kept }) => [name, kept])).toEqual([
    ['HB_NORTH', 288],
    ['HB_SOUTH', 288],
  ]);
});

test.each([
  ['01-JAN-20 12.00.00.000 AM', '01-JAN-20 01.00.00.000 PM'],
  ['01-JAN-20 12.00.00.000000000 AM', '01-JAN-20 01.00.00.000000000 PM'],
  ['01-JAN-20 12.00.00.000000 AM +00:00', '01-JAN-20 01.00.00.000000 PM +00:00'],
  ['2020-01-01 12.00.00 AM', '2020-01-01 01.00.00 PM'],
  ['2020-01-01 12:00:00.000 AM', '2020-01-01 01:00:00.000 PM'],
  ['01-JAN-20 00.00.00.000000', '01-JAN-20 13.00.00.000000'],
  ['2020-01-01-00.00.00.000000', '2020-01-01-13.00.00.000000'],
])('clocks as Oracle writes them: %s', async (midnight, noon) => {
  const day = (text: string, i: number) => text.replace(/^01|(?<=-\d\d-)01/, two(i + 1));
  const lines = range(4).flatMap((i) => [`${day(midnight, i)},${i}`, `${day(noon, i)},${i + 0.5}`]);
  const { data } = await importText(`TS,V\n${lines.join('\n')}\n`);
  expect(data[0]?.times.slice(0, 3)).toEqual([us('2020-01-01'), us('2020-01-01T13:00Z'), us('2020-01-02')]);
});

test.each([
  { period: 'Month', count: 12, second: '1990-04', frequency: '1 month' },
  { period: 'Month', count: 30, second: '1990-04', frequency: '1 month' },
  { period: 'Quarter', count: 12, second: '1990-07', frequency: '3 months' },
])('series in rows with a start: $count values by $period', async ({ period, count, second, frequency }) => {
  const values = range(count).map((i) => i + 1);
  const rows = range(4).map(
    (i) => `N${i},${count},8,MICRO,1990,${2 + (i % 3)},${values.map((v) => v * (i + 1))}`,
  );
  const text = `Series,N,NF,Category,Starting Year,Starting ${period},${values}\n${rows.join('\n')}\n`;
  const { series, data } = await importText(text);
  expect(series.map(({ rows: kept, frequency: found }) => [kept, found])).toEqual(
    rows.map(() => [count, frequency]),
  );
  // The second series begins one period later.
  expect(data[1]?.times[0]).toBe(us(`${period === 'Month' ? '1990-03' : '1990-07'}-01`));
  expect(data[0]?.times[period === 'Month' ? 2 : 1]).toBe(us(`${second}-01`));
  expect(data[1]?.columns.value).toEqual(values.map((v) => v * 2));
});

test('series in columns with their length and start above them', async () => {
  const cells = (i: number) => range(3).map((k) => (i < 20 - 4 * k ? String(100 * (k + 1) + i) : ''));
  const values = range(20).map((i) => cells(i).join(','));
  const { series, data } = await importText(
    `"m1","m2","m3"\n20,16,12\n1979,1985,1990\n1,4,7\n${values.join('\n')}\n`,
  );
  expect(series.map(({ name, rows, frequency }) => [name, rows, frequency])).toEqual([
    ['m1', 20, '1 month'],
    ['m2', 16, '1 month'],
    ['m3', 12, '1 month'],
  ]);
  expect(data[1]?.times[0]).toBe(us('1985-04-01'));
  expect(data[2]?.columns.value?.slice(0, 2)).toEqual([300, 301]);
});

test('digits of other scripts and exponents of Fortran are numbers; names and codes stay as they are', async () => {
  const arabic = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
  const wide = (text: string) =>
    text.replace(/[\d.-]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
  const rows = range(10).map((i) =>
    [
      arabic(`2020-01-${two(i + 1)}`),
      wide(`-${i}.5`),
      `${i}.25D+02`,
      '12D5',
      `室${wide(String(i % 2))}`,
    ].join(','),
  );
  const { data, report } = await importText(`date,v,w,code,room\n${rows.join('\n')}\n`);
  expect(data[0]?.times[9]).toBe(us('2020-01-10'));
  expect(data[0]?.columns.v?.slice(0, 2)).toEqual([-0.5, -1.5]);
  expect(data[0]?.columns.w?.slice(0, 2)).toEqual([25, 125]);
  expect(data[0]?.columns.code?.[0]).toBe('12D5');
  expect(data[0]?.columns.room?.[1]).toBe('室１');
  expect(report.notes.join(' ')).toMatch(/another script.*Fortran/s);
});

test('exponents of three digits may lack their letter; ranges and dates stay as they are', async () => {
  const rows = range(10).map(
    (i) => `2020-01-${two(i + 1)},0.${i}2345${i % 5 === 0 ? '-103' : 'E+01'},1.5-200`,
  );
  const { data, report } = await importText(`date,v,range\n${rows.join('\n')}\n`);
  expect(data[0]?.columns.v?.slice(4, 6)).toEqual([4.2345, 0.52345e-103]);
  expect(data[0]?.columns.range?.[0]).toBe('1.5-200');
  expect(report.notes.join(' ')).toContain('without a letter');
  const once = await importText(
    `date,v\n${rows
      .slice(1, 5)
      .map((row) => row.replace(/,1.*/, ''))
      .join('\n')}\n`,
  );
  expect(once.report.notes.join(' ')).not.toContain('Fortran');
});

test('a table without times is read as steps on request, which its refusal names', async () => {
  const text = `Y1,Y2\n${range(12)
    .map((i) => `${(i * 7) % 5}.5,${i % 3 === 2 ? '' : (i * 5) % 7}`)
    .join('\n')}\n`;
  await expect(importText(text)).rejects.toThrow(
    'its rows are steps without times (in a terminal: --time-column, --reshape steps)',
  );
  const { data, recipe, report, series } = await importText(text, { reshape: 'steps' });
  expect(series[0]).toMatchObject({ rows: 12 });
  expect(data[0]?.times.slice(0, 2)).toEqual([1_000_000n, 2_000_000n]);
  expect(data[0]?.columns.Y1?.slice(0, 2)).toEqual([0.5, 2.5]);
  expect(data[0]?.columns.Y2?.slice(0, 3)).toEqual([0, 5, null]);
  expect(report.lines).toMatchObject({ all: 13, header: 1, rows: 12, skipped: 0 });
  expect(recipe).toMatchObject({ reshape: 'steps', shape: 'rows-as-steps' });
});

test('several devices in turns are named, by the name of their column or by what they measure', async () => {
  const text = (name: string, device: (i: number) => string | number) =>
    `time,${name},temp\n${range(60)
      .map((i) => `2020-01-01 00:${two(i)},${device(i)},${[10, 50, 90][i % 3]! + (i % 7) / 10}`)
      .join('\n')}\n`;
  const told = async (name: string, device: (i: number) => string | number) => {
    const { report, data } = await importText(text(name, device));
    expect(data[0]?.columns.temp?.[1]).toBe(50.1);
    return report.notes.join(' ').includes(`"${name}" has 3 different values`);
  };
  expect(await told('machine', (i) => 'abc'[i % 3]!)).toBe(true);
  expect(await told('device_id', (i) => (i % 3) + 7)).toBe(true);
  expect(await told('wo', (i) => 'abc'[i % 3]!)).toBe(true);
  expect(await told('weather', (i) => ['sun', 'rain', 'snow'][(i >> 2) % 3]!)).toBe(false);
});

test('the number of many series is exact', async () => {
  const rows = range(2_500).flatMap((series) => range(3).map((i) => `2020-01-0${i + 1},s${series},${i}`));
  const { series, report } = await importText(`time,id,v\n${rows.join('\n')}\n`);
  expect(series).toHaveLength(2_500);
  expect(report.notes.join(' ')).toContain('2,500 series by "id"');
});
