// Cuts columns into chunks and encodes them. Equal values give equal bytes: missing cells always hold the same NaN, and bits
// behind the last row are 0.

import {
  type ChunkEncoding,
  type ImportedChunk,
  ROWS_PER_CHUNK,
} from '../../../contract/processes/importer.ts';
import type { TypedColumn } from '../table/typed-table.ts';
import { columnGroups, type Placed, type PlacedPart, type Values } from './placed.ts';

const bytesOf = (view: BigInt64Array | Int32Array): Uint8Array =>
  new Uint8Array(view.slice().buffer as ArrayBuffer);

/** float64 values with NaN in place of the missing ones, then the validity bitmap. */
function encodeNumeric(values: Float64Array): Uint8Array {
  const rows = values.length;
  const bytes = new Uint8Array(rows * 8 + ((rows + 7) >> 3));
  const target = new Float64Array(bytes.buffer, 0, rows);
  const bitmap = bytes.subarray(rows * 8);
  for (let i = 0; i < rows; i++) {
    const value = values[i]!;
    const isMissing = Number.isNaN(value);
    target[i] = isMissing ? Number.NaN : value;
    if (!isMissing) bitmap[i >> 3]! |= 1 << (i & 7);
  }
  return bytes;
}

function encode(values: Values | BigInt64Array): {
  readonly encoding: ChunkEncoding;
  readonly data: Uint8Array;
} {
  if (values instanceof Float64Array) return { encoding: 'numeric-f64', data: encodeNumeric(values) };
  const encoding = values instanceof Int32Array ? 'category-i32' : 'time-i64';
  return { encoding, data: bytesOf(values) };
}

type Piece = Omit<ImportedChunk, 'chunk'>;

/** A column of all series; -1 for the times. */
function* cutColumn(
  parts: readonly PlacedPart[],
  column: number,
  values: Values | BigInt64Array,
): Generator<Piece, void, void> {
  for (const [series, { from, rows }] of parts.entries()) {
    for (let row = 0; row < rows; row += ROWS_PER_CHUNK) {
      const end = Math.min(rows, row + ROWS_PER_CHUNK);
      const piece = encode(values.subarray(from + row, from + end));
      yield { series, column, position: row / ROWS_PER_CHUNK, rows: end - row, ...piece };
    }
  }
}

export function countChunks(parts: readonly PlacedPart[], columns: number): number {
  return parts.reduce((sum, { rows }) => sum + Math.ceil(rows / ROWS_PER_CHUNK), 0) * (1 + columns);
}

/** All chunks of the import, numbered from 1. */
export async function* readChunks(
  placed: Placed,
  columns: readonly TypedColumn[],
): AsyncGenerator<ImportedChunk, void, void> {
  const { parts, times } = placed;
  let chunk = 0;
  for (const piece of cutColumn(parts, -1, times)) yield { chunk: ++chunk, ...piece };
  for (const group of columnGroups(columns, times.length)) {
    const read = await placed.read(group.columns);
    for (const [i, values] of read.entries()) {
      for (const piece of cutColumn(parts, group.firstColumn + i, values)) yield { chunk: ++chunk, ...piece };
    }
  }
}
