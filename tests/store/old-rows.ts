// Rows as an older Hindcast wrote them, by plain SQL, because today's program writes columns that the old schema lacks.
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { RunId } from '../../engine/contract/values/ids.ts';
import { findMigrationsFolder } from '../../engine/store/file/migrations.ts';
import { importData, openTest, temporaryFolder, testExperiment } from './helpers.ts';

/** A folder with the first migrations. */
export function firstMigrations(count: number, parent = temporaryFolder()): string {
  const folder = join(parent, 'migrations');
  mkdirSync(folder);
  for (const file of readdirSync(findMigrationsFolder()).sort().slice(0, count))
    cpSync(join(findMigrationsFolder(), file), join(folder, file));
  return folder;
}

/** Through the plain driver; not read-only, since such a connection leaves its -wal and -shm behind. */
export function look<Result>(path: string, read: (database: Database.Database) => Result): Result {
  const database = new Database(path, { fileMustExist: true });
  try {
    return read(database);
  } finally {
    database.close();
  }
}

/** A workspace of those migrations with the dataset "data". */
export function oldWorkspace(path: string, migrationsFolder: string): void {
  const workspace = openTest(path, { migrationsFolder });
  importData(workspace, 'data');
  workspace.close();
}

/** A queued run with the columns of the first migration. */
export function insertOldRun(database: Database.Database, name: string, seed = 1): RunId {
  const configuration = JSON.stringify(testExperiment({ seed }));
  database
    .prepare('INSERT INTO experiment (hash, configuration) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING')
    .run(configuration, configuration);
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO run (name, experiment_id, dataset_version_id, state, model_kind, seed, backend, total_epochs, created_at_ms)
       VALUES (?, (SELECT id FROM experiment WHERE hash = ?), (SELECT id FROM dataset_version), 'queued', 'lstm', ?, 'simd', 20, 5)`,
    )
    .run(name, configuration, seed);
  database.prepare('INSERT INTO run_setup (run_id) VALUES (?)').run(lastInsertRowid);
  return Number(lastInsertRowid) as RunId;
}
