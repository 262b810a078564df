// The rows that imports set aside: gzip, whose own checksum tells damage. One version a step.
import { gunzipSync } from 'node:zlib';
import { blobCell } from '../checks/blob-cell.ts';
import type { Connection } from '../file/connection.ts';
import type { Finding, Stage } from './stage.ts';

interface Row {
  readonly id: number;
  readonly dataset: number;
  readonly set_aside_rows: Buffer;
}

const NEXT = `SELECT id, dataset_id AS dataset, ${blobCell('set_aside_rows')} FROM dataset_version
  WHERE id > ? AND set_aside_rows IS NOT NULL ORDER BY id LIMIT 1`;
/** More than an import keeps: a longer one is the work of another program. */
const MOST_BYTES = 2 ** 30;

export const checkSetAside: Stage = (connection, { run, after }) => {
  const row = hasColumn(connection) ? connection.get<Row>(NEXT, after) : undefined;
  if (row === undefined) return { findings: [], bytes: 0, next: null };
  const { id, dataset, set_aside_rows: packed } = row;
  return {
    findings: isWhole(packed) ? [] : [broken(connection, dataset)],
    bytes: packed.length,
    next: { run, after: id },
  };
};

/** A backup of an older schema lacks it. */
const hasColumn = (connection: Connection): boolean =>
  connection.value("SELECT 1 FROM pragma_table_info('dataset_version') WHERE name = 'set_aside_rows'") !==
  undefined;

function isWhole(packed: Buffer): boolean {
  try {
    gunzipSync(packed, { maxOutputLength: MOST_BYTES });
    return true;
  } catch {
    return false;
  }
}

function broken(connection: Connection, dataset: number): Finding {
  const name = connection.value<string>('SELECT name FROM dataset WHERE id = ?', dataset) ?? dataset;
  return {
    message: `The rows that the import of "${name}" set aside are not what was stored: restore a backup, or import its file again. The dataset itself is whole.`,
    repair: null,
  };
}
