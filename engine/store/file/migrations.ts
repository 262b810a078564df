// Migrations: numbered SQL files, forward only, immutable once landed. Each file and its record commit in one transaction.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HindcastError } from '../../contract/values/errors.ts';
import { resealAround } from '../checks/row-checksums.ts';
import type { Connection } from './connection.ts';
import { damaged } from './sqlite-errors.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** Hex; of the text with line feeds only, so that a checkout on Windows has the same. */
  readonly sha256: string;
}

interface MigrationRecord {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
}

const FILE_NAME = /^(\d{4})-([a-z0-9]+(?:-[a-z0-9]+)*)\.sql$/;

const RECORDS = `
  CREATE TABLE IF NOT EXISTS migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    applied_at_ms INTEGER NOT NULL
  ) STRICT`;

/** Statements that would end the transaction that a migration and its record share, or that do nothing inside one. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/\b(COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/i, 'must not end or nest its transaction'],
  [/(^|;)\s*BEGIN\b/i, 'must not begin a transaction of its own'],
  [
    /\bPRAGMA\s+(\w+\s*\.\s*)?foreign_keys\b/i,
    'must not set foreign_keys, which does nothing inside a transaction',
  ],
  [/\b(VACUUM|ATTACH|DETACH)\b/i, 'must not vacuum, attach or detach, which a transaction does not allow'],
];

/** The folder `migrations` beside the sources or above the bundle. */
export function findMigrationsFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'migrations');
    if (existsSync(join(candidate, '0001-initial.sql'))) return candidate;
    if (dirname(folder) === folder) break;
  }
  throw new HindcastError(
    'internal',
    `The folder "migrations" was not found above ${import.meta.dirname}: install Hindcast again.`,
  );
}

/** The migrations of a folder in their order. Throws `internal` for a gap, a strange file name or forbidden SQL. */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  return files.sort().map((file, index) => {
    const [, digits, name] = FILE_NAME.exec(file) ?? [];
    if (digits === undefined || name === undefined) {
      throw refusal(file, 'is not named like 0001-initial.sql');
    }
    const number = Number(digits);
    if (number !== index + 1)
      throw refusal(file, `has a number that leaves a gap: ${index + 1} was expected`);
    const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
    refuseForbidden(file, sql);
    return { number, name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
}

function refuseForbidden(file: string, sql: string): void {
  const bare = sql
    .replace(/--.*$/gm, ' ')
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/"(?:[^"]|"")*"/g, '""');
  for (const [pattern, rule] of FORBIDDEN) if (pattern.test(bare)) throw refusal(file, rule);
}

function refusal(file: string, rule: string): HindcastError {
  return new HindcastError('internal', `The migration ${file} ${rule}.`, { details: { file } });
}

/**
 * How many of the migrations the file already has.
 * Throws `workspace-newer` where it has more than this program knows, `workspace-damaged` where its records have a gap,
 * `conflict` where a recorded migration is not the one of this program.
 */
export function appliedMigrations(connection: Connection, migrations: readonly Migration[]): number {
  const hasRecords = connection.value(
    "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'",
  );
  if (hasRecords === undefined) return 0;
  const records = connection.all<MigrationRecord>(
    'SELECT number, name, sha256 FROM migration ORDER BY number',
  );
  const highest = Math.max(records.at(-1)?.number ?? 0, Number(connection.pragma('user_version')));
  if (highest > migrations.length) throw newer(connection.path, highest, migrations.length);
  for (const [index, record] of records.entries()) {
    const known = migrations[index];
    if (record.number !== index + 1 || known === undefined) {
      throw damaged(connection.path, `the record of its migration ${index + 1} is missing`);
    }
    if (record.sha256 !== known.sha256) throw changed(connection.path, record);
  }
  return records.length;
}

/** The file was written by a later Hindcast. */
export function newer(path: string, has: number, known: number): HindcastError {
  return new HindcastError(
    'workspace-newer',
    `The workspace ${path} was written by a newer Hindcast (schema ${has}, this one knows ${known}): update Hindcast, or open another workspace.`,
    { details: { path, schemaVersion: has, known } },
  );
}

function changed(path: string, record: MigrationRecord): HindcastError {
  return new HindcastError(
    'conflict',
    `The workspace ${path} was made with another text of migration ${record.number} (${record.name}): open it with the Hindcast that made it.`,
    { details: { path, migration: record.number } },
  );
}

/** Applies what is missing, from `applied` on; each in one transaction with its record. Foreign keys are off during a migration, and checked before each commit. */
export function applyMigrations(
  connection: Connection,
  migrations: readonly Migration[],
  applied: number,
  now: () => number,
): void {
  connection.pragma('foreign_keys = OFF');
  try {
    for (const migration of migrations.slice(applied)) {
      connection.transaction(() => applyOne(connection, migration, { atMs: now(), isNew: applied === 0 }));
    }
  } finally {
    connection.pragma('foreign_keys = ON');
  }
}

interface Circumstances {
  readonly atMs: number;
  /** The file has no rows yet. */
  readonly isNew: boolean;
}

function applyOne(connection: Connection, migration: Migration, { atMs, isNew }: Circumstances): void {
  connection.script(RECORDS);
  const change = () => connection.script(migration.sql);
  if (isNew) change();
  else resealAround(connection, change);
  const file = `${String(migration.number).padStart(4, '0')}-${migration.name}.sql`;
  if (!connection.inTransaction) throw refusal(file, 'ended its transaction');
  const orphan = connection.get<{ table: string }>('PRAGMA foreign_key_check');
  if (orphan !== undefined) throw refusal(file, `leaves rows of "${orphan.table}" that refer to nothing`);
  connection.run(
    'INSERT INTO migration (number, name, sha256, applied_at_ms) VALUES (?, ?, ?, ?)',
    migration.number,
    migration.name,
    migration.sha256,
    atMs,
  );
  connection.pragma(`user_version = ${migration.number}`);
}
