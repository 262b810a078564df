import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
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

/** Only reads: opening a workspace would sweep what its host is about. Undefined where the run is not made yet. */
function stepOf(workspacePath: string, name: string): number | undefined {
  const database = new Database(workspacePath, { readonly: true });
  try {
    return database.prepare('SELECT step FROM run WHERE name = ?').pluck().get(name) as number | undefined;
  } finally {
    database.close();
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
      training: { ...interruptedExperiment.training, epochs: 300, earlyStopping: null },
    }),
  );

  expect((await hindcast(workspacePath, 'import', csv, '--name', 'waves').ended).code).toBe(0);
  const calm = await hindcast(workspacePath, 'train', experiment, '--name', 'calm').ended;
  expect(calm).toMatchObject({ code: 0 });
  const expected = readBack(workspacePath, (workspace) => trace(workspace, workspace.runs.resolve('calm')));

  const totalSteps = stepOf(workspacePath, 'calm') ?? 0;

  const seed = Date.now() % 1_000_000;
  const moment = createMoments(seed);
  let command = ['train', experiment, '--name', 'killed'];
  for (let kill = 0; kill < KILLS; kill++) {
    const { child, ended } = hindcast(workspacePath, ...command);
    let over = false;
    ended.then(() => {
      over = true;
    });
    // By turns while it trains, in its own stretch of the run, and while it starts, be the machine fast or slow.
    if (kill % 2 === 0) {
      // All in the first half: what is left takes longer than the moment between looking and killing.
      const step = (totalSteps * (kill + moment(1))) / (2 * KILLS);
      await expect
        .poll(() => over || (stepOf(workspacePath, 'killed') ?? 0) > step, { interval: 5 })
        .toBe(true);
      await delay(moment(20));
    } else {
      await delay(moment(600));
    }
    child.kill('SIGKILL');
    const { signal, stderr } = await ended;
    expect(signal, `${command[0]}: ${stderr}; moments of seed ${seed}`).toBe('SIGKILL');
    // Where it was killed before the run was made, there is nothing to resume yet.
    if (stepOf(workspacePath, 'killed') !== undefined) command = ['resume', 'killed'];
  }
  expect(await hindcast(workspacePath, ...command).ended).toMatchObject({ code: 0 });
  expect(
    readBack(workspacePath, (workspace) => workspace.runs.detail(workspace.runs.resolve('killed')).attempts),
  ).toBeGreaterThan(2);
  expect(
    readBack(workspacePath, (workspace) => trace(workspace, workspace.runs.resolve('killed'))),
    `moments of seed ${seed}`,
  ).toEqual(expected);
});
