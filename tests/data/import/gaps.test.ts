// The import names gaps in time, by series.
import { expect, test } from 'vitest';
import { importText } from './support.ts';

const hour = (row: number) => new Date(Date.UTC(2020, 0, 1, row)).toISOString();
const rows = (count: number, isLost: (row: number) => boolean) =>
  Array.from({ length: count }, (_, row) => row).filter((row) => !isLost(row));

test('of one series: how many, how long, and after which time', async () => {
  const kept = rows(400, (row) => row === 50 || (row >= 200 && row < 416 - 200));
  const { report } = await importText(`time,v\n${kept.map((row) => `${hour(row)},${row}`).join('\n')}\n`);
  expect(report.notes).toEqual([
    'Series "table" has 2 gaps in time (17 rows missing; the longest gap, 16 rows, after 2020-01-09T07:00Z).',
    'Experiments take missing rows for missing values, and windows cross no long gap (task.gaps).',
  ]);
});

test('of many series: the first five and how many more; series without gaps need no word', async () => {
  const lines = Array.from({ length: 9 }, (_, series) =>
    rows(60, (row) => series < 7 && row === 30 + series).map((row) => `${hour(row)},s${series},${row}`),
  );
  const { report } = await importText(`time,name,v\n${lines.flat().join('\n')}\n`);
  const notes = report.notes.filter((note) => note.includes('gap'));
  expect(notes).toHaveLength(7);
  expect(notes[0]).toBe('Series "s0" has a gap in time after 2020-01-02T05:00Z (1 row missing).');
  expect(notes[5]).toBe('2 more series have gaps in time.');
});
