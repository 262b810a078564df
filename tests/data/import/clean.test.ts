// What the doctor finds at an import, and structural remedies: the same file and the same remedies give the same values.
import { expect, test } from 'vitest';
import type { CleanOptions } from '../../../engine/contract/datasets/clean.ts';
import { notesBeside, withRemedies } from '../../../engine/words/findings.ts';
import { importFailure, importText, us, writeFile } from './support.ts';

const hour = (i: number): string => new Date(Date.UTC(2024, 0, 1, i)).toISOString().slice(0, 19);
const wave = (i: number): number =>
  Math.round((20 + 5 * Math.sin(i / 7) + ((i * 7919) % 13) / 10) * 100) / 100;
const table = (rows: number, cells: (i: number) => string, names = 'v'): string =>
  `time,${names}\n${[...Array(rows).keys()].map((i) => `${hour(i)},${cells(i)}`).join('\n')}\n`;

test('findings name lines and columns, and their remedies fix them', async () => {
  const text = table(
    400,
    (i) => `${i >= 100 && i < 260 ? 23.25 : wave(i)},7,${wave(i)},${wave(i)}`,
    'v,k,a,b',
  );
  const before = await importText(text);
  const findings = before.report.findings ?? [];
  expect(findings.map(({ check, column, count }) => [check, column, count])).toEqual([
    ['stuck', 'v', 160],
    ['constant', 'k', 400],
    ['duplicate-column', 'b', 400],
  ]);
  expect(findings[0]?.examples).toEqual([{ timeUs: Number(us(`${hour(100)}Z`)), line: 102, value: 23.25 }]);
  expect(before.report.notes.join()).toContain('"v" stands still at 23.25 for 160 rows');
  const after = await importText(text, withRemedies({}, findings));
  expect(after.columns.map(({ name }) => name)).toEqual(['v', 'a']);
  expect(after.data[0]!.columns.v!.filter((value) => value === null)).toHaveLength(160);
  expect(after.report.findings?.map(({ check }) => check)).toEqual(['missing']);
  expect(after.recipe.clean).toMatchObject({ drop: ['k', 'b'] });
});

test('a remedy says a renamed column by its new name', async () => {
  const text = table(400, (i) => `${i >= 100 && i < 260 ? 23.25 : wave(i)},7`, 'v,k');
  const options = { clean: { rename: { v: 'power', k: 'flag' } } };
  const before = await importText(text, options);
  const derive = [{ name: 'before', form: 'lag' as const, column: 'power' }];
  const { clean, ...rest } = withRemedies(options, before.report.findings ?? []);
  const after = await importText(text, { ...rest, clean: { ...clean, derive } });
  expect(after.columns.map(({ name }) => name)).toEqual(['power', 'before']);
  expect(after.data[0]!.columns.before!.filter((value) => value === null)).toHaveLength(161);
});

const VALUES: readonly (readonly [string, CleanOptions, readonly (number | null)[]])[] = [
  ['a range', { range: [{ column: 'v', min: 1, max: 3 }] }, [null, 1, 2, 3, null, null]],
  ['only a lower bound', { range: [{ column: 'v', min: 4 }] }, [null, null, null, null, 4, 5]],
  ['another unit', { scale: [{ column: 'v', factor: 1.8, offset: 32 }] }, [32, 33.8, 35.6, 37.4, 39.2, 41]],
  [
    'a part in another unit',
    { scale: [{ column: 'v', fromUs: Number(us(`${hour(4)}Z`)), factor: 10 }] },
    [0, 1, 2, 3, 40, 50],
  ],
  ['rows of two hours by their mean', { grid: { stepUs: 7_200_000_000, rule: 'mean' } }, [0.5, 2.5, 4.5]],
  ['by their sum', { grid: { stepUs: 7_200_000_000, rule: 'sum' } }, [1, 5, 9]],
  ['by the last', { grid: { stepUs: 7_200_000_000, rule: 'last' } }, [1, 3, 5]],
  ['by the largest', { grid: { stepUs: 10_800_000_000, rule: 'max' } }, [2, 5]],
];

test.each(VALUES)('%s', async (_, clean, expected) => {
  const { data } = await importText(table(6, String), { clean });
  const values = data[0]!.columns.v!;
  values.forEach((value, i) => {
    if (value === null || expected[i] === null) expect(value).toBe(expected[i]);
    else expect(value).toBeCloseTo(expected[i] as number, 12);
  });
  expect(values).toHaveLength(expected.length);
});

/** Hours 0 to 19; hour 3 comes three times. */
const repeating = (): string =>
  `time,v,w\n${[...Array(20).keys()]
    .flatMap((i) => (i === 3 ? [`${i},7,a`, `${i},,b`, `${i},2,`] : [`${i},${i},c`]))
    .map((row) => row.replace(/^\d+/, (i) => hour(Number(i))))
    .join('\n')}\n`;

test.each([
  ['mean', 4.5],
  ['sum', 9],
  ['first', 7],
  ['last', 2],
  ['min', 2],
  ['max', 7],
] as const)('rows of one time become one by their %s', async (repeats, expected) => {
  const { data, report } = await importText(repeating(), { clean: { repeats } });
  expect(data[0]!.times).toHaveLength(20);
  expect(data[0]!.columns.v!.slice(2, 5)).toEqual([2, expected, 4]);
  expect(data[0]!.columns.w!.slice(2, 5)).toEqual(['c', 'b', 'c']);
  expect([report.rowsRead, report.rowsKept, report.rowsSetAside]).toEqual([22, 22, 0]);
  expect(report.notes).toEqual([`Rows of the same time became one by their ${repeats}: 22 rows became 20.`]);
});

test('repeated times are found with a remedy, and half of a file may repeat where that is asked for', async () => {
  const { report } = await importText(repeating());
  expect([report.rowsKept, report.rowsSetAside]).toEqual([20, 2]);
  const found = report.findings?.find(({ check }) => check === 'duplicates');
  expect(found?.remedy?.clean).toEqual({ repeats: 'mean' });
  expect(notesBeside(report)).toEqual([]);
  const ticks = `time,v\n${[...Array(60).keys()].map((i) => `${hour(Math.floor(i / 3))},${i}`).join('\n')}\n`;
  const refused = await importFailure(writeFile(ticks));
  expect(refused.message).toContain('--repeats mean');
  const { data } = await importText(ticks, { clean: { repeats: 'mean' } });
  expect(data[0]!.columns.v!.slice(0, 3)).toEqual([1, 4, 7]);
});

const inDays = (times: readonly string[], series = ''): string[] =>
  times.map((time, i) => `${time},${series}${i}`);
const days = (from: number, count: number, lack: readonly number[]): string[] =>
  [...Array(count).keys()]
    .filter((i) => !lack.includes(i))
    .map((i) => new Date(Date.UTC(2024, 0, from + i)).toISOString().slice(0, 10));
const months = [...Array(24).keys()]
  .filter((i) => i !== 5 && i !== 6)
  .map((i) => new Date(Date.UTC(2020, i, 1)).toISOString().slice(0, 10));

test.each([
  ['hours', table(30, (i) => `${i}`).replace(/.*T(07|08):.*\n/g, ''), ['2024-01-01T07', '2024-01-01T08'], 30],
  ['days', `date,v\n${inDays(days(1, 30, [9])).join('\n')}\n`, ['2024-01-10T00'], 30],
  ['months', `date,v\n${inDays(months).join('\n')}\n`, ['2020-06-01T00', '2020-07-01T00'], 24],
])('gaps are found with a remedy that puts their rows in: %s', async (_, text, missing, rows) => {
  const { report } = await importText(text);
  const found = report.findings?.filter(({ check }) => check === 'gaps') ?? [];
  expect(found.map(({ count }) => count)).toEqual([missing.length]);
  expect(notesBeside(report)).toEqual([]);
  const { data, report: after } = await importText(text, withRemedies({}, found));
  expect(data[0]!.times).toHaveLength(rows);
  const put = data[0]!.times.filter((_time, i) => data[0]!.columns.v![i] === null);
  expect(put.map((time) => new Date(Number(time / 1000n)).toISOString().slice(0, 13))).toEqual(missing);
  expect(after.findings?.map(({ check }) => check)).not.toContain('gaps');
});

test('rows are put in series by series, words beside them are missing too', async () => {
  const rows = [
    ...inDays(days(1, 20, [4])).map((row) => `${row.replace(',', ',a,')},x`),
    ...inDays(days(1, 20, [7, 8])).map((row) => `${row.replace(',', ',b,')},y`),
  ];
  const text = `date,s,v,w\n${rows.join('\n')}\n`;
  const options = { seriesColumn: 's', clean: { complete: true } } as const;
  const { data, report } = await importText(text, options);
  expect(data.map(({ columns }) => columns.v!.length)).toEqual([20, 20]);
  expect(data.map(({ columns }) => columns.v!.flatMap((v, i) => (v === null ? [i] : [])))).toEqual([
    [4],
    [7, 8],
  ]);
  expect(data[0]!.columns.w![4]).toBeNull();
  expect(data[1]!.columns.w![9]).toBe('y');
  expect(report.notes.join()).toContain('3 rows that gaps in time lack were put in');
});

test('a new name, and columns that are not there', async () => {
  const { columns } = await importText(table(6, String), { clean: { rename: { v: 'power' } } });
  expect(columns.map(({ name }) => name)).toEqual(['power']);
  const path = writeFile(table(6, String));
  const unknown = await importFailure(path, { clean: { drop: ['w'] } });
  expect([unknown.code, unknown.message]).toEqual(['unknown-column', expect.stringContaining('"w"')]);
  expect((await importFailure(path, { clean: { drop: ['v'] } })).code).toBe('no-numeric-column');
});

test('where findings are shown, the notes that say the same are not', () => {
  const finding = { check: 'stuck', column: 'a', series: null, count: 9, words: '"a" stands still' };
  const findings = [{ ...finding, examples: [], spans: [], remedy: null }];
  const notes = ['"a" stands still from line 3 on.', 'Two lines were skipped.'];
  expect(notesBeside({ notes, findings })).toEqual(['Two lines were skipped.']);
  expect(notesBeside({ notes })).toEqual(notes);
});

const OTHER_READINGS: readonly (readonly [string, string, object])[] = [
  [
    'the day or the month first',
    `when,v\n${[1, 2, 3, 4, 5, 6].map((i) => `0${i}/0${i}/2024,${i}`).join('\n')}\n`,
    { timeFormat: '%d/%m/%Y' },
  ],
  ['a zone in the name', table(6, String).replace('time', 'time (GMT+01:00)'), { timeZone: 'Etc/GMT-1' }],
  ['a zone in a column', table(6, (i) => `${i},MST`, 'v,tz_cd'), { timeZone: 'Etc/GMT+7' }],
  ['a name of sensors', table(8, (i) => `${i},s${i % 2}`, 'v,sensor_id'), { seriesColumn: 'sensor_id' }],
];

test.each(OTHER_READINGS)('another reading is one click away: %s', async (_, text, reads) => {
  const { report } = await importText(text);
  const findings = (report.findings ?? []).filter(({ check }) => check === 'reading');
  expect(findings.map(({ remedy }) => remedy?.reads)).toEqual([reads]);
  expect(notesBeside(report).join()).not.toContain(findings[0]!.words);
  const after = await importText(text, withRemedies({}, findings));
  expect((after.report.findings ?? []).filter(({ check }) => check === 'reading')).toEqual([]);
  expect(after.recipe).toMatchObject(reads);
});
