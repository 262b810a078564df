// Tables that are read only after reshaping: headers of several lines, times in the header, one series a row, lines of several kinds; and
// tables that look a little like them and are left as they are.
import { expect, test } from 'vitest';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import { importText } from './support.ts';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const day = (i: number): string => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`;

interface Kind {
  readonly name: string;
  readonly text: string;
  /** Series: rows; names of the columns; first time; step. */
  readonly read: string;
  readonly said?: string;
  readonly options?: ImportOptions;
}

const KINDS: readonly Kind[] = [
  {
    name: 'titles of merged cells above the names (Bloomberg)',
    text: lines(
      ',AAA US Equity,,BBB US Equity,',
      'Dates,PX_LAST,PX_VOLUME,PX_LAST,PX_VOLUME',
      ...range(12).map((i) => `${day(i)},${i}.5,10,${i}.25,20`),
    ),
    read: 'table: 12; AAA US Equity PX_LAST, AAA US Equity PX_VOLUME, BBB US Equity PX_LAST, BBB US Equity PX_VOLUME; 2024-01-01T00:00, 1 day',
    said: 'The header has 2 lines (line 1 to line 2)',
  },
  {
    name: 'names, units and kinds of means of a logger (TOA5)',
    text: lines(
      '"TOA5","Mast","CR1000","1234","CR1000.Std.31","CPU:prog.CR1","5555","Table1"',
      '"TIMESTAMP","RECORD","BattV","AirT_Avg"',
      '"TS","RN","Volts","Deg C"',
      '"","","Smp","Avg"',
      ...range(12).map((i) => `"2024-01-01 ${String(i).padStart(2, '0')}:00:00",${i},12.${i},3.5`),
    ),
    read: 'table: 12; RECORD, BattV, AirT_Avg; 2024-01-01T00:00, 1 hour',
    said: 'line 3 holds units and the like: "RN", "Volts", "Deg C"',
  },
  {
    name: 'names and lines about them (Bundesbank)',
    text: lines(
      ',BBEX3.D.CHF,BBEX3.D.CHF_FLAGS',
      ',Euro in Schweizer Franken,',
      'Einheit,CHF,',
      'Dimension,Eins,',
      ...range(12).map((i) => `${day(i)},0.9${i},`),
    ),
    read: 'table: 12; BBEX3.D.CHF; 2024-01-01T00:00, 1 day',
  },
  {
    name: 'one name fewer than fields: names of rows (R)',
    text: lines('date,v', ...range(12).map((i) => `r${i},${day(i)},${i}`)),
    read: 'table: 12; v; 2024-01-01T00:00, 1 day',
    said: 'one field more than the header',
  },
  {
    name: 'years in the header, two indicators (World Bank)',
    text: lines(
      `Country Name,Series Name,${range(8).map((i) => `${1990 + i} [YR${1990 + i}]`)}`,
      ...['AA', 'BB'].flatMap((land) =>
        ['Births', 'Deaths'].map((what) => `${land},${what},${range(8).map((i) => i + land.length)}`),
      ),
    ),
    read: 'AA / Births: 8, AA / Deaths: 8, BB / Births: 8, BB / Deaths: 8; value; 1990-01-01T00:00, 1 year',
    said: '"Country Name", "Series Name"',
  },
  {
    name: 'months in the header, and a total',
    text: lines(
      `region;${range(7)
        .map((i) => `2020-${String(i + 1).padStart(2, '0')}`)
        .join(';')};total`,
      `north;${range(7).join(';')};21`,
      `south;${range(7)
        .map((i) => i * 2)
        .join(';')};42`,
    ),
    read: 'north: 7, south: 7; value; 2020-01-01T00:00, 1 month',
    said: 'left out: "total"',
  },
  {
    name: 'half-hours of two meters, numbered',
    text: lines(
      `meter,date,${range(48).map((i) => `HH${String(i + 1).padStart(2, '0')}`)}`,
      ...['m1', 'm2'].flatMap((meter) =>
        range(3).map((d) => `${meter},${day(d)},${range(48).map((i) => i / 10)}`),
      ),
    ),
    read: 'm1: 144, m2: 144; value; 2024-01-01T00:00, 30 minutes',
    said: 'times of a day',
  },
  {
    name: 'year and quarter in columns of their own',
    text: lines('year,quarter,v', ...range(12).map((i) => `${2015 + (i >> 2)},${(i % 4) + 1},${i}.5`)),
    read: 'table: 12; v; 2015-01-01T00:00, 3 months',
  },
  {
    name: 'year and quarter as a word',
    text: lines('Jahr;Quartal;v', ...range(12).map((i) => `${2015 + (i >> 2)};Q${(i % 4) + 1};${i}`)),
    read: 'table: 12; v; 2015-01-01T00:00, 3 months',
  },
  {
    name: 'year and ISO week in columns of their own',
    text: lines(
      'ISO_YEAR,ISO_WEEK,v',
      ...range(60).map((i) => `${i < 53 ? 2020 : 2021},${i < 53 ? i + 1 : i - 52},${i}`),
    ),
    read: 'table: 60; v; 2019-12-30T00:00, 1 week',
  },
  {
    name: 'a date, and the hour of half a day beside it',
    text: lines(
      'date,hour,v',
      ...range(72).map((i) => `${day(Math.floor(i / 24))},${i % 12 || 12} ${i % 24 < 12 ? 'AM' : 'PM'},${i}`),
    ),
    read: 'table: 72; v; 2024-01-01T00:00, 1 hour',
  },
  {
    name: 'a date, and the hour that ends beside it',
    text: lines(
      'Date,Hour Ending,v',
      ...range(72).map((i) => `${day(Math.floor(i / 24))},HE${String((i % 24) + 1).padStart(2, '0')},${i}`),
    ),
    read: 'table: 72; v; 2024-01-01T01:00, 1 hour',
  },
  {
    name: 'names that end with numbers like years',
    text: lines(
      'stamp,Meter2001,Meter2002,T1-05,T2-05',
      ...range(12).map((i) => `${1_700_000_000 + 3600 * i},1,2,3,${i}`),
    ),
    read: 'table: 12; Meter2001, Meter2002, T1-05, T2-05; 2023-11-14T22:13, 1 hour',
  },
  {
    name: 'a short table of as many columns above the long one',
    text: lines(
      'Date,GHI,T',
      ...range(12).map((i) => `2020-${String(i + 1).padStart(2, '0')}-01,${i},1`),
      '',
      'Time,Power,Volt',
      ...range(300).map((i) => `${day(i)},${i},2`),
    ),
    read: 'table: 300; Power, Volt; 2024-01-01T00:00, 1 day',
    said: '13 lines above the table',
  },
  {
    name: 'sensors that speak at times of their own',
    text: lines(
      'entity_id,state,last_changed',
      ...range(60).map((i) => `sensor.${i % 2},${i}.5,2024-01-01T00:${String(i).padStart(2, '0')}:00Z`),
    ),
    read: 'table: 60; entity_id, state; 2024-01-01T00:00, 1 minute',
    said: '"entity_id" has 2 different values, and all rows became one series',
  },
  {
    name: 'five minutes of a climate network without a header (CRN)',
    text: lines(
      ...range(30).map(
        (i) =>
          `03055 20240101 0${Math.floor(i / 12)}${String((i % 12) * 5).padStart(2, '0')} 20231231 18${String((i % 12) * 5).padStart(2, '0')}      3 -101.59   34.96   ${i}.5     0.0      0 0   12.3 C 0    50 0 -99.000 -9999.0  1115 0   1.20 0`,
      ),
    ),
    read: 'table: 30; WBANNO, LST_DATE, LST_TIME, CRX_VN, LONGITUDE, LATITUDE, AIR_TEMPERATURE, PRECIPITATION, SOLAR_RADIATION, SR_FLAG, SURFACE_TEMPERATURE, ST_TYPE, ST_FLAG, RELATIVE_HUMIDITY, RH_FLAG, SOIL_MOISTURE_5, SOIL_TEMPERATURE_5, WETNESS, WET_FLAG, WIND_1_5, WIND_FLAG; 2024-01-01T00:00, 5 minutes',
  },
  {
    name: 'minutes of radiation without a header, cut in width (SURFRAD)',
    text: lines(
      ' Boulder',
      '   40.125  105.237 1689 m version 1',
      ...range(30).map(
        (i) => ` 2024   1  1  1  6 ${String(i).padStart(2)}  6.${String(100 + i)}  90.12   ${i}.5 0   1.2 0`,
      ),
    ),
    read: 'table: 30; month, day, dt, zen, column9, column10, column11, column12; 2024-01-01T06:00, 1 minute',
  },
  {
    name: 'names and, below them, units of which two are the same (NDBC)',
    text: lines(
      '#YY  MM DD hh mm WSPD GST',
      '#yr  mo dy hr mn m/s  m/s',
      ...range(30).map((i) => `2024 01 01 0${Math.floor(i / 6)} ${(i % 6) * 10 || '00'} ${i}.3  9.${i}`),
    ),
    read: 'table: 30; WSPD, GST; 2024-01-01T00:00, 10 minutes',
  },
  {
    name: 'days as digits behind the station, without a header (GHCN by year)',
    text: lines(
      ...range(80).map(
        (i) =>
          `US1FLSL00${19 + (i % 2)},202401${String(1 + Math.floor(i / 4)).padStart(2, '0')},${(i >> 1) % 2 ? 'TMAX' : 'PRCP'},${i},,,N,`,
      ),
    ),
    read: 'US1FLSL0019 / PRCP: 20, US1FLSL0019 / TMAX: 20, US1FLSL0020 / PRCP: 20, US1FLSL0020 / TMAX: 20; column4, column7; 2024-01-01T00:00, 1 day',
  },
  {
    name: 'one day of minutes by day of the year and digits of a clock (MIDC)',
    text: lines(
      'DOY,MST,Year,v',
      ...range(90).map((i) => `60,${600 + Math.floor(i / 60) * 100 + (i % 60)},2024,${i}`),
    ),
    read: 'table: 90; v; 2024-02-29T06:00, 1 minute',
    said: 'names the zone "MST"',
  },
  {
    name: 'many lines about the series above its quarters (ONS)',
    text: lines(
      '"Title","GDP"',
      '"CDID","ABMI"',
      '"PreUnit","£"',
      '"Unit","m"',
      '"Release date","30-06-2023"',
      '"Next release","11 August 2023"',
      '"Important notes",',
      ...range(12).map((i) => `"${2010 + (i >> 2)} Q${(i % 4) + 1}","${i}"`),
    ),
    read: 'table: 12; GDP; 2010-01-01T00:00, 3 months',
  },
  {
    name: 'months, and years of the same columns below (Fama and French)',
    text: lines(
      'Made of a database.',
      '',
      ',Mkt-RF,SMB',
      ...range(24).map(
        (i) => `${2000 + Math.floor(i / 12)}${String((i % 12) + 1).padStart(2, '0')},    ${i}.5,   -0.1`,
      ),
      '',
      ' Annual Factors',
      ',Mkt-RF,SMB',
      '  2000,   29.47,   -2.46',
      '  2001,   9.47,   -2.4',
      '  2002,   9.1,   -2.4',
      '  2003,   9.4,   -2.1',
    ),
    read: 'table: 24; Mkt-RF, SMB; 2000-01-01T00:00, 1 month',
    said: '4 rows are of years or quarters',
  },
  {
    name: 'names of the quality of the value beside them (JMA)',
    text: lines(
      '2024/06/01',
      '',
      ',東京,東京,東京',
      '年月日,気温,気温,気温',
      ',,品質情報,均質番号',
      ...range(30).map((i) => `2024/1/${i + 1},${i}.5,8,1`),
    ),
    read: 'table: 30; 東京 気温, 東京 気温 品質情報, 東京 気温 均質番号; 2024-01-01T00:00, 1 day',
  },
  {
    name: 'a zone in the lines above the table (NSRDB)',
    text: lines(
      'Source,Location ID,Time Zone,Elevation,Local Time Zone,GHI Units',
      'NSRDB,1,-7,1655,-7,w/m2',
      'Year,Month,Day,Hour,Minute,GHI',
      ...range(30).map((i) => `2024,1,1,${i >> 1},${(i % 2) * 30},${i}`),
    ),
    read: 'table: 30; GHI; 2024-01-01T00:00, 30 minutes',
    said: 'name the zone "-7"',
  },
  {
    name: 'hours as ends of intervals, day first',
    text: lines(
      `Datum;${range(24)
        .map((i) => `${String(i + 1).padStart(2, '0')}:00`)
        .join(';')}`,
      ...range(3).map(
        (d) =>
          `${d + 13}.01.2024;${range(24)
            .map((i) => `${i},5`)
            .join(';')}`,
      ),
    ),
    read: 'table: 72; value; 2024-01-13T01:00, 1 hour',
  },
  {
    name: 'twelve-hour clocks in the header',
    text: lines(
      `Date,${range(24).map((h) => `${h % 12 || 12}:00 ${h < 12 ? 'AM' : 'PM'}`)}`,
      ...range(3).map((d) => `${day(d)},${range(24)}`),
    ),
    read: 'table: 72; value; 2024-01-01T00:00, 1 hour',
  },
  {
    name: 'a day of 25 hours',
    text: lines(
      `date,${range(25).map((i) => `H${i + 1}`)}`,
      ...range(3).map((d) => `${day(d)},${range(24)},${d === 1 ? '7' : ''}`),
    ),
    read: 'table: 72; value; 2024-01-01T00:00, 1 hour',
  },
  {
    name: 'months of a year, German, two stations',
    text: lines(
      'Station;Jahr;Jan;Feb;Mär;Apr;Mai;Jun;Jul;Aug;Sep;Okt;Nov;Dez',
      ...['a', 'b'].flatMap((station) =>
        range(3).map((y) => `${station};${2000 + y};${range(12).join(';')}`),
      ),
    ),
    read: 'a: 36, b: 36; value; 2000-01-01T00:00, 1 month',
  },
  {
    name: 'days of a month',
    text: lines(
      `year,month,${range(31).map((i) => i + 1)}`,
      ...range(3).map(
        (m) =>
          `2023,${m + 1},${range(31).map((i) => (new Date(Date.UTC(2023, m, i + 1)).getUTCMonth() === m ? i : ''))}`,
      ),
    ),
    read: 'table: 90; value; 2023-01-01T00:00, 1 day',
  },
  {
    name: 'one series a row behind several names (M5)',
    text: lines(
      `id,store,${range(12).map((i) => `d_${i + 1}`)}`,
      ...range(3).map((s) => `item${s},CA_1,${range(12).map((i) => i + s)}`),
    ),
    read: 'item0: 12, item1: 12, item2: 12; value; 1970-01-01T00:00, 1 second',
    said: 'became steps from 1 on',
  },
  {
    name: 'two tables of one report (AEMO): the longer one',
    text: lines(
      'C,NEMP.WORLD,DISPATCH,AEMO,PUBLIC,2024/01/01,00:05:00',
      'I,DISPATCH,CASE,1,SETTLEMENTDATE,RUNNO',
      'D,DISPATCH,CASE,1,"2024/01/01 00:00:00",1',
      'I,DISPATCH,PRICE,1,SETTLEMENTDATE,REGIONID,RRP',
      ...range(6).flatMap((i) =>
        ['NSW1', 'VIC1'].map((r) => `D,DISPATCH,PRICE,1,"2024/01/01 0${i}:00:00",${r},${i}.5`),
      ),
      'C,"END OF REPORT",15',
    ),
    read: 'NSW1: 6, VIC1: 6; RRP; 2024-01-01T00:00, 1 hour',
    said: 'Other tables of the file were skipped: DISPATCH CASE',
  },
  {
    name: 'meter data of days (NEM12)',
    text: lines(
      '100,NEM12,202401010000,A,B',
      '200,NMI1234567,E1,,E1,,METER,kWh,30,',
      ...range(2).map((d) => `300,2024010${d + 1},${range(48)},A,,,20240201000000,`),
      '900',
    ),
    read: 'table: 96; meter, value, quality; 2024-01-01T00:00, 30 minutes',
    said: 'NEM12',
    options: { layout: 'wide' },
  },
  {
    name: 'one series a line with its start (TSF)',
    text: lines(
      '# a comment',
      '@relation test',
      '@attribute series_name string',
      '@attribute start_timestamp date',
      '@frequency hourly',
      '@missing true',
      '@data',
      'T1:2024-01-01 00-00-00:1,2,?,4',
      'T2:2024-01-02 00-00-00:5,6,7,8',
    ),
    read: 'T1: 4, T2: 4; value; 2024-01-01T00:00, 1 hour',
    said: 'TSF',
  },
  {
    name: 'columns between blanks, names behind a sign (buoys)',
    text: lines(
      '#YY  MM DD hh WSPD  PRES',
      ...range(12).map((i) => `2024 01 01 ${String(i).padStart(2, '0')}  ${i}.5 10${10 + i}.0`),
    ),
    read: 'table: 12; WSPD, PRES; 2024-01-01T00:00, 1 hour',
    said: 'blanks',
  },
  {
    name: 'columns between blanks below names between commas, two of which are the same (Berkeley Earth)',
    text: lines(
      '% Year, Month,  Anomaly, Unc.,   Anomaly, Unc.',
      '%',
      '',
      ...range(12).map((i) => `  1850  ${String(i + 1).padStart(2)}   -0.${i}34  0.900   1.${i}5   0.500`),
    ),
    read: 'table: 12; Anomaly, Unc., Anomaly 2, Unc. 2; 1850-01-01T00:00, 1 month',
    said: 'Further columns of the same name are Anomaly 2, Unc. 2.',
  },
  {
    name: 'fields as formulas',
    text: lines('Date,V', ...range(12).map((i) => `="${day(i)}",="${i}.5"`)),
    read: 'table: 12; V; 2024-01-01T00:00, 1 day',
    said: 'formulas',
  },
  {
    name: 'parts of the time under single letters',
    text: lines('Y,M,D,H,V', ...range(24).map((i) => `2024,1,${1 + Math.floor(i / 12)},${i % 12},${i}`)),
    read: 'table: 24; V; 2024-01-01T00:00, 1 hour',
  },
  {
    name: 'quarters of an hour by number beside the date',
    text: lines(
      'Day,Interval,MW',
      ...range(3).flatMap((d) => range(96).map((i) => `${day(d)},${i + 1},${i}`)),
    ),
    read: 'table: 288; MW; 2024-01-01T00:00, 15 minutes',
  },
  {
    name: 'names of months in French',
    text: lines('date;v', ...range(12).map((i) => `${i + 1} août 2023;${i}`)),
    read: 'table: 12; v; 2023-08-01T00:00, 1 day',
  },
  {
    name: 'an unusual sign between the columns',
    text: lines('date~v', ...range(12).map((i) => `${day(i)}~${i}`)),
    read: 'table: 12; v; 2024-01-01T00:00, 1 day',
  },
  {
    name: 'left as it is: numbered sensors beside times',
    text: lines(
      `time,${range(24).map((i) => `s${i + 1}`)}`,
      ...range(12).map((i) => `2024-01-01 ${String(i).padStart(2, '0')}:00,${range(24)}`),
    ),
    read: `table: 12; ${range(24)
      .map((i) => `s${i + 1}`)
      .join(', ')}; 2024-01-01T00:00, 1 hour`,
  },
  {
    name: 'left as it is: years as columns beside dates',
    text: lines('date,2019,2020,2021,2022,2023', ...range(12).map((i) => `${day(i)},1,2,3,4,${i}`)),
    read: 'table: 12; 2019, 2020, 2021, 2022, 2023; 2024-01-01T00:00, 1 day',
  },
  {
    name: 'left as it is on demand',
    text: lines(`Date,${range(24).map((i) => `${i}:00`)}`, ...range(12).map((d) => `${day(d)},${range(24)}`)),
    options: { reshape: 'none' },
    read: `table: 12; ${range(24)
      .map((i) => `${i}:00`)
      .join(', ')}; 2024-01-01T00:00, 1 day`,
  },
];

test.concurrent.each(KINDS)('$name', async ({ text, read, said, options }) => {
  const { series, columns, report } = await importText(text, options);
  const names = columns.map(({ name }) => name).join(', ');
  const from = new Date((series[0]?.startUs ?? 0) / 1000).toISOString().slice(0, 16);
  const rows = series.map((one) => `${one.name}: ${one.rows}`).join(', ');
  const told = report.notes.join('\n');
  expect(`${rows}; ${names}; ${from}, ${series[0]?.frequency}`, told).toBe(read);
  expect(told).toContain(said ?? '');
});

test('a row that cannot be read is named with the line of its record', async () => {
  const header = `date,${range(24).map((i) => `${i}:00`)}`;
  const days = range(30).map((d) => `${d === 4 ? 'broken' : day(d)},${range(24)}`);
  const { report } = await importText(lines(header, ...days, '2024-02-01,1,2'));
  expect(report).toMatchObject({ rowsKept: 29 * 24, rowsSetAside: 25 });
  expect([...new Set(report.setAside.map(({ line }) => line))]).toEqual([6, 32]);
});
