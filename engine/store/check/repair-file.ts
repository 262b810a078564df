// The repair of a file that does not open: its tables are written into a new file and its indexes made of them, which helps where pages of
// an index or of the free list are damaged. The new file takes the place of the old one only where it is sound. The caller holds the
// locks of the workspace.
import { HindcastError } from '../../contract/values/errors.ts';
import { type Connection, openConnection } from '../file/connection.ts';
import { findMigrationsFolder, readMigrations } from '../file/migrations.ts';
import { makePrivate } from '../file/private-file.ts';
import { copyWithLog, putDraftInPlace, type Restored, removeWithLog } from '../file/restore.ts';
import { inspectWorkspaceFile } from '../file/workspace-file.ts';

/** Null where the new file would not be sound: the old one was not touched. */
export function repairFile(workspacePath: string): Restored | null {
  const copy = `${workspacePath}.new-${process.pid}`;
  const anew = `${workspacePath}.repaired.new-${process.pid}`;
  try {
    copyWithLog(workspacePath, copy);
    return writeAnew(copy, anew) ? putDraftInPlace(workspacePath, anew, 'before-repair') : null;
  } finally {
    removeWithLog(copy);
    removeWithLog(anew);
  }
}

function writeAnew(copy: string, anew: string): boolean {
  try {
    const indexes = dropIndexes(copy);
    makePrivate(anew);
    withConnection(copy, (connection) => connection.run('VACUUM INTO ?', anew));
    const isWhole = withConnection(anew, (connection) => {
      for (const sql of indexes) connection.script(sql);
      return isSound(connection);
    });
    if (!isWhole) return false;
    inspectWorkspaceFile(anew, readMigrations(findMigrationsFolder()), { now: Date.now });
    return true;
  } catch (cause) {
    if (cause instanceof HindcastError && cause.code !== 'disk-full') return false;
    throw cause;
  }
}

/** From the schema alone, since SQLite reads the pages of an index that it drops; returns the statements that make them. */
function dropIndexes(copy: string): string[] {
  return withConnection(copy, (connection) => {
    const ours = "type = 'index' AND sql IS NOT NULL";
    const statements = connection.values<string>(`SELECT sql FROM sqlite_schema WHERE ${ours}`);
    connection.forgetFromSchema(ours);
    return statements;
  });
}

function withConnection<Result>(path: string, work: (connection: Connection) => Result): Result {
  const connection = openConnection(path, { now: Date.now });
  try {
    return work(connection);
  } finally {
    connection.close();
  }
}

const isSound = (connection: Connection): boolean =>
  connection.pragma('integrity_check(1)') === 'ok' &&
  connection.value('SELECT 1 FROM pragma_foreign_key_check LIMIT 1') === undefined;
