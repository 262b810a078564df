// A workspace that this user cannot write is shown from a private copy: everything can be read, nothing changes beside the file.
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectEngine } from '../../../engine/connect/connection.ts';
import { startEngineHost } from '../../../engine/hosts/engine/engine-host.ts';
import { takeLook, whyReadOnly } from '../../../engine/hosts/engine/read-only.ts';
import { samplePath, workerEntry } from '../../../engine/hosts/node/paths.ts';
import { startNodeWorker } from '../../../engine/hosts/node/worker-process.ts';
import { folderBytes, importData, newRun, openTest } from '../../store/helpers.ts';
import { temporaryFolder } from './fixture.ts';

/** As a user without rights here; root may write everywhere. */
function asNobody<Result>(work: () => Result): Result {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

test.runIf(process.getuid)(
  'a file or a folder without permission to write is read-only; a missing file is not',
  () => {
    const folder = join(temporaryFolder(), 'theirs');
    mkdirSync(folder);
    chmodSync(join(folder, '..'), 0o755);
    onTestFinished(() => chmodSync(folder, 0o755));
    const path = join(folder, 'w.hindcast');
    openTest(path).close();
    chmodSync(path, 0o444);
    expect(asNobody(() => whyReadOnly(path))).toContain('permissions');
    chmodSync(path, 0o666);
    expect(asNobody(() => whyReadOnly(join(folder, 'none.hindcast')))).toBeNull();
    chmodSync(folder, 0o777);
    expect(asNobody(() => whyReadOnly(path))).toBeNull();
  },
);

test('runs and datasets are read, with what the log holds; changes are refused; the folder stays as it was', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'w.hindcast');
  // Open elsewhere: the newest rows are in the log alone.
  const theirs = openTest(path);
  importData(theirs, 'data');
  const run = newRun(theirs);
  theirs.metrics.declare(run, 'step', ['loss']);
  theirs.metrics.append(run, 'step', 1, 3, Float64Array.of(3, 2, 1));
  theirs.runs.update(run, { state: 'running' });
  const before = folderBytes(folder);

  const look = takeLook(path, 'a test');
  const host = await startEngineHost({
    workspacePath: look.copy,
    readOnly: look,
    version: '0.0.0',
    now: Date.now,
    log: () => {},
    startTrainer: () => startNodeWorker(workerEntry('trainer'), () => {}),
    startJobProcess: () => startNodeWorker(workerEntry('trainer'), () => {}),
    startImporter: () => startNodeWorker(workerEntry('importer'), () => {}),
    samplePath,
  });
  if (!host) throw new Error('no host');
  const { client } = connectEngine(async () => ({
    link: host.link,
    closed: new Promise(() => {}),
    close: host.close,
  }));
  expect(await client.engine.describe()).toMatchObject({
    readOnly: true,
    workspace: { path, runs: 1, datasets: 1 },
    notices: [expect.stringContaining('read-only')],
  });
  // Another host trains it: it is not swept.
  expect(await client.runs.get({ run: String(run) })).toMatchObject({ state: 'running' });
  expect(await client.datasets.list()).toHaveLength(1);
  const refused = expect.objectContaining({ message: expect.stringContaining('read-only') });
  for (const change of [
    () => client.runs.rename({ run: String(run), name: 'mine' }),
    () => client.runs.delete({ run: String(run) }),
    () => client.runs.stop({ run: String(run) }),
    () => client.datasets.delete({ dataset: 'data' }),
    () => client.workspace.set({ threads: 2 }),
    () => client.workspace.restore({ name: 'any' }),
  ])
    await expect(change()).rejects.toEqual(refused);
  await host.close();
  look.close();
  expect(folderBytes(folder)).toEqual(before);
  expect(existsSync(look.copy)).toBe(false);
  theirs.close();
  rmSync(path);
});
