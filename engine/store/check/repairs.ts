// What can be repaired without restoring a backup of the whole workspace, one line a kind. Nothing is invented: an index is made of its
// table, a chunk is fetched only where its SHA-256 proves it, what is lost shows as missing and is noted on its run.

import type { Repair, Repairs } from '../../contract/processes/check-file.ts';
import { blobCell } from '../checks/blob-cell.ts';
import { chunkHash } from '../datasets/chunk-codec.ts';
import { type Connection, openConnection } from '../file/connection.ts';
import { isAsStored, sealRow } from './checksums.ts';
import { mendRows } from './mend-rows.ts';
import { listed, widthOf } from './metric-rows.ts';

interface Site {
  readonly connection: Connection;
  /** Copies of the workspace, the newest first. */
  readonly backups: readonly string[];
}

interface RepairKind<One> {
  /** Before: what it is going to do. */
  plan(repair: One): string;
  /** Does it; false where it cannot be done. */
  apply(site: Site, repair: One): boolean;
}

const KINDS: { readonly [Kind in keyof Repairs]: RepairKind<Repairs[Kind]> } = {
  'rebuild-indexes': {
    plan: () => 'Rebuild all indexes from their tables.',
    apply({ connection }) {
      connection.script('REINDEX');
      return true;
    },
  },
  'fetch-chunk': {
    plan: ({ chunk }) => `Fetch the data chunk ${chunk} from a backup that has it whole.`,
    apply: fetchChunk,
  },
  'blank-rows': {
    plan: ({ run, scope, at }) =>
      `Show the metrics of run ${run} at ${scope} ${listed(at)} as missing, and note it on the run.`,
    apply: blankRows,
  },
  'drop-snapshots': {
    plan: ({ run, at }) => `Drop the probe of run ${run} at epoch ${listed(at)}.`,
    apply({ connection }, { run, at }) {
      for (const epoch of at)
        connection.run('DELETE FROM run_probe_snapshot WHERE run_id = ? AND epoch = ?', run, epoch);
      return true;
    },
  },
  'mend-rows': {
    plan: ({ table, rows }) =>
      `Take ${rows} of the table "${table}" from a backup, or keep it as it is where none has it whole.`,
    apply: ({ connection, backups }, repair) =>
      mendRows(connection, backups, repair, (run, text) => note(connection, run, text)),
  },
  'drop-checkpoint': {
    plan: ({ run, name }) => `Drop the ${name} checkpoint of run ${run}, and note it on the run.`,
    apply({ connection }, { checkpoint, run, name }) {
      connection.run('DELETE FROM checkpoint WHERE id = ?', checkpoint);
      note(connection, run, `The ${name} checkpoint was damaged, so a repair dropped it.`);
      return true;
    },
  },
};

// The registry's type says that each kind meets its own repairs.
const kindOf = <One extends Repair>({ kind }: One) => KINDS[kind] as unknown as RepairKind<One>;

export const planOf = (repair: Repair): string => kindOf(repair).plan(repair);

export interface Applied {
  readonly done: readonly string[];
  /** What could not be done. */
  readonly failed: readonly string[];
}

/** Each in a transaction of its own: a failing one does not prevent the others. */
export function applyRepairs(site: Site, repairs: readonly Repair[]): Applied {
  const done: string[] = [];
  const failed: string[] = [];
  const kinds = new Set<string>();
  for (const repair of repairs) {
    const plan = planOf(repair);
    if (kinds.has(plan)) continue;
    kinds.add(plan);
    const isDone = site.connection.transaction(() => kindOf(repair).apply(site, repair));
    (isDone ? done : failed).push(plan);
  }
  return { done, failed };
}

interface StoredChunk {
  readonly encoding: string;
  readonly rows: number;
  readonly data: Buffer;
}

function fetchChunk({ connection, backups }: Site, { chunk }: Repairs['fetch-chunk']): boolean {
  const sha256 = connection.value<Buffer>(`SELECT ${blobCell('sha256')} FROM chunk WHERE id = ?`, chunk);
  if (!sha256) return false;
  for (const backup of backups) {
    const found = readChunk(backup, sha256);
    if (!found) continue;
    const { encoding, rows, data } = found;
    const put = 'UPDATE chunk SET encoding = ?, row_count = ?, data = ? WHERE id = ?';
    connection.run(put, encoding, rows, data, chunk);
    return true;
  }
  return false;
}

/** Null where the backup lacks it, or cannot be read. */
function readChunk(backup: string, sha256: Buffer): StoredChunk | null {
  try {
    const connection = openConnection(backup, { readonly: true, now: () => 0 });
    try {
      const sql = `SELECT encoding, row_count AS rows, ${blobCell('data')} FROM chunk WHERE sha256 = ?`;
      const found = connection.get<StoredChunk>(sql, sha256);
      return found && chunkHash(found).equals(sha256) ? found : null;
    } finally {
      connection.close();
    }
  } catch {
    return null;
  }
}

function blankRows({ connection }: Site, { run, scope, at }: Repairs['blank-rows']): boolean {
  const width = widthOf(connection, run, scope);
  const missing = new Float64Array(width).fill(Number.NaN);
  const select = `SELECT ${blobCell('metric_values')} FROM run_${scope}_metric WHERE run_id = ? AND ${scope} = ?`;
  const put = `INSERT OR REPLACE INTO run_${scope}_metric (run_id, ${scope}, metric_values) VALUES (?, ?, ?)`;
  // Since the check the run may have been resumed, which writes its rows again.
  const last =
    connection.value<number>(`SELECT max(${scope}) FROM run_${scope}_metric WHERE run_id = ?`, run) ?? 0;
  const blanked = at.filter((index) => {
    const row = connection.value<Buffer>(select, run, index);
    if (index > last || (row && isAsStored(row, index, width))) return false;
    connection.run(put, run, index, sealRow(new Uint8Array(missing.buffer), index));
    return true;
  });
  if (blanked.length > 0)
    note(
      connection,
      run,
      `The metrics at ${scope} ${listed(blanked)} were damaged; a repair shows them as missing.`,
    );
  return true;
}

function note(connection: Connection, run: number, text: string): void {
  connection.run("UPDATE run_setup SET notes = json_insert(notes, '$[#]', ?) WHERE run_id = ?", text, run);
}
