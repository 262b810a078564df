// What ships has its licence with it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
    '@fontsource-variable/inter',
  ])
    expect(stdout, name).toMatch(new RegExp(`^${name} \\d`, 'm'));
  expect(stdout).toContain('SIL OPEN FONT LICENSE');
  const packaged = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
  expect(packaged).toContain('- LICENSE');
  expect(packaged).toContain('- out/**');
});
