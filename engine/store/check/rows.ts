// Rows against the checksums that they carry (row-checksums.ts): table after table, some thousand rows a step.

import { damagedRows, type RowKey, type SealedTable, sealedTables } from '../checks/row-checksums.ts';
import type { Connection, SqlValue } from '../file/connection.ts';
import type { Finding, Stage } from './stage.ts';

/** Rows of one step: a few milliseconds. */
const ROWS = 2_000;

/** `run` is the position of the table, from 1; `after` is the last value of its first key column that was looked at. */
export const checkRows: Stage = (connection, { run: position, after }) => {
  const table = sealedTables(connection)[position - 1];
  const following = { run: position + 1, after: Number.MIN_SAFE_INTEGER };
  // Before the first table; behind the last one.
  if (!table) return { findings: [], bytes: 0, next: position === 0 ? following : null };
  const [first] = table.key;
  const last = lastOfStep(connection, table, after);
  if (last === null) return { findings: [], bytes: 0, next: following };
  // Keys that are no numbers are few: settings.
  if (typeof last !== 'number')
    return { findings: findingsOf(table, damagedRows(connection, table)), bytes: 0, next: following };
  const keys = damagedRows(connection, table, `"${first}" > ? AND "${first}" <= ?`, after, last);
  return { findings: findingsOf(table, keys), bytes: 0, next: { run: position, after: last } };
};

/** All rows with the same first key belong to one step. */
function lastOfStep(connection: Connection, { name, key: [first] }: SealedTable, after: number): SqlValue {
  const some = `SELECT "${first}" AS first FROM "${name}" WHERE "${first}" > ? ORDER BY "${first}" LIMIT ${ROWS}`;
  return connection.value<SqlValue>(`SELECT max(first) FROM (${some})`, after) ?? null;
}

function findingsOf(table: SealedTable, keys: readonly RowKey[]): Finding[] {
  if (keys.length === 0) return [];
  const rows = rowsText(table.key, keys);
  return [
    {
      message: `In the table "${table.name}" ${rows} ${keys.length === 1 ? 'is' : 'are'} not what was stored: \`hindcast check --repair\` takes them from a backup that has them whole, and otherwise keeps them as they are now.`,
      repair: { kind: 'mend-rows', table: table.name, keys: keys.map((key) => [...key]), rows },
    },
  ];
}

const MOST_NAMED = 5;

/** "the row id 3", "the rows run_id 3, position 5 and run_id 3, position 6" */
function rowsText(names: readonly string[], keys: readonly RowKey[]): string {
  const named = keys
    .slice(0, MOST_NAMED)
    .map((key) => key.map((value, index) => `${names[index]} ${value}`).join(', '));
  const more = keys.length > MOST_NAMED ? ` and ${keys.length - MOST_NAMED} more` : '';
  return `the row${keys.length === 1 ? '' : 's'} ${named.join('; ')}${more}`;
}
