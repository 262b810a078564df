import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseRunList } from '../../engine/contract/run-list.ts';
import { openWorkspace, type Workspace } from '../../engine/store/workspace.ts';
import { startCommand } from './command.ts';
import { temporaryFolder } from './engine/fixture.ts';
import { createMoments, interruptedExperiment, trace } from './exactness-fixture.ts';

const KILLS = 5;

function readBack<T>(workspacePath: string, read: (workspace: Workspace) => T): T {
  const workspace = openWorkspace(workspacePath, { create: false, now: () => 0 });
  try {
    return read(workspace);
  } finally {
    workspace.close();
  }
}

const hindcast = (workspace: string, ...args: string[]) => startCommand([...args, '--workspace', workspace]);

test(`a run whose host is killed ${KILLS} times ends with the same weights and rows as one that was left alone`, async () => {
  const folder = temporaryFolder();
  const workspacePath = join(folder, 'killed.hindcast');
  const csv = join(folder, 'waves.csv');
  const day = (row: number) => new Date(row * 86_400_000).toISOString().slice(0, 10);
  const lines = Array.from({ length: 160 }, (_, row) => `${day(row)},${Math.sin(row / 3).toFixed(6)}`);
  writeFileSync(csv, `date,level\n${lines.join('\n')}\n`);
  const experiment = join(folder, 'experiment.json');
  writeFileSync(
    experiment,
    JSON.stringify({
      ...interruptedExperiment,
      training: { ...interruptedExperiment.training, epochs: 120, earlyStopping: null },
    }),
  );

  expect((await hindcast(workspacePath, 'import', csv, '--name', 'waves').ended).code).toBe(0);
  const calm = await hindcast(workspacePath, 'train', experiment, '--name', 'calm').ended;
  expect(calm).toMatchObject({ code: 0 });
  const expected = readBack(workspacePath, (workspace) => trace(workspace, workspace.runs.resolve('calm')));

  const seed = Date.now() % 1_000_000;
  const moment = createMoments(seed);
  let command = ['train', experiment, '--name', 'killed'];
  let kills = 0;
  for (; kills < KILLS; kills++) {
    const { child, ended } = hindcast(workspacePath, ...command);
    const timer = setTimeout(() => child.kill('SIGKILL'), 700 + moment(900));
    const { signal, code, stderr } = await ended;
    clearTimeout(timer);
    if (signal !== 'SIGKILL') {
      expect({ code, stderr }).toMatchObject({ code: 0 });
      break;
    }
    // Where it was killed before the run was made, there is nothing to resume yet.
    if (readBack(workspacePath, (workspace) => parseRunList(workspace.runs.listText())).length > 1) {
      command = ['resume', 'killed'];
    }
  }
  expect(kills).toBeGreaterThan(1);
  await hindcast(workspacePath, ...command).ended;
  expect(
    readBack(workspacePath, (workspace) => workspace.runs.detail(workspace.runs.resolve('killed')).attempts),
  ).toBeGreaterThan(2);
  expect(
    readBack(workspacePath, (workspace) => trace(workspace, workspace.runs.resolve('killed'))),
    `moments of seed ${seed}`,
  ).toEqual(expected);
}, 180_000);
