// The checksums of rows: CRC-32 over the cells of a row, in its column `checksum`. Temporary triggers of the one writer keep them, so no
// statement has to think of them. A table takes part by having that column. BLOBs are left out: they carry checksums of their own.
import { HindcastError } from '../../contract/values/errors.ts';
import type { Connection, SqlValue } from '../file/connection.ts';
import { ROW_CHECKSUM } from './row-sum.ts';

export interface SealedTable {
  readonly name: string;
  /** Columns of the primary key. */
  readonly key: readonly string[];
  /** Columns that the checksum covers. */
  readonly cells: readonly string[];
}

/** In the order of their names; none in a file of an older schema. */
export function sealedTables(connection: Connection): SealedTable[] {
  const columns = connection.all<{ table: string; name: string; type: string; pk: number }>(
    `SELECT entry.name AS "table", info.name, info.type, info.pk
     FROM sqlite_schema AS entry JOIN pragma_table_info(entry.name) AS info
     WHERE entry.type = 'table' ORDER BY entry.name, info.cid`,
  );
  return [...Map.groupBy(columns, ({ table }) => table)]
    .filter(([, own]) => own.some(({ name }) => name === 'checksum'))
    .map(([name, own]) => ({
      name,
      key: own.filter(({ pk }) => pk > 0).map((column) => column.name),
      cells: own
        .filter((column) => column.name !== 'checksum' && column.type !== 'BLOB')
        .map((column) => column.name),
    }));
}

const listed = (names: readonly string[], prefix = ''): string =>
  names.map((name) => `${prefix}"${name}"`).join(', ');

/** The checksum that a row should have, as SQL. */
export const sumOf = ({ cells }: SealedTable, prefix = ''): string =>
  `${ROW_CHECKSUM}(${listed(cells, prefix)})`;

/** One row by its key, as SQL. */
export const whereKey = ({ key }: SealedTable, prefix?: string): string =>
  key.map((name) => `"${name}" = ${prefix === undefined ? '?' : `${prefix}"${name}"`}`).join(' AND ');

/** From here on every row that this connection writes gets its checksum. A row that was damaged before stays recognizable. */
export function keepRowChecksums(connection: Connection): void {
  for (const table of sealedTables(connection)) {
    const { name, cells } = table;
    const isDamaged = `(OLD.checksum IS NOT ${sumOf(table, 'OLD.')})`;
    connection.script(`
      CREATE TEMP TRIGGER "seal_new_${name}" AFTER INSERT ON main."${name}" BEGIN
        UPDATE "${name}" SET checksum = ${sumOf(table, 'NEW.')} WHERE ${whereKey(table, 'NEW.')};
      END;
      CREATE TEMP TRIGGER "seal_changed_${name}" AFTER UPDATE OF ${listed(cells)} ON main."${name}" BEGIN
        UPDATE "${name}" SET checksum = ${sumOf(table, 'NEW.')} + ${isDamaged} WHERE ${whereKey(table, 'NEW.')};
      END`);
  }
}

const known = new WeakMap<Connection, ReadonlyMap<string, SealedTable>>();

/** Looked up once for a connection: only an upgrade changes them, before anything is read. */
function knownTables(connection: Connection): ReadonlyMap<string, SealedTable> {
  const before = known.get(connection);
  if (before) return before;
  const tables = new Map(sealedTables(connection).map((table) => [table.name, table]));
  known.set(connection, tables);
  return tables;
}

/** Whether a row of a table, under its name in the statement, does not fit its checksum, as SQL. */
export function isDamaged(connection: Connection, name: string, alias = name): string {
  const table = knownTables(connection).get(name);
  return table ? `("${alias}".checksum IS NOT ${sumOf(table, `"${alias}".`)})` : '0';
}

/** A row whose cells do not fit its checksum: the values of its key. */
export type RowKey = readonly SqlValue[];

export function damagedRows(
  connection: Connection,
  table: SealedTable,
  where = 'true',
  ...values: SqlValue[]
): RowKey[] {
  const rows = connection.all<Record<string, SqlValue>>(
    `SELECT ${listed(table.key)} FROM "${table.name}" WHERE ${where} AND checksum IS NOT ${sumOf(table)}`,
    ...values,
  );
  return rows.map((row) => table.key.map((name) => row[name] ?? null));
}

/** Does work that changes tables, then gives every row its checksum; rows that were damaged before stay recognizable. */
export function resealAround(connection: Connection, work: () => void): void {
  const damaged = sealedTables(connection).map((table) => ({ table, keys: damagedRows(connection, table) }));
  work();
  for (const table of sealedTables(connection))
    connection.run(`UPDATE "${table.name}" SET checksum = ${sumOf(table)}`);
  for (const { table, keys } of damaged)
    for (const key of keys)
      connection.run(`UPDATE "${table.name}" SET checksum = checksum + 1 WHERE ${whereKey(table)}`, ...key);
}

/** Some rows of a table. */
export interface Rows {
  readonly table: string;
  /** SQL. */
  readonly where: string;
  readonly values: readonly SqlValue[];
}

/** Tables with damaged rows among these. */
export function damagedTables(connection: Connection, selections: readonly Rows[]): string[] {
  const tables = knownTables(connection);
  return selections
    .filter(({ table: name, where, values }) => {
      const table = tables.get(name);
      return table !== undefined && damagedRows(connection, table, where, ...values).length > 0;
    })
    .map(({ table }) => table);
}

/** @param of whose rows they are, in words. Throws `workspace-damaged`. */
export function requireWhole(connection: Connection, of: string, selections: readonly Rows[]): void {
  const [table] = damagedTables(connection, selections);
  if (table === undefined) return;
  throw new HindcastError('workspace-damaged', `${damageText(of, table)}.`, {
    details: { path: connection.path, table },
  });
}

export const damageText = (of: string, table: string): string =>
  `What is stored of ${of} was changed by damage (in the table "${table}"): \`hindcast check\` says where, and \`hindcast check --repair\` takes it from a backup`;
