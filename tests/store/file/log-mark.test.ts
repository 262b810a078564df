// A log that a crash left is replayed into its own file and into no other.
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { keepScores } from '../../../engine/services/runs/standing.ts';
import { rowChecksum } from '../../../engine/store/checks/row-sum.ts';
import type { Workspace } from '../../../engine/store/workspace.ts';
import { errorOf, newRun, openTest, temporaryFolder } from '../helpers.ts';

const FILES = ['', '-wal', '-shm'];

/** As `kill -9` leaves the files: copied while they are open, so that the test need not kill anything. */
function crash(workspace: Workspace, to: string): void {
  for (const ending of FILES) {
    const from = workspace.path + ending;
    if (existsSync(from)) copyFileSync(from, to + ending);
  }
}

function opened(path: string): Workspace {
  const workspace = openTest(path);
  onTestFinished(() => workspace.close());
  return workspace;
}

const metricNames = ['a', 'b'];

/** Rows enough for some checkpoints. */
function write(workspace: Workspace, rows: number): void {
  const run = newRun(workspace);
  workspace.metrics.declare(run, 'step', metricNames);
  workspace.metrics.append(run, 'step', 1, rows, new Float64Array(rows * 2).fill(rows));
}

/** A workspace with runs, closed; its copy; and the files of a host that wrote on and was killed. */
function restored({ big, put }: { readonly big: boolean; readonly put: 'copied' | 'moved' }): string {
  const folder = temporaryFolder();
  const live = join(folder, 'live.hindcast');
  const first = openTest(live);
  write(first, big ? 900_000 : 100);
  first.close();
  const backup = join(folder, 'backup');
  copyFileSync(live, backup);
  const host = openTest(live);
  onTestFinished(() => host.close());
  for (let round = 0; round < 3; round++) write(host, 60_000);
  // Something that no checkpoint has moved into the file.
  newRun(host);
  const path = join(folder, 'w.hindcast');
  crash(host, path);
  if (put === 'copied') copyFileSync(backup, path);
  else renameSync(backup, path);
  return path;
}

describe('a backup that is put back over a workspace whose host was killed', () => {
  test.each([
    { big: false, put: 'copied' as const },
    { big: false, put: 'moved' as const },
    { big: true, put: 'copied' as const },
  ])(
    'is what it was, and the log is set aside ($put, beyond the size that is always checked: $big)',
    ({ big, put }) => {
      const path = restored({ big, put });
      const workspace = opened(path);
      expect(workspace.info().runs).toBe(1);
      workspace.checkIntegrity();
      expect(workspace.notices).toEqual([expect.stringContaining('w.hindcast-wal.aside')]);
      expect(existsSync(`${path}-wal.aside`)).toBe(true);
    },
  );

  test('one that was copied while the workspace was open is sound, too', () => {
    const folder = temporaryFolder();
    const host = opened(join(folder, 'live.hindcast'));
    const path = join(folder, 'w.hindcast');
    for (let round = 0; round < 8; round++) {
      write(host, 30_000);
      newRun(host);
      copyFileSync(host.path, join(folder, `backup-${round}`));
    }
    for (let round = 0; round < 8; round++) {
      crash(host, path);
      copyFileSync(join(folder, `backup-${round}`), path);
      const workspace = openTest(path);
      workspace.checkIntegrity();
      workspace.close();
    }
  });
});

describe('the log of a host that was killed', () => {
  test('is replayed, also after whole checkpoints', () => {
    const folder = temporaryFolder();
    const host = opened(join(folder, 'live.hindcast'));
    for (let round = 1; round <= 5; round++) {
      write(host, 20_000);
      const path = join(folder, `crash-${round}.hindcast`);
      crash(host, path);
      const workspace = openTest(path);
      expect(workspace.notices).toEqual([]);
      expect(workspace.info().runs).toBe(round);
      workspace.close();
    }
  });

  test('is replayed where the folder was copied elsewhere and opened under another name', () => {
    const host = opened(join(temporaryFolder(), 'live.hindcast'));
    write(host, 20_000);
    const folder = join(temporaryFolder(), 'elsewhere');
    mkdirSync(folder);
    crash(host, join(folder, 'other.hindcast'));
    expect(opened(join(folder, 'other.hindcast')).info().runs).toBe(1);
  });

  test('does not get into a new workspace of the same name', () => {
    const folder = temporaryFolder();
    const host = opened(join(folder, 'live.hindcast'));
    write(host, 20_000);
    const path = join(folder, 'w.hindcast');
    crash(host, path);
    rmSync(path);
    const workspace = opened(path);
    expect(workspace.info().runs).toBe(0);
    workspace.checkIntegrity();
    expect(workspace.notices).toEqual([expect.stringContaining('w.hindcast-wal.aside')]);
  });

  test('of another workspace is set aside', () => {
    const folder = temporaryFolder();
    const host = opened(join(folder, 'live.hindcast'));
    write(host, 100);
    const stranger = join(folder, 'stranger.hindcast');
    crash(host, stranger);
    const path = join(folder, 'w.hindcast');
    const own = openTest(path);
    write(own, 900_000);
    own.close();
    copyFileSync(`${stranger}-wal`, `${path}-wal`);
    expect(opened(path).info().runs).toBe(1);
    expect(existsSync(`${path}-wal.aside`)).toBe(true);
  });

  test('without marks (of an older Hindcast) is replayed where the result is sound, and set aside where it is not', () => {
    const folder = temporaryFolder();
    const live = join(folder, 'live.hindcast');
    write(openTest(live), 100);
    const old = new Database(live);
    old.pragma('wal_autocheckpoint = 0');
    old
      .prepare("INSERT INTO setting (key, value, checksum) VALUES ('by', '1', ?)")
      .run(rowChecksum('by', '1'));
    const path = join(folder, 'w.hindcast');
    for (const ending of ['', '-wal']) copyFileSync(live + ending, path + ending);
    old.close();
    expect(opened(path).settings.get('by')).toBe(1);
    const other = join(folder, 'other.hindcast');
    const own = openTest(other);
    for (let count = 0; count < 40; count++) newRun(own);
    write(own, 900_000);
    own.close();
    copyFileSync(join(folder, 'w.hindcast'), join(folder, 'unused'));
    const log = new Database(live);
    log.pragma('wal_autocheckpoint = 0');
    log.exec(
      "CREATE TABLE more (x); INSERT INTO more VALUES (zeroblob(3000000)); UPDATE setting SET value = '2'",
    );
    copyFileSync(`${live}-wal`, `${other}-wal`);
    log.close();
    const workspace = opened(other);
    expect(workspace.info().runs).toBe(41);
    workspace.checkIntegrity();
  });
});

test('a damaged workspace with a log beside it: the sentence names the log', () => {
  const folder = temporaryFolder();
  const host = opened(join(folder, 'live.hindcast'));
  write(host, 100);
  const path = join(folder, 'w.hindcast');
  crash(host, path);
  copyFileSync(join(folder, 'live.hindcast-wal'), path);
  const before = readdirSync(folder);
  expect(errorOf(() => openTest(path)).code).toBe('workspace-not-ours');
  expect(readdirSync(folder)).toEqual(before);
});

test('a workspace that lacks a table is damaged, in words', () => {
  const path = join(temporaryFolder(), 'w.hindcast');
  openTest(path).close();
  const file = new Database(path);
  file.pragma('foreign_keys = OFF');
  file.exec('DROP TABLE score');
  file.close();
  const error = errorOf(() => newRunIn(path));
  expect([error.code, error.message]).toEqual([
    'workspace-damaged',
    expect.stringContaining('its table "score" is missing'),
  ]);
});

function newRunIn(path: string): void {
  const workspace = opened(path);
  keepScores(workspace, newRun(workspace), []);
}

test('a folder in the name of the log is named, with what to do', () => {
  const path = join(temporaryFolder(), 'w.hindcast');
  openTest(path).close();
  mkdirSync(`${path}-wal`);
  expect(errorOf(() => openTest(path))).toMatchObject({
    code: 'workspace-unreachable',
    message: `A folder is at ${path}-wal, where SQLite keeps the log of the workspace: move it away, then try again.`,
  });
});
