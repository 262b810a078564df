// A copy of the workspace, fetched by a client.
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { createBackups } from '../../engine/services/backups.ts';
import { copyWorkspace } from '../../engine/services/copy-workspace.ts';
import { openTest, temporaryFolder } from '../store/helpers.ts';
import { createTestEngine, runJobHere, type TestEngine } from './fixture.ts';

/** The host's thread copies nothing: it would wait for the disk. */
function engineWithWorkers(): TestEngine {
  const engine = createTestEngine();
  const { copyTo } = engine.workspace;
  engine.workspace.copyTo = async () => {
    throw new Error('copied on the thread of the host');
  };
  onTestFinished(() => {
    engine.workspace.copyTo = copyTo;
  });
  return { ...engine, runJob: runJobHere };
}

const copies = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`hindcast-backup-${process.pid}-`));

test('comes in pieces, each as small as asked, that are a whole workspace; ended, it is gone', async () => {
  const engine = engineWithWorkers();
  const backups = createBackups(engine, { pieceBytes: 50_000 });
  const { id, name, bytes } = await backups.begin();
  expect(name).toBe('test 2023-11-14.hindcast');
  expect(copies()).toHaveLength(1);
  const pieces: Blob[] = [];
  for (let from = 0; from < bytes; from += pieces.at(-1)!.size) {
    pieces.push(await backups.piece(id, from));
    expect(pieces.at(-1)!.size).toBeLessThanOrEqual(50_000);
    expect(pieces.at(-1)!.size).toBeGreaterThan(0);
  }
  expect(pieces.length).toBeGreaterThan(2);
  expect((await backups.piece(id, bytes)).size).toBe(0);
  expect((await backups.piece(id, bytes + 7)).size).toBe(0);
  const path = join(temporaryFolder(), 'copy.hindcast');
  writeFileSync(path, Buffer.from(await new Blob(pieces).arrayBuffer()));
  const copy = openTest(path, { create: false });
  expect(copy.datasets.list()).toEqual(engine.workspace.datasets.list());
  copy.checkIntegrity();
  copy.close();

  await backups.end(id);
  await backups.end(id);
  expect(copies()).toEqual([]);
  await expect(backups.piece(id, 0)).rejects.toMatchObject({ code: 'not-found' });
});

test('a copy that is no longer fetched goes by itself', async () => {
  const engine = engineWithWorkers();
  const backups = createBackups(engine, { idleMs: 5 });
  const { id } = await backups.begin();
  await expect.poll(() => copies()).toEqual([]);
  await expect(backups.piece(id, 0)).rejects.toMatchObject({ code: 'not-found' });
});

test('a copy that cannot be made leaves no folder', async () => {
  const engine = createTestEngine();
  const runJob = async () => {
    throw new HindcastError('disk-full', 'The disk is full.');
  };
  await expect(createBackups({ ...engine, runJob }).begin()).rejects.toMatchObject({ code: 'disk-full' });
  expect(copies()).toEqual([]);
  expect(existsSync(engine.workspace.path)).toBe(true);
});

test('a workspace in whose place another file was put is saved as it is open', async () => {
  const engine = { ...createTestEngine(), runJob: runJobHere };
  const { workspace } = engine;
  const path = join(temporaryFolder(), 'saved.hindcast');
  renameSync(workspace.path, `${workspace.path}.moved`);
  openTest(workspace.path, { create: true }).close();
  await copyWorkspace(workspace, engine.runJob, path);
  expect(openTest(path, { create: false }).datasets.list()).toHaveLength(1);
});

test('copies that were not fetched to their end go with the engine', async () => {
  const backups = createBackups(engineWithWorkers());
  const { id } = await backups.begin();
  await backups.begin();
  expect(copies()).toHaveLength(2);
  await backups.close();
  expect(copies()).toEqual([]);
  await expect(backups.piece(id, 0)).rejects.toMatchObject({ code: 'not-found' });
});
