// The workspace as a file, by the built commands: a backup is made, restored over what a killed host left, and checked.
import { appendFileSync, copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { openWorkspace } from '../../engine/store/workspace.ts';
import { newRun } from '../store/content.ts';
import { runCommand } from './command.ts';
import { temporaryFolder } from './engine/fixture.ts';

test('backup, a crash, restore: the backup is what it was, and nothing is deleted', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'w.hindcast');
  const hindcast = (...args: string[]) => runCommand([...args, '--workspace', path]);
  const first = openWorkspace(path, { create: true, now: Date.now });
  newRun(first);
  first.close();
  const copy = join(folder, 'copy.hindcast');
  expect(await hindcast('backup', '--to', copy)).toMatchObject({ code: 0 });
  expect((await hindcast('backup', '--to', copy)).stderr).toContain('is there already');

  // What a killed host leaves: file and log, copied while they are in use.
  const host = openWorkspace(path, { create: false, now: Date.now });
  onTestFinished(() => host.close());
  newRun(host);
  const crashed = join(folder, 'crashed.hindcast');
  for (const ending of ['', '-wal']) copyFileSync(path + ending, crashed + ending);
  const onCrashed = (...args: string[]) => runCommand([...args, '--workspace', crashed]);
  expect(await onCrashed('restore', copy)).toMatchObject({ code: 0 });
  expect(existsSync(`${crashed}.before-restore`)).toBe(true);
  expect(existsSync(`${crashed}-wal.aside`)).toBe(true);
  expect(JSON.parse((await onCrashed('runs', '--json')).stdout)).toHaveLength(1);
  expect(await onCrashed('check')).toMatchObject({ code: 0 });

  appendFileSync(join(folder, 'letter'), 'Dear Sir');
  expect((await onCrashed('restore', join(folder, 'letter'))).code).toBe(1);
  expect(await onCrashed('check')).toMatchObject({ code: 0 });
});

test('check finds a damaged row, --repair repairs it after a copy, and the next check is sound', async () => {
  const path = join(temporaryFolder(), 'w.hindcast');
  const workspace = openWorkspace(path, { create: true, now: Date.now });
  const run = newRun(workspace);
  workspace.metrics.declare(run, 'step', ['a']);
  workspace.metrics.append(run, 'step', 1, 3, Float64Array.of(1, 2, 3));
  workspace.close();
  const file = new Database(path);
  file.exec('UPDATE run_step_metric SET metric_values = zeroblob(12) WHERE step = 2');
  file.close();
  const hindcast = (...args: string[]) => runCommand([...args, '--workspace', path]);
  expect(await hindcast('check')).toMatchObject({ code: 1, stdout: expect.stringContaining('at step 2') });
  expect(existsSync(`${path}.before-repair`)).toBe(false);
  const repaired = await hindcast('check', '--repair');
  expect(repaired).toMatchObject({ code: 0, stdout: expect.stringContaining('The workspace is sound') });
  expect(repaired.stderr).toContain('The repair, after a copy of the workspace was made beside it:');
  expect(existsSync(`${path}.before-repair`)).toBe(true);
  expect(await hindcast('check')).toMatchObject({ code: 0 });
});

test('four imports at once, then six lists at once, all succeed', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'w.hindcast');
  const csv = (index: number) => {
    const file = join(folder, `data-${index}.csv`);
    const lines = Array.from(
      { length: 300 },
      (_, row) => `${new Date(row * 86_400_000).toISOString()},${row * index}`,
    );
    writeFileSync(file, `date,level\n${lines.join('\n')}\n`);
    return file;
  };
  const imports = [1, 2, 3, 4].map((index) => runCommand(['import', csv(index), '--workspace', path]));
  expect(
    (await Promise.all(imports)).map(({ code, stderr }) => [code, stderr.includes('went away')]),
  ).toEqual(imports.map(() => [0, false]));
  const listed = await runCommand(['datasets', '--json', '--workspace', path]);
  expect(JSON.parse(listed.stdout)).toHaveLength(4);
  const looks = Array.from({ length: 6 }, () => runCommand(['runs', '--workspace', path]));
  expect((await Promise.all(looks)).map(({ code }) => code)).toEqual(looks.map(() => 0));
});
