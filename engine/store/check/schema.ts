// The schema against that of a new workspace: a changed rule or default would change what is written from now on.
import { type Connection, openConnection } from '../file/connection.ts';
import {
  appliedMigrations,
  applyMigrations,
  findMigrationsFolder,
  readMigrations,
} from '../file/migrations.ts';
import type { Stage } from './stage.ts';

/** Spaces are left out, since a later Hindcast may write them differently. */
const ENTRIES = `
  SELECT name, type || tbl_name || replace(replace(ifnull(sql, ''), ' ', ''), char(10), '') AS entry
  FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'`;

type Entries = ReadonlyMap<string, string>;

export const checkSchema: Stage = (connection) => {
  const [found, expected] = [entriesOf(connection), expectedEntries(connection)];
  const differing = [...new Set([...found.keys(), ...expected.keys()])].filter(
    (name) => found.get(name) !== expected.get(name),
  );
  return {
    findings: differing.map((name) => ({
      message: `The definition of "${name}" in the file is not that of a workspace: restore a backup.`,
      repair: null,
    })),
    bytes: 0,
    next: null,
  };
};

function entriesOf(connection: Connection): Entries {
  const rows = connection.all<{ name: string; entry: string }>(ENTRIES);
  return new Map(rows.map(({ name, entry }) => [name, entry]));
}

/** Of as many migrations as the file has. */
function expectedEntries(connection: Connection): Entries {
  const migrations = readMigrations(findMigrationsFolder());
  const fresh = openConnection(':memory:', { now: () => 0 });
  try {
    applyMigrations(fresh, migrations.slice(0, appliedMigrations(connection, migrations)), 0, () => 0);
    return entriesOf(fresh);
  } finally {
    fresh.close();
  }
}
