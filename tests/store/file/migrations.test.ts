import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { findMigrationsFolder, readMigrations } from '../../../engine/store/file/migrations.ts';
import { errorOf, folderBytes, openTest, temporaryFolder } from '../helpers.ts';
import { insertOldRun, look, oldWorkspace } from '../old-rows.ts';

/** A folder with the real first migration and these after it. */
function migrationsWith(folder: string, files: Record<string, string>): string {
  const migrations = join(folder, `migrations-${Object.keys(files).length}-${readdirSync(folder).length}`);
  mkdirSync(migrations);
  cpSync(join(findMigrationsFolder(), '0001-initial.sql'), join(migrations, '0001-initial.sql'));
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(migrations, name), sql);
  return migrations;
}

const ADD_TAGS = `
  ALTER TABLE run ADD COLUMN tag TEXT NOT NULL DEFAULT 'none';
  CREATE TABLE tag_log (id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL) STRICT;
  CREATE TRIGGER on_tag AFTER UPDATE OF tag ON run BEGIN INSERT INTO tag_log (run_id) VALUES (new.id); END;
  UPDATE run SET tag = 'old ' || name;`;

describe('applying', () => {
  test('a workspace with rows is backed up, migrated, and keeps them', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'w.hindcast');
    const first = migrationsWith(folder, {});
    const second = migrationsWith(folder, { '0002-tags.sql': ADD_TAGS });
    oldWorkspace(path, first);
    const runId = look(path, (database) => insertOldRun(database, 'kept'));
    const rowOf = (file: string): unknown =>
      look(file, (database) => database.prepare('SELECT name, state, model_kind FROM run').all());
    const row = rowOf(path);

    const after = openTest(path, { migrationsFolder: second });
    expect(after.info().schemaVersion).toBe(2);
    expect(after.runs.experiment(runId).name).toBe('test');
    after.close();
    expect(rowOf(path)).toEqual(row);
    look(path, (database) => {
      expect(database.prepare('SELECT tag FROM run').pluck().all()).toEqual(['old kept']);
      expect(database.prepare('SELECT run_id FROM tag_log').pluck().all()).toEqual([runId]);
      expect(database.prepare('SELECT number, name FROM migration').raw().all()).toEqual([
        [1, 'initial'],
        [2, 'tags'],
      ]);
      expect(database.pragma('user_version', { simple: true })).toBe(2);
    });
    const backup = openTest(`${path}.before-migration-2`, { migrationsFolder: first });
    expect(backup.info().schemaVersion).toBe(1);
    backup.close();
    expect(rowOf(`${path}.before-migration-2`)).toEqual(row);
    // Nothing beside the two files: the drafts are gone.
    expect(readdirSync(folder).filter((name) => name.startsWith('w.'))).toEqual([
      'w.hindcast',
      'w.hindcast.before-migration-2',
    ]);
  });

  test('a second migration of the same number does not overwrite the first backup', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'w.hindcast');
    openTest(path, { migrationsFolder: migrationsWith(folder, {}) }).close();
    writeFileSync(`${path}.before-migration-2`, 'precious');
    openTest(path, { migrationsFolder: migrationsWith(folder, { '0002-tags.sql': ADD_TAGS }) }).close();
    const files = folderBytes(folder);
    expect(files['w.hindcast.before-migration-2']).toBe(Buffer.from('precious').toString('hex'));
    expect(files['w.hindcast.before-migration-2-2']).toBeDefined();
  });

  test('a fresh workspace has the schema of an upgraded one', () => {
    const folder = temporaryFolder();
    const migrationsFolder = migrationsWith(folder, { '0002-tags.sql': ADD_TAGS });
    const upgraded = join(folder, 'upgraded.hindcast');
    const fresh = join(folder, 'fresh.hindcast');
    openTest(upgraded, { migrationsFolder: migrationsWith(folder, {}) }).close();
    openTest(upgraded, { migrationsFolder }).close();
    openTest(fresh, { migrationsFolder }).close();
    const schema = (path: string): unknown =>
      look(path, (database) => [
        database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all(),
        ['page_size', 'auto_vacuum', 'application_id', 'user_version', 'journal_mode'].map((name) =>
          database.pragma(name, { simple: true }),
        ),
      ]);
    expect(schema(upgraded)).toEqual(schema(fresh));
    expect(look(fresh, (database) => database.pragma('page_size', { simple: true }))).toBe(16384);
    expect(look(fresh, (database) => database.pragma('auto_vacuum', { simple: true }))).toBe(2);
  });

  test('a failing migration leaves itself out and those before it in', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'w.hindcast');
    openTest(path, { migrationsFolder: migrationsWith(folder, {}) }).close();
    const migrationsFolder = migrationsWith(folder, {
      '0002-tags.sql': ADD_TAGS,
      '0003-broken.sql': 'CREATE TABLE half (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);',
    });
    expect(errorOf(() => openTest(path, { migrationsFolder })).message).toContain('nowhere');
    look(path, (database) => {
      expect(database.prepare('SELECT max(number) FROM migration').pluck().get()).toBe(2);
      expect(database.pragma('user_version', { simple: true })).toBe(2);
      expect(database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
      expect(database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'tag_log'").get()).toBeDefined();
    });
  });

  test('tables may be rebuilt without losing the rows that refer to them, but orphans are refused', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'w.hindcast');
    oldWorkspace(path, migrationsWith(folder, {}));
    const runId = look(path, (database) => insertOldRun(database, 'run'));
    const rebuild = `
      CREATE TABLE other (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, configuration TEXT NOT NULL) STRICT;
      INSERT INTO other SELECT * FROM experiment;
      DROP TABLE experiment;
      ALTER TABLE other RENAME TO experiment;`;
    const rebuilt = openTest(path, {
      migrationsFolder: migrationsWith(folder, { '0002-rebuild.sql': rebuild }),
    });
    expect(rebuilt.runs.experiment(runId).name).toBe('test');
    rebuilt.close();
    const files = { '0002-rebuild.sql': rebuild, '0003-orphans.sql': 'DELETE FROM experiment;' };
    const error = errorOf(() => openTest(path, { migrationsFolder: migrationsWith(folder, files) }));
    expect(error.message).toContain('0003-orphans.sql leaves rows of "run"');
  });
});

describe('refusing', () => {
  test.each([
    ['0003-gap.sql', 'SELECT 1', 'gap: 2 was expected'],
    ['tags.sql', 'SELECT 1', 'is not named like'],
    ['0002-x.sql', 'CREATE TABLE a (b); COMMIT; CREATE TABLE c (d);', 'end or nest'],
    ['0002-x.sql', 'CREATE TABLE a (b);\n  begin immediate;', 'begin a transaction'],
    ['0002-x.sql', 'PRAGMA main.foreign_keys = OFF;', 'foreign_keys'],
    ['0002-x.sql', 'VACUUM;', 'vacuum'],
  ])('%s with %j', (file, sql, message) => {
    const folder = temporaryFolder();
    const migrationsFolder = migrationsWith(folder, { [file]: sql });
    const error = errorOf(() => openTest(join(folder, 'w.hindcast'), { migrationsFolder }));
    expect(error.code).toBe('internal');
    expect(error.message).toContain(message);
    expect(readdirSync(folder).filter((name) => name.startsWith('w.'))).toEqual([]);
  });

  test('END, which cannot be distinguished from the end of a trigger before it runs, is caught after it', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'w.hindcast');
    const migrationsFolder = migrationsWith(folder, { '0002-x.sql': 'CREATE TABLE a (b); END; SELECT 1;' });
    expect(errorOf(() => openTest(path, { migrationsFolder })).message).toContain('ended its transaction');
    expect(readdirSync(folder).filter((name) => name.startsWith('w.'))).toEqual([]);
  });

  test('words in comments, names and strings are no statements', () => {
    const folder = temporaryFolder();
    const sql = `-- COMMIT\n/* BEGIN; */ CREATE TABLE a ("commit" TEXT DEFAULT '; BEGIN');`;
    expect(readMigrations(migrationsWith(folder, { '0002-x.sql': sql }))).toHaveLength(2);
  });

  test('a workspace made with another text of a migration, byte for byte as before', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'w.hindcast');
    openTest(path, { migrationsFolder: migrationsWith(folder, { '0002-tags.sql': ADD_TAGS }) }).close();
    const changed = migrationsWith(folder, { '0002-tags.sql': `${ADD_TAGS} -- changed` });
    const windows = migrationsWith(folder, { '0002-tags.sql': ADD_TAGS.replaceAll('\n', '\r\n') });
    const before = folderBytes(folder);
    expect(errorOf(() => openTest(path, { migrationsFolder: changed })).code).toBe('conflict');
    expect(folderBytes(folder)).toEqual(before);
    openTest(path, { migrationsFolder: windows }).close();
  });

  test('a record that is missing is damage', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'w.hindcast');
    const migrationsFolder = migrationsWith(folder, { '0002-tags.sql': ADD_TAGS });
    openTest(path, { migrationsFolder }).close();
    const database = new Database(path);
    database.exec('DELETE FROM migration WHERE number = 1');
    database.close();
    expect(errorOf(() => openTest(path, { migrationsFolder })).code).toBe('workspace-damaged');
  });
});
