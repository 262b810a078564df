// `hindcast delete-dataset` as a user runs it: refused while a run uses the dataset, then deleted together with it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from './command.ts';
import { temporaryFolder } from './engine/fixture.ts';

const rows = Array.from({ length: 28 }, (_, day) => `2020-01-${String(day + 1).padStart(2, '0')},${day}`);
const experiment = {
  name: 'short',
  dataset: { name: 'days' },
  task: { kind: 'forecast', targets: ['level'], lookback: 3, horizon: 1 },
  model: { kind: 'lstm', units: 2 },
  training: { epochs: 1 },
};

test('a dataset and the run that uses it', async () => {
  const folder = temporaryFolder();
  const hindcast = (...args: string[]) =>
    runCommand([...args, '--workspace', join(folder, 'deleting.hindcast')]);
  const csv = join(folder, 'days.csv');
  writeFileSync(csv, ['date,level', ...rows].join('\n'));
  writeFileSync(join(folder, 'short.json'), JSON.stringify(experiment));
  expect((await hindcast('import', csv)).code).toBe(0);
  expect((await hindcast('train', join(folder, 'short.json'))).code).toBe(0);

  expect(await hindcast('delete-dataset', 'days')).toMatchObject({ code: 2, stdout: '' });
  expect(await hindcast('delete-dataset', 'days', '--yes')).toMatchObject({
    code: 1,
    stdout: '',
    stderr:
      'hindcast: Dataset "days" is used by 1 run (1); delete these first, or ask for them to go with it. --with-runs deletes them too.\n',
  });
  expect(JSON.parse((await hindcast('runs', '--json')).stdout)).toHaveLength(1);

  const gone = await hindcast('delete-dataset', 'days', '--yes', '--with-runs', '--json');
  expect(gone.code, gone.stderr).toBe(0);
  expect(JSON.parse(gone.stdout)).toEqual({ deleted: true, dataset: 1, runs: [1] });
  expect((await hindcast('datasets', '--json')).stdout).toBe('[]\n');
  expect((await hindcast('runs', '--json')).stdout).toBe('[]\n');
});
