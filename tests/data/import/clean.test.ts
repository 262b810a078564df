// What the doctor finds at an import, and structural remedies: the same file and the same remedies give the same values.
import { expect, test } from 'vitest';
import type { CleanOptions } from '../../../engine/contract/clean.ts';
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
