// Who hosts a workspace: a lock that the operating system takes back when its holder dies, however it dies.
// It is an exclusive transaction on an empty SQLite file beside the workspace, so it works alike on every system.
import Database from 'better-sqlite3';
import { HindcastError } from '../contract/errors.ts';

export interface HostLock {
  release(): void;
}

/** @returns null when another process holds it. */
export function takeHostLock(path: string): HostLock | null {
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { timeout: 0 });
    // Nothing is ever written into this file, so it needs no journal beside it.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database?.close();
    if (codeOf(cause).startsWith('SQLITE_BUSY')) return null;
    throw new HindcastError(
      'workspace-read-only',
      `The folder of ${path} cannot be written; a workspace needs a folder where files can be made.`,
      { cause, details: { path } },
    );
  }
  const held = database;
  return { release: () => void held.close() };
}

const codeOf = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
