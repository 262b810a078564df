// Compares the stored contents with their checksums: data chunks (SHA-256), metric rows (CRC-32 after the values), and the pieces
// of checkpoints (their sizes; the files in them have checksums of their own). In small steps, so that the host can answer in
// between.
import { crc32 } from 'node:zlib';
import { chunkHash } from './chunk-codec.ts';
import type { Connection } from './connection.ts';

const FLOAT_BYTES = 8;
const CHECKSUM_BYTES = 4;
/** Rows of one step: a few milliseconds. */
const ROWS = 2_000;

export type Scope = 'step' | 'epoch';

/** The values of a row with their checksum, which says also which row it is. */
export function sealRow(values: Uint8Array, index: number): Uint8Array {
  const sealed = Buffer.alloc(values.length + CHECKSUM_BYTES);
  sealed.set(values);
  sealed.writeUInt32LE(crc32(values, index >>> 0), values.length);
  return sealed;
}

/** Rows of an older Hindcast have no checksum: only their length can be checked. */
export function isAsStored(row: Buffer, index: number, width: number): boolean {
  const bytes = width * FLOAT_BYTES;
  if (row.length === bytes) return true;
  if (row.length !== bytes + CHECKSUM_BYTES) return false;
  return row.readUInt32LE(bytes) === crc32(row.subarray(0, bytes), index >>> 0);
}

/** Yields after each step; what is yielded is what the step found, one sentence each. */
export function* checkContents(connection: Connection): Generator<readonly string[], void> {
  yield* checkChunks(connection);
  for (const run of connection.values<number>('SELECT id FROM run ORDER BY id')) {
    for (const scope of ['step', 'epoch'] as const) yield* checkRows(connection, run, scope);
  }
  yield checkPieces(connection);
}

function* checkChunks(connection: Connection): Generator<readonly string[], void> {
  let after = 0;
  for (;;) {
    const chunk = connection.get<{
      id: number;
      encoding: string;
      rows: number;
      data: Buffer;
      sha256: Buffer;
    }>(
      'SELECT id, encoding, row_count AS rows, data, sha256 FROM chunk WHERE id > ? ORDER BY id LIMIT 1',
      after,
    );
    if (chunk === undefined) return;
    after = chunk.id;
    yield chunkHash(chunk).equals(chunk.sha256) ? [] : [brokenChunk(connection, chunk.id)];
  }
}

function brokenChunk(connection: Connection, id: number): string {
  const names = connection.values<string>(
    `SELECT DISTINCT dataset.name FROM column_chunk
     JOIN series_column ON series_column.id = column_chunk.series_column_id
     JOIN series ON series.id = series_column.series_id
     JOIN dataset_version ON dataset_version.id = series.dataset_version_id
     JOIN dataset ON dataset.id = dataset_version.dataset_id WHERE column_chunk.chunk_id = ?`,
    id,
  );
  const where = names.length === 0 ? 'of no dataset' : `of ${names.map((name) => `"${name}"`).join(', ')}`;
  return `The data chunk ${id} ${where} is not what was stored: delete the dataset and import its file again, or restore a backup.`;
}

function* checkRows(connection: Connection, run: number, scope: Scope): Generator<readonly string[], void> {
  const width =
    connection.value<number>(
      'SELECT count(*) FROM run_metric_name WHERE run_id = ? AND scope = ?',
      run,
      scope,
    ) ?? 0;
  for (let after = 0; ; ) {
    const rows = connection.all<{ at: number; metric_values: Buffer }>(
      `SELECT ${scope} AS at, metric_values FROM run_${scope}_metric WHERE run_id = ? AND ${scope} > ? ORDER BY ${scope} LIMIT ${ROWS}`,
      run,
      after,
    );
    const broken = rows.filter(({ at, metric_values }) => !isAsStored(metric_values, at, width));
    yield broken.length === 0
      ? []
      : [
          brokenRows(
            run,
            scope,
            broken.map(({ at }) => at),
          ),
        ];
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.at;
  }
}

const brokenRows = (run: number, scope: Scope, at: readonly number[]): string =>
  `The metrics of run ${run} at ${scope} ${at.slice(0, 5).join(', ')}${at.length > 5 ? ` and ${at.length - 5} more` : ''} are not what was stored: restore a backup, or train the run again.`;

function checkPieces(connection: Connection): string[] {
  return connection
    .all<{ runId: number; kind: string }>(
      `SELECT run_id AS runId, kind FROM checkpoint WHERE complete = 1 AND bytes <>
         (SELECT ifnull(sum(length(data)), 0) FROM checkpoint_part WHERE checkpoint_id = checkpoint.id)`,
    )
    .map(
      ({ runId, kind }) =>
        `The ${kind} checkpoint of run ${runId} lacks some of its bytes: restore a backup, or train the run again.`,
    );
}
