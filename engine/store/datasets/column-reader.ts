// Reads the chunks of one stored column, all or some of them, and checks each against its length and hash.

import { blobCell } from '../checks/blob-cell.ts';
import type { Connection } from '../file/connection.ts';
import { damaged } from '../file/sqlite-errors.ts';
import {
  type Chunk,
  chunkHash,
  decodePieces,
  decodeTimes,
  decodeValues,
  decodeValuesInto,
  hasRightLength,
} from './chunk-codec.ts';

export interface RowRange {
  readonly fromRow: number;
  /** May reach beyond the end. */
  readonly rows: number;
}

/** [rows of the range] microseconds UTC. Throws `workspace-damaged` where a chunk is not what was stored. */
export function readTimes(connection: Connection, columnId: number, range: RowRange): BigInt64Array {
  const { from, length, pieces } = select(connection, columnId, range);
  const times = new BigInt64Array(length);
  for (const piece of pieces)
    copy(decodeTimes(readChunk(connection, piece.chunkId)), piece.firstRow - from, times);
  return times;
}

/** [rows of the range] float64, NaN where missing, codes for categories. Throws `workspace-damaged` as above. */
export function readValues(connection: Connection, columnId: number, range: RowRange): Float64Array {
  const { from, length, pieces } = select(connection, columnId, range);
  const values = new Float64Array(length);
  for (const { chunkId, rows, firstRow } of pieces) {
    const at = firstRow - from;
    const chunk = readChunk(connection, chunkId);
    if (at >= 0 && at + rows <= length) decodeValuesInto(chunk, values.subarray(at, at + rows));
    else copy(decodeValues(chunk), at, values);
  }
  return values;
}

interface Piece {
  readonly chunkId: number;
  readonly rows: number;
  readonly firstRow: number;
}

/** [rows of the range] bytes of texts and recordings. Throws `workspace-damaged` as above. */
export function readPieces(connection: Connection, columnId: number, range: RowRange): Uint8Array[] {
  const { from, length, pieces } = select(connection, columnId, range);
  return pieces.flatMap(({ chunkId, firstRow }) => {
    const all = decodePieces(readChunk(connection, chunkId));
    return all.slice(Math.max(0, from - firstRow), Math.max(0, from + length - firstRow));
  });
}

/** The pieces that the range touches, and the range itself, cut to the rows that there are. */
function select(
  connection: Connection,
  columnId: number,
  range: RowRange,
): { from: number; length: number; pieces: Piece[] } {
  let total = 0;
  const pieces = connection
    .all<{ chunkId: number; rows: number }>(
      `SELECT chunk.id AS chunkId, chunk.row_count AS rows FROM column_chunk JOIN chunk ON chunk.id = column_chunk.chunk_id
       WHERE series_column_id = ? ORDER BY position`,
      columnId,
    )
    .map((row) => {
      const piece = { ...row, firstRow: total };
      total += row.rows;
      return piece;
    });
  const from = Math.min(range.fromRow, total);
  const end = Math.min(total, from + range.rows);
  return {
    from,
    length: end - from,
    pieces: pieces.filter(({ firstRow, rows }) => firstRow < end && firstRow + rows > from),
  };
}

function readChunk(connection: Connection, id: number): Chunk {
  const chunk = connection.get<Chunk & { sha256: Buffer }>(
    `SELECT encoding, row_count AS rows, ${blobCell('data')}, ${blobCell('sha256')} FROM chunk WHERE id = ?`,
    id,
  );
  if (chunk === undefined) throw damaged(connection.path, `the data chunk ${id} is missing`);
  if (!hasRightLength(chunk) || !chunkHash(chunk).equals(chunk.sha256)) {
    throw damaged(connection.path, `the data chunk ${id} is not what was stored`);
  }
  return chunk;
}

/** Puts `source`, whose first element belongs at `at` (possibly before the start), into `target`. */
function copy<Values extends Float64Array | BigInt64Array>(source: Values, at: number, target: Values): void {
  const skip = Math.max(0, -at);
  const count = Math.min(source.length - skip, target.length - (at + skip));
  // Both are of one type; `set` of the union is not callable without saying so.
  (target as Float64Array).set(source.subarray(skip, skip + count) as Float64Array, at + skip);
}
