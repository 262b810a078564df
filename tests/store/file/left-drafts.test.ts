import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sweepDrafts } from '../../../engine/store/file/left-drafts.ts';
import { temporaryFolder } from '../helpers.ts';

test('half-made files of killed processes go; those of this process, of other workspaces and whole ones stay', () => {
  const folder = temporaryFolder();
  const dead = [
    'w.hindcast.new-12',
    'w.hindcast.new-12-wal',
    'w.hindcast.before-migration-4-2.new-13',
    'w.hindcast.before-repair.new-12',
    'w.hindcast.repaired.new-12-wal',
    'w.hindcast-host.json.14',
  ];
  const kept = [
    'w.hindcast',
    'w.hindcast.before-migration-4',
    'w.hindcast.new-99',
    'w2.hindcast.new-12',
    'w.hindcast-wal.aside',
    'w.hindcast.new-12.txt',
  ];
  for (const name of [...dead, ...kept]) writeFileSync(join(folder, name), '');
  expect(sweepDrafts(join(folder, 'w.hindcast'), 99).sort()).toEqual(dead.sort());
  expect(readdirSync(folder).sort()).toEqual(kept.sort());
});
