// Where Electron's program is found, and the sentence if it cannot be found.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findElectron } from '../../../engine/hosts/start/find-electron.ts';

let folder: string;
let notes: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindcast-electron-'));
  notes = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const find = (environment: Record<string, string>, packageFolder: string | null = folder) =>
  findElectron({ platform: 'linux', environment, packageFolder, note: (line) => notes.push(line) });

function put(path: string): string {
  mkdirSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'dist', path), '');
  chmodSync(join(folder, 'dist', path), 0o755);
  return join(folder, 'dist', path);
}

it('is not looked for where there is no display', async () => {
  put('electron');
  expect(await find({})).toEqual({ path: null, reason: 'There is no display for a window.' });
});

it('is the one of ELECTRON_OVERRIDE_DIST_PATH before any other', async () => {
  const program = put('electron');
  const environment = { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'dist') };
  expect(await find(environment, null)).toEqual({ path: program, reason: null });
  expect(await find({ ...environment, ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' })).toEqual({
    path: null,
    reason: 'There is no Electron in /nowhere.',
  });
});

it('is the one that was downloaded, without a download', async () => {
  const program = put('electron');
  writeFileSync(join(folder, 'path.txt'), 'electron');
  expect(await find({ WAYLAND_DISPLAY: 'wayland-0' })).toEqual({ path: program, reason: null });
  expect(notes).toEqual([]);
});

it('is downloaded by the package where it is missing', async () => {
  const program = join(folder, 'dist', 'electron');
  writeFileSync(
    join(folder, 'install.js'),
    `const fs = require('fs'); fs.mkdirSync(${JSON.stringify(join(folder, 'dist'))});
     fs.writeFileSync(${JSON.stringify(program)}, ''); fs.writeFileSync(${JSON.stringify(join(folder, 'path.txt'))}, 'electron');`,
  );
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
  expect(await find({ DISPLAY: ':0' })).toEqual({ path: program, reason: null });
  expect(notes).toEqual(['Downloading Electron (about 110 MB, once)…']);
});

it('says in one sentence why it cannot be downloaded', async () => {
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
  writeFileSync(
    join(folder, 'install.js'),
    `console.error('RequestError: getaddrinfo ENOTFOUND example.invalid\\n    at somewhere'); process.exit(1);`,
  );
  expect(await find({ DISPLAY: ':0' })).toEqual({
    path: null,
    reason: 'Electron could not be downloaded (getaddrinfo ENOTFOUND example.invalid).',
  });
  expect(await find({ DISPLAY: ':0' }, null)).toMatchObject({
    reason: "Electron's package is not installed.",
  });
});
