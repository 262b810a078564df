// Cuts columns into chunks and encodes them. Equal values give equal bytes: missing cells always hold the same NaN, and bits
// behind the last row are 0.

import {
  type AheadPiece,
  type ImportedChunk,
  ROWS_PER_CHUNK,
  type TakenChunk,
} from '../../../contract/processes/importer.ts';
import type { TypedColumn } from '../table/typed-table.ts';
import { columnGroups, type Placed, type PlacedPart, type Values } from './placed.ts';
import { createRoom } from './room.ts';
import type { AheadValues } from './sink.ts';

const bytesOf = (view: BigInt64Array | Int32Array): Uint8Array =>
  new Uint8Array(view.slice().buffer as ArrayBuffer);

/** float64 values with NaN in place of the missing ones, then the validity bitmap. */
function encodeNumeric(values: Float64Array): Uint8Array {
  const rows = values.length;
  const bytes = new Uint8Array(rows * 8 + ((rows + 7) >> 3));
  const target = new Float64Array(bytes.buffer, 0, rows);
  const bitmap = bytes.subarray(rows * 8);
  target.set(values);
  bitmap.fill(0xff, 0, rows >> 3);
  if ((rows & 7) > 0) bitmap[rows >> 3] = (1 << (rows & 7)) - 1;
  markMissing(target, bitmap);
  return bytes;
}

function markMissing(values: Float64Array, bitmap: Uint8Array): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i]!)) continue;
    values[i] = Number.NaN;
    bitmap[i >> 3]! &= ~(1 << (i & 7));
  }
}

const ALL_VALID = new Uint8Array(ROWS_PER_CHUNK / 8).fill(0xff);

/** The data of `encodePiece` for numbers of which none is missing, in parts, without a copy: [ROWS_PER_CHUNK]. */
export const wholePiece = (values: Float64Array): AheadValues => ({
  rows: values.length,
  encoding: 'numeric-f64',
  parts: [new Uint8Array(values.buffer, values.byteOffset, values.byteLength), ALL_VALID],
});

export function encodePiece(values: Values | BigInt64Array): AheadPiece {
  const rows = values.length;
  if (values instanceof Float64Array) return { rows, encoding: 'numeric-f64', data: encodeNumeric(values) };
  const encoding = values instanceof Int32Array ? 'category-i32' : 'time-i64';
  return { rows, encoding, data: bytesOf(values) };
}

type Piece = Omit<ImportedChunk, 'chunk'>;

/** A column of all series; -1 for the times. */
function* cutColumn(
  parts: readonly PlacedPart[],
  column: number,
  values: Values | BigInt64Array,
  /** Chunks that need not be cut. */
  done = 0,
): Generator<Piece, void, void> {
  for (const [series, { from, rows }] of parts.entries()) {
    for (let row = done * ROWS_PER_CHUNK; row < rows; row += ROWS_PER_CHUNK) {
      const end = Math.min(rows, row + ROWS_PER_CHUNK);
      const piece = encodePiece(values.subarray(from + row, from + end));
      yield { series, column, position: row / ROWS_PER_CHUNK, ...piece };
    }
  }
}

export function countChunks(parts: readonly PlacedPart[], columns: number): number {
  return parts.reduce((sum, { rows }) => sum + Math.ceil(rows / ROWS_PER_CHUNK), 0) * (1 + columns);
}

/** The chunks whose values were sent ahead, numbered from 1. */
export function takenChunks({ ahead }: Placed, columns: readonly TypedColumn[]): TakenChunk[] {
  if (ahead === undefined) return [];
  const numbers = [ahead.times, ...columns.map(({ column }) => ahead.of(column))];
  return numbers
    .flatMap((ofColumn, index) =>
      ofColumn.map((number, position) => ({
        series: 0,
        column: index - 1,
        position,
        rows: ROWS_PER_CHUNK,
        ahead: number,
      })),
    )
    .map((taken, index) => ({ chunk: index + 1, ...taken }));
}

/** All other chunks of the import, numbered from `first`. */
export async function* readChunks(
  placed: Placed,
  columns: readonly TypedColumn[],
  first: number,
): AsyncGenerator<ImportedChunk, void, void> {
  const { parts, times, ahead } = placed;
  const room = createRoom();
  const sentRows = ROWS_PER_CHUNK * (ahead?.times.length ?? 0);
  let chunk = first;
  for (const piece of cutColumn(parts, -1, times, ahead?.times.length)) yield { chunk: chunk++, ...piece };
  for (const group of columnGroups(columns, times.length)) {
    const read = await placed.read(group.columns, room, sentRows);
    for (const [i, values] of read.entries()) {
      const done = ahead?.of(group.columns[i]!.column).length;
      for (const piece of cutColumn(parts, group.firstColumn + i, values, done))
        yield { chunk: chunk++, ...piece };
    }
  }
}
