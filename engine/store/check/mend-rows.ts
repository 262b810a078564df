// The repair of rows that do not fit their checksums: the row of a backup that has the checksum which the damaged row carries is that row.
// Where no backup has it, the row stays as it is now and gets a new checksum, and its run a note.
import type { Repairs } from '../../contract/processes/check-file.ts';
import { type RowKey, type SealedTable, sealedTables, sumOf, whereKey } from '../checks/row-checksums.ts';
import { type Connection, openConnection, type SqlValue } from '../file/connection.ts';

type Row = Readonly<Record<string, SqlValue>>;

/** @param note writes a note on a run */
export function mendRows(
  connection: Connection,
  backups: readonly string[],
  { table: name, keys }: Repairs['mend-rows'],
  note: (run: number, text: string) => void,
): boolean {
  const table = sealedTables(connection).find((sealed) => sealed.name === name);
  if (!table) return false;
  for (const key of keys) {
    const row = connection.get<Row>(`SELECT * FROM "${name}" WHERE ${whereKey(table)}`, ...key);
    if (!row) continue;
    const whole = wholeRow(backups, table, key, row.checksum ?? null);
    if (whole) put(connection, table, key, whole);
    else tellRun(row, table, note);
    connection.run(`UPDATE "${name}" SET checksum = ${sumOf(table)} WHERE ${whereKey(table)}`, ...key);
  }
  return true;
}

function put(connection: Connection, table: SealedTable, key: RowKey, row: Row): void {
  const cells = table.cells.filter((cell) => !table.key.includes(cell));
  const assignments = cells.map((cell) => `"${cell}" = ?`).join(', ');
  const values = cells.map((cell) => row[cell] ?? null);
  connection.run(`UPDATE "${table.name}" SET ${assignments} WHERE ${whereKey(table)}`, ...values, ...key);
}

function wholeRow(
  backups: readonly string[],
  table: SealedTable,
  key: RowKey,
  checksum: SqlValue,
): Row | null {
  for (const backup of backups) {
    const row = rowOf(backup, table, key);
    if (row && row.checksum === checksum && row.sum === checksum) return row;
  }
  return null;
}

/** Null where the backup lacks it, is of an older schema, or cannot be read. */
function rowOf(backup: string, table: SealedTable, key: RowKey): Row | null {
  try {
    const connection = openConnection(backup, { readonly: true, now: () => 0 });
    try {
      const sql = `SELECT *, ${sumOf(table)} AS sum FROM "${table.name}" WHERE ${whereKey(table)}`;
      return connection.get<Row>(sql, ...key) ?? null;
    } finally {
      connection.close();
    }
  } catch {
    return null;
  }
}

function tellRun(row: Row, { name }: SealedTable, note: (run: number, text: string) => void): void {
  const run = name === 'run' ? row.id : row.run_id;
  if (typeof run === 'number')
    note(run, `A row of the table "${name}" was damaged, and no backup had it whole: it was kept as it is.`);
}
