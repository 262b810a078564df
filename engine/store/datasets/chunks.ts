// Chunks: pieces of columns, stored once under their hash and removed when no column uses them.

import type { Connection } from '../file/connection.ts';
import { type Chunk, chunkHash } from './chunk-codec.ts';

/** Stores a chunk where it is not there yet; returns its id. */
export function putChunk(connection: Connection, chunk: Chunk): number {
  const hash = chunkHash(chunk);
  const known = connection.value<number>('SELECT id FROM chunk WHERE sha256 = ?', hash);
  if (known !== undefined) return known;
  return connection.run(
    'INSERT INTO chunk (sha256, encoding, row_count, data) VALUES (?, ?, ?, ?)',
    hash,
    chunk.encoding,
    chunk.rows,
    chunk.data,
  ).id;
}

/** The distinct chunks that a version uses. */
export function chunksOfVersion(connection: Connection, versionId: number): number[] {
  return connection.values<number>(
    `SELECT DISTINCT column_chunk.chunk_id FROM series
     JOIN series_column ON series_column.series_id = series.id
     JOIN column_chunk ON column_chunk.series_column_id = series_column.id
     WHERE series.dataset_version_id = ?`,
    versionId,
  );
}

/** Chunks removed in one transaction: up to 64 MB, about 8 ms. */
const MOST_REMOVED_AT_ONCE = 1_000;

/** Chunks that lost a user and were not looked at yet. Those of a crashed process are found by `removeAllUnused`. */
const unexamined = new WeakMap<Connection, number[]>();

/** Chunks of an import under way, which no column uses yet; with how many ask for them. */
const held = new WeakMap<Connection, Map<number, number>>();

/** Keeps a chunk until `letGoOf`, whether a column uses it or not. */
export function holdChunk(connection: Connection, id: number): void {
  const counts = held.get(connection) ?? new Map<number, number>();
  held.set(connection, counts.set(id, (counts.get(id) ?? 0) + 1));
}

/** Ends `holdChunk`, once for each time that it was called. */
export function letGoOf(connection: Connection, ids: readonly number[]): void {
  const counts = held.get(connection);
  for (const id of ids) {
    const count = counts?.get(id) ?? 0;
    if (count > 1) counts?.set(id, count - 1);
    else counts?.delete(id);
  }
}

/** Removes those of the chunks that nothing uses any more; of very many only the first: `removeMoreUnused` continues. */
export function removeUnused(connection: Connection, chunkIds: readonly number[]): void {
  const waiting = unexamined.get(connection) ?? [];
  for (const id of chunkIds) waiting.push(id);
  unexamined.set(connection, waiting);
  removeMoreUnused(connection);
}

/** Returns whether chunks are left to be looked at. */
export function removeMoreUnused(connection: Connection): boolean {
  const waiting = unexamined.get(connection) ?? [];
  if (waiting.length === 0) return false;
  const ids = waiting.slice(-MOST_REMOVED_AT_ONCE);
  connection.transaction(() => {
    for (const id of ids) {
      // The import that releases it removes it.
      if (held.get(connection)?.has(id)) continue;
      connection.run(
        'DELETE FROM chunk WHERE id = ? AND NOT EXISTS (SELECT 1 FROM column_chunk WHERE chunk_id = chunk.id)',
        id,
      );
    }
  });
  waiting.length -= ids.length;
  return waiting.length > 0;
}

/** Removes every chunk that nothing uses; returns how many. */
export function removeAllUnused(connection: Connection): number {
  return connection.run(
    'DELETE FROM chunk WHERE NOT EXISTS (SELECT 1 FROM column_chunk WHERE chunk_id = chunk.id)',
  ).changes;
}
