// The packaged application: it starts from its own folder, and its engine imports and answers.
import { execFile, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { connectEngine } from '../../engine/connect/connection.ts';
import { attach } from '../workbench/attach.ts';
import { expect, test } from '../workbench/fixture.ts';
import { desktopProgram, rootSwitches } from '../workbench/programs.ts';

const ROOT = join(import.meta.dirname, '..', '..');

test('the packaged application starts and works', async () => {
  test.setTimeout(240_000);
  const electron = desktopProgram();
  test.skip(electron.path === undefined, electron.missing);
  test.skip(process.platform !== 'linux', 'the packaged folder is laid out differently on other systems');
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-packaged-'));
  const dist = dirname(electron.path as string);
  const version = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  const builder = [
    join(ROOT, 'node_modules', 'electron-builder', 'cli.js'),
    '--dir',
    `--config.directories.output=${folder}`,
    `--config.electronDist=${dist}`,
    `--config.electronVersion=${version}`,
  ];
  await promisify(execFile)(process.execPath, builder, { cwd: ROOT, maxBuffer: 1e7 });
  const workspacePath = join(folder, 'study.hindcast');
  const app = spawn(
    join(folder, 'linux-unpacked', 'hindcast-workbench'),
    [
      ...rootSwitches(),
      '--disable-gpu',
      `--user-data-dir=${join(folder, 'settings')}`,
      `--workspace=${workspacePath}`,
    ],
    {
      stdio: 'ignore',
      // For an Electron whose own Node is too old for the store.
      env: { ...process.env, HINDCAST_NODE: join(ROOT, 'node_modules', 'node', 'bin', 'node') },
    },
  );
  const ended = new Promise((resolve) => app.once('exit', resolve));
  const engine = connectEngine(() => attach(workspacePath));
  try {
    const sample = { kind: 'sample', name: 'seattle-weather.csv' } as const;
    for await (const _ of await engine.client.datasets.import({ source: sample }));
    // Decoders of recordings are files of packages, which the archive of the application has to hold.
    for (const [label, ...names] of [
      ['high', 'one.mp3', 'one.flac'],
      ['low', 'one.ogg', 'one.opus'],
    ] as const) {
      mkdirSync(join(folder, 'sounds', label), { recursive: true });
      for (const name of names)
        copyFileSync(join(ROOT, 'tests', 'golden', 'recordings', name), join(folder, 'sounds', label, name));
    }
    const sounds = { kind: 'file', path: join(folder, 'sounds') } as const;
    for await (const _ of await engine.client.datasets.import({ source: sounds }));
    expect((await engine.client.datasets.list()).map(({ name, rows }) => ({ name, rows }))).toEqual(
      expect.arrayContaining([
        { name: 'seattle-weather', rows: 1461 },
        { name: 'sounds', rows: 4 },
      ]),
    );
  } finally {
    await engine.close();
    app.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
