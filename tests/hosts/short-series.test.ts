// A series that is too short for a forecast, beside one that is not, through the built command.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'hindcast-short-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const workspace = join(folder, 'w.hindcast');
const hindcast = (...args: string[]) => runCommand([...args, '--workspace', workspace]);

/** Daily rows of cities, by the number of rows of each. */
function write(name: string, rowsOf: Readonly<Record<string, number>>): string {
  const lines = Object.entries(rowsOf).flatMap(([position, rows]) =>
    Array.from({ length: rows }, (_, row) => {
      const day = new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
      return `${day},${position},${Math.sin(row / 3)}`;
    }),
  );
  const path = join(folder, name);
  writeFileSync(path, ['date,place,level', ...lines].join('\n'));
  return path;
}

const cityColumn = (csv: string) =>
  csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0]);

beforeAll(async () => {
  const data = write('places.csv', { Bruges: 200, Ghent: 20 });
  const imported = await hindcast('import', data, '--name', 'places');
  expect(imported.code, imported.stderr).toBe(0);
  const experiment = join(folder, 'experiment.json');
  const configuration = {
    name: 'places',
    dataset: { name: 'places' },
    task: { kind: 'forecast', targets: ['level'], lookback: 24, horizon: 2 },
    model: { kind: 'lstm', units: 2 },
    training: { epochs: 1 },
  };
  writeFileSync(experiment, JSON.stringify(configuration));
  const { code, stderr } = await hindcast('train', experiment);
  expect(code, stderr).toBe(0);
});

const NOTE = 'Series "Ghent" has 20 rows, and 24 are needed: no forecast for it.';

test("a short series of the run's own data is named, and the other is forecast", async () => {
  const { code, stdout, stderr } = await hindcast('forecast', '1');
  expect({ code, stderr }).toEqual({ code: 0, stderr: `note: ${NOTE}\n` });
  expect(cityColumn(stdout)).toEqual(['Bruges', 'Bruges']);
  const json = await hindcast('forecast', '1', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ rows: 2, notes: [NOTE] });
});

test('so is one of new data, and only where no series is left there is no forecast', async () => {
  const some = write('some.csv', { Bruges: 3, Ghent: 30 });
  const given = await hindcast('forecast', '1', '--input', some);
  expect(given.stderr).toContain('note: Series "Bruges" has 3 rows, and 24 are needed: no forecast for it.');
  expect(given.code).toBe(0);
  expect(cityColumn(given.stdout)).toEqual(['Ghent', 'Ghent']);
  const none = write('none.csv', { Bruges: 3, Ghent: 20 });
  const { code, stdout, stderr } = await hindcast('forecast', '1', '--input', none);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('none of the 2 series has as many rows: the longest, "Ghent", has 20');
});
