// A lock stays with its holder whatever the same process tries afterwards: POSIX gives all locks of a process on a file back as soon as
// the process closes any descriptor of it.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeFileLock, takeHostLock } from '../../../engine/store/file/host-lock.ts';
import { temporaryFolder } from '../helpers.ts';

const MODULE = join(import.meta.dirname, '../../../engine/store/file/host-lock.ts');

/** What another process gets. */
function ask(call: string): string {
  const program = `const { takeFileLock, takeHostLock } = await import(${JSON.stringify(MODULE)}); const got = ${call}; console.log(got === null || got === 'held' ? 'held' : 'taken');`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  return stdout.trim() || stderr;
}

test('a second attempt in the process that holds the lock of a file does not give it back', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'w.hindcast');
  writeFileSync(path, 'any');
  const call = `takeFileLock(${JSON.stringify(path)}, ${JSON.stringify(folder)})`;
  const lock = takeFileLock(path, folder);
  expect(ask(call)).toBe('held');
  expect(takeFileLock(path, folder)).toBe('held');
  expect(ask(call)).toBe('held');
  if (lock !== null && lock !== 'held') lock.release();
  expect(ask(call)).toBe('taken');
});

test('nor that of a name', () => {
  const path = join(temporaryFolder(), 'w.hindcast-host');
  const call = `takeHostLock(${JSON.stringify(path)})`;
  const lock = takeHostLock(path);
  expect(takeHostLock(path)).toBeNull();
  expect(ask(call)).toBe('held');
  lock?.release();
  expect(ask(call)).toBe('taken');
});
