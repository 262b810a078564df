// What ships has its licence with it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageNotice } from '../../../licences/package-notice.ts';
import { shippedPackages } from '../../../licences/shipped-packages.ts';
import { startCommand } from '../command.ts';

const root = join(import.meta.dirname, '..', '..', '..');

test('every package that ships is named with its licence, fonts and sample data among them', async () => {
  const { stdout, code } = await startCommand(['licences']).ended;
  expect(code).toBe(0);
  expect(stdout).toContain('MIT License');
  for (const name of [
    'react',
    'ws',
    'zod',
    'better-sqlite3',
    '@duckdb/node-api',
    'vega-datasets',
    'minimp3-wasm',
    'ogv',
    '@fontsource-variable/inter',
    '@duckdb/node-bindings',
    'd3-dsv',
    'assemblyscript',
  ])
    expect(stdout, name).toMatch(new RegExp(`^${name} \\d`, 'm'));
  expect(stdout).toContain('SIL OPEN FONT LICENSE');
  // Of the library inside the decoder of Ogg files.
  expect(stdout).toMatch(/Xiph\.org Foundation/i);
  expect(stdout).toMatch(/^seattle-weather\.csv\nSource: .*\nLicence: /m);
  // No package is named without a text.
  expect(stdout).not.toContain('spdx.org');
  const packaged = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
  expect(packaged).toContain('- LICENSE');
  expect(packaged).toContain('- out/**');
});

function packageWith(manifest: object, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-licences-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files }))
    writeFileSync(join(folder, name), text);
  return folder;
}
const PACKAGE = { name: 'toy', version: '1.0.0', author: 'A. Author' };

test('a package without a licence file gets the text of the licence that it names', () => {
  const notice = packageNotice(packageWith({ ...PACKAGE, license: '(Apache-2.0 AND MIT)' }));
  expect(notice).toContain('toy 1.0.0 ((Apache-2.0 AND MIT))');
  expect(notice).toContain('Copyright (c) A. Author');
  expect(notice).toContain('Version 2.0, January 2004');
  expect(notice).toContain('Permission is hereby granted');
  const own = packageNotice(packageWith({ ...PACKAGE, license: 'MIT' }, { 'LICENCE.md': 'Ask A. Author.' }));
  expect(own).toBe('toy 1.0.0 (MIT)\n\nAsk A. Author.');
});

test.each([
  ['names no licence', PACKAGE, /ships with Hindcast and names no licence/],
  ['names one without text', { ...PACKAGE, license: 'WTFPL' }, /add licences\/texts\/WTFPL.txt/],
  ['is unlicensed', { ...PACKAGE, license: 'UNLICENSED' }, /UNLICENSED without its text/],
])('the build fails where a package that ships %s', (_name, manifest, message) => {
  expect(() => packageNotice(packageWith(manifest))).toThrow(message);
  expect(() => packageNotice(packageWith(manifest, { LICENSE: ' ' }))).toThrow(message);
});

test('what a package needs ships with it, the nearest copy first', () => {
  const root = packageWith({ name: 'root' });
  const install = (folder: string, manifest: object) => {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, 'package.json'), JSON.stringify(manifest));
  };
  mkdirSync(join(root, 'out'));
  const sources = ['../node_modules/bundled/index.js', '../engine/x.ts'];
  writeFileSync(join(root, 'out', 'a.js.map'), JSON.stringify({ sources }));
  install('node_modules/bundled', {});
  install('node_modules/unused', {});
  install('node_modules/better-sqlite3', {
    dependencies: { inner: '1' },
    optionalDependencies: { gone: '1' },
  });
  install('node_modules/inner', {});
  install('node_modules/better-sqlite3/node_modules/inner', {});
  expect(shippedPackages(root)).toEqual([
    'node_modules/better-sqlite3',
    'node_modules/better-sqlite3/node_modules/inner',
    'node_modules/bundled',
  ]);
});
