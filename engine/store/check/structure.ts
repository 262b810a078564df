// The structure of the file: pages, rows, indexes against their tables, references between tables.
import { statSync } from 'node:fs';
import type { Connection } from '../file/connection.ts';
import type { Finding, Stage } from './stage.ts';

const MOST_FINDINGS = 20;
/** An index can be made again from its table: these findings of `integrity_check` are about indexes alone. */
const OF_AN_INDEX = /^(row \d+ missing from index|wrong # of entries in index|non-unique entry in index)/;

/** One step: SQLite reads the whole file in one statement. */
export const checkStructure: Stage = (connection) => ({
  findings: [...brokenPages(connection), ...orphans(connection)],
  bytes: statSync(connection.path).size,
  next: null,
});

function brokenPages(connection: Connection): Finding[] {
  return connection
    .values<string>(`PRAGMA integrity_check(${MOST_FINDINGS})`)
    .filter((text) => text !== 'ok')
    .map((text) => {
      const what = text.replace(/\s+/g, ' ');
      return OF_AN_INDEX.test(text)
        ? {
            message: `The file has an index that contradicts its table (${what}): \`hindcast check --repair\` rebuilds it.`,
            repair: { kind: 'rebuild-indexes' },
          }
        : { message: `The structure of the file is damaged (${what}): restore a backup.`, repair: null };
    });
}

function orphans(connection: Connection): Finding[] {
  const tables = connection.values<string>('SELECT DISTINCT "table" FROM pragma_foreign_key_check');
  return tables.map((table) => ({
    message: `Rows of the table "${table}" refer to rows that are missing: restore a backup.`,
    repair: null,
  }));
}
