import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ErrorCode } from '../../engine/contract/values/errors.ts';
import { findMigrationsFolder } from '../../engine/store/file/migrations.ts';
import { errorOf, folderBytes, newRun, openTest, temporaryFolder } from './helpers.ts';

/** Opening must fail with that code and leave every byte of the folder. */
function expectRefusal(path: string, folder: string, code: ErrorCode, words: string): void {
  const before = folderBytes(folder);
  const times = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  const error = errorOf(() => openTest(path, { create: false }));
  expect(error.code).toBe(code);
  expect(error.message).toContain(words);
  expect(error.message).toContain(path);
  expect(folderBytes(folder)).toEqual(before);
  expect(statSync(path, { throwIfNoEntry: false })?.mtimeMs).toBe(times);
}

/** A closed workspace with a few rows. */
function healthy(): { folder: string; path: string } {
  const folder = temporaryFolder();
  const path = join(folder, 'w %20?#.hindcast');
  const workspace = openTest(path);
  newRun(workspace);
  workspace.close();
  return { folder, path };
}

/** A workspace as a killed host leaves it: with rows that are in the log only. */
function crashed(): { folder: string; path: string } {
  const live = join(temporaryFolder(), 'live.hindcast');
  const workspace = openTest(live);
  onTestFinished(() => workspace.close());
  newRun(workspace);
  const folder = temporaryFolder();
  const path = join(folder, 'w.hindcast');
  cpSync(live, path);
  cpSync(`${live}-wal`, `${path}-wal`);
  return { folder, path };
}

function overwrite(path: string, at: number, bytes: Uint8Array): void {
  const content = readFileSync(path);
  content.set(bytes, at);
  writeFileSync(path, content);
}

describe('not there, or not a workspace', () => {
  test('a missing file is not made without `create`', () => {
    const folder = temporaryFolder();
    expectRefusal(join(folder, 'none.hindcast'), folder, 'file-missing', 'make a new one');
  });

  test('a missing folder is not made', () => {
    const folder = temporaryFolder();
    const error = errorOf(() => openTest(join(folder, 'no', 'w.hindcast')));
    expect(error.code).toBe('file-missing');
    expect(existsSync(join(folder, 'no'))).toBe(false);
  });

  test.each([
    ['an empty file', '', 'empty'],
    ['a text file', 'date,close\n2020-01-01,1\n', 'no SQLite file'],
    ['a short file', 'SQLite format 3\0', 'cut off'],
  ])('%s', (_what, content, words) => {
    const folder = temporaryFolder();
    const path = join(folder, 'w.hindcast');
    writeFileSync(path, content);
    expectRefusal(
      path,
      folder,
      content.startsWith('SQLite') ? 'workspace-damaged' : 'workspace-not-ours',
      words,
    );
  });

  test('a folder', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'w.hindcast');
    mkdirSync(path);
    expectRefusal(path, folder, 'workspace-not-ours', 'not a regular file');
  });

  test('the SQLite file of another program', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'w.hindcast');
    const other = new Database(path);
    other.pragma('journal_mode = WAL');
    other.exec('CREATE TABLE run (id INTEGER)');
    other.close();
    expectRefusal(path, folder, 'workspace-not-ours', 'another program');
  });
});

describe('from a newer Hindcast', () => {
  const raise = (path: string): Database.Database => {
    const database = new Database(path);
    database.pragma('wal_autocheckpoint = 0');
    database.exec("INSERT INTO migration VALUES (99, 'later', 'ab', 1); PRAGMA user_version = 99");
    return database;
  };

  test('closed properly', () => {
    const { folder, path } = healthy();
    raise(path).close();
    expectRefusal(path, folder, 'workspace-newer', 'schema 99');
  });

  test('killed, so that only the log says so', () => {
    const { path } = healthy();
    const database = raise(path);
    onTestFinished(() => {
      database.close();
    });
    const folder = temporaryFolder();
    const copy = join(folder, 'w.hindcast');
    cpSync(path, copy);
    cpSync(`${path}-wal`, `${copy}-wal`);
    expect(readFileSync(copy).readUInt32BE(60)).toBeLessThan(99);
    expectRefusal(copy, folder, 'workspace-newer', 'schema 99');
  });
});

describe('damaged', () => {
  test.each([
    ['its first bytes', 0, new Uint8Array(16).fill(0xaa)],
    ['its whole first page', 0, new Uint8Array(16384)],
    ['its schema', 100, new Uint8Array(400).fill(0x5a)],
    ['a table', 16384 * 3, new Uint8Array(16384).fill(0x11)],
  ])('%s', (_what, at, bytes) => {
    const { folder, path } = healthy();
    overwrite(path, at, bytes);
    expectRefusal(path, folder, 'workspace-damaged', 'it was left as it is');
  });

  test('cut off', () => {
    const { folder, path } = healthy();
    truncateSync(path, statSync(path).size - 16384);
    expectRefusal(path, folder, 'workspace-damaged', 'left as it is');
  });

  test('with a log beside it', () => {
    const { folder, path } = crashed();
    overwrite(path, 16384 * 3, new Uint8Array(16384 * 10).fill(0x11));
    expectRefusal(path, folder, 'workspace-damaged', 'left as it is');
  });

  test('a crashed workspace that is well opens with the rows of its log', () => {
    const { path } = crashed();
    const workspace = openTest(path, { create: false });
    expect(workspace.info().runs).toBe(1);
    workspace.close();
  });
});

/** Why no real read-only folder can be made here; empty where it can. */
function mountFailure(folder: string): string {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { encoding: 'utf8' });
  if (mounted.error) return mounted.error.message;
  if (mounted.status !== 0) return mounted.stderr.trim();
  onTestFinished(() => {
    spawnSync('umount', ['-l', folder]);
  });
  return '';
}

describe('read-only', () => {
  test('a file system that is mounted read-only', ({ skip }) => {
    const folder = temporaryFolder();
    const failure = mountFailure(folder);
    skip(failure !== '', `mount: ${failure}`);
    const path = join(folder, 'w.hindcast');
    openTest(path).close();
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    expectRefusal(path, folder, 'workspace-read-only', 'a read-only file system');
    const error = errorOf(() => openTest(join(folder, 'new.hindcast')));
    expect(error.code).toBe('workspace-read-only');
  });

  test('a file that may not be changed', ({ skip }) => {
    const { folder, path } = healthy();
    const changed = spawnSync('chattr', ['+i', path], { encoding: 'utf8' });
    skip(changed.status !== 0, `chattr: ${changed.error?.message ?? changed.stderr.trim()}`);
    onTestFinished(() => {
      spawnSync('chattr', ['-i', path]);
    });
    expectRefusal(path, folder, 'workspace-read-only', 'the file: its permissions');
  });

  test.each([
    ['file', 0o755, 0o444],
    ['folder', 0o555, 0o644],
  ])('a %s without the right to write', (what, folderMode, fileMode) => {
    const { folder, path } = healthy();
    const isRoot = process.getuid?.() === 0;
    // Root may write everywhere: as root the attempt is made by a child process of the user nobody.
    if (isRoot) for (const one of [folder, path]) chownSync(one, 65534, 65534);
    chmodSync(path, fileMode);
    chmodSync(folder, folderMode);
    onTestFinished(() => chmodSync(folder, 0o755));
    const before = folderBytes(folder);
    const drop = isRoot ? 'process.setgid(65534); process.setuid(65534);' : '';
    const script = `
      const { openWorkspace } = await import(${JSON.stringify(join(import.meta.dirname, '../../engine/store/workspace.ts'))});
      // The driver loads its native part at the first use, which nobody may not be allowed to read.
      openWorkspace(${JSON.stringify(join(temporaryFolder(), 'warm.hindcast'))}, { create: true, now: () => 0 }).close();
      ${drop}
      try { openWorkspace(${JSON.stringify(path)}, { create: false, now: () => 0, migrationsFolder: ${JSON.stringify(readableMigrations())} }).close(); }
      catch (error) { process.stdout.write(error.code + ' ' + error.message); }`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(output).toMatch(/^workspace-read-only /);
    expect(output).toContain(what === 'file' ? 'the file: its permissions' : 'its folder: its permissions');
    expect(folderBytes(folder)).toEqual(before);
  });
});

/** A copy of the migrations that every user can read. */
function readableMigrations(): string {
  const folder = join(temporaryFolder(), 'migrations');
  cpSync(findMigrationsFolder(), folder, { recursive: true });
  chmodSync(join(folder, '..'), 0o755);
  return folder;
}

describe('creating', () => {
  test('nothing half-made stays where the disk is full', ({ skip }) => {
    const folder = temporaryFolder();
    const failure = mountFailure(folder);
    skip(failure !== '', `mount: ${failure}`);
    writeFileSync(join(folder, 'ballast'), new Uint8Array(8 * 2 ** 20 - 65536));
    const before = folderBytes(folder);
    const error = errorOf(() => openTest(join(folder, 'w.hindcast')));
    expect(error.code).toBe('disk-full');
    expect(folderBytes(folder)).toEqual(before);
  });

  test('an identity of its own, kept by opening it again', () => {
    const folder = temporaryFolder();
    const first = openTest(join(folder, 'a.hindcast'));
    const second = openTest(join(folder, 'b.hindcast'));
    const id = first.id;
    expect(id).not.toBe(second.id);
    first.close();
    second.close();
    const again = openTest(join(folder, 'a.hindcast'), { create: false });
    expect(again.id).toBe(id);
    again.close();
  });
});
