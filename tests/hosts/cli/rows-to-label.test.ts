// New rows to label: a table becomes stretches of rows with the numbers that the run reads, whatever separates its columns.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { rowsToLabel } from '../../../engine/hosts/cli/verbs/rows-to-label.ts';

const folder = mkdtempSync(join(tmpdir(), 'hindcast-rows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(content: string): string {
  const path = join(folder, 'rows.csv');
  writeFileSync(path, content);
  return path;
}

const WINDOW = { columns: ['heat', 'wind'], lookback: 2 };

test.each([
  ['commas', 'time,wind,heat\n1,0.5,20\n2,,21\n3,1,warm\n'],
  ['semicolons and decimal commas', '\uFEFF"time";"wind";"heat"\r\n1;0,5;20\r\n2;;21\r\n3;1;warm\r\n'],
  ['tabs', 'time\twind\theat\n1\t0.5\t20\n2\t\t21\n3\t1\twarm\n'],
])(
  'between %s the columns that are read are found by name, and a gap is a question mark',
  async (_name, content) => {
    expect(await rowsToLabel(file(content), WINDOW)).toEqual(['20,0.5 21,?', '?,1']);
  },
);

test('a column that is not there is named', async () => {
  await expect(rowsToLabel(file('time,wind\n1,2\n'), WINDOW)).rejects.toThrow(
    'rows.csv has no column "heat", which the run reads; its columns are time, wind.',
  );
});
