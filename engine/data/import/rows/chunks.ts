// Cuts columns into chunks and encodes them. Equal values give equal bytes: missing cells always hold the same NaN, and bits
// behind the last row are 0.

import {
  type ChunkEncoding,
  type ImportedChunk,
  ROWS_PER_CHUNK,
} from '../../../contract/processes/importer.ts';
import type { Duck, VectorBlock } from '../source/duck.ts';
import { readColumnGroups, seriesCutter, type TypedColumn } from '../table/typed-table.ts';

const bytesOf = (view: BigInt64Array | Int32Array, rows: number): Uint8Array =>
  new Uint8Array(view.buffer.slice(0, rows * view.BYTES_PER_ELEMENT) as ArrayBuffer);

/** float64 values with NaN in place of the missing ones, then the validity bitmap. */
function encodeNumeric(values: Float64Array, rows: number): Uint8Array {
  const bytes = new Uint8Array(rows * 8 + ((rows + 7) >> 3));
  const target = new Float64Array(bytes.buffer, 0, rows);
  const bitmap = bytes.subarray(rows * 8);
  for (let i = 0; i < rows; i++) {
    const value = values[i] as number;
    const missing = Number.isNaN(value);
    target[i] = missing ? NaN : value;
    if (!missing) bitmap[i >> 3] = (bitmap[i >> 3] as number) | (1 << (i & 7));
  }
  return bytes;
}

interface Channel {
  /** -1 for the times. */
  readonly column: number;
  readonly encoding: ChunkEncoding;
  readonly buffer: Float64Array | Int32Array | BigInt64Array;
  copy(block: VectorBlock, from: number, to: number, at: number): void;
}

function encode({ buffer }: Channel, rows: number): Uint8Array {
  return buffer instanceof Float64Array ? encodeNumeric(buffer, rows) : bytesOf(buffer, rows);
}

function timeChannel(): Channel {
  const buffer = new BigInt64Array(ROWS_PER_CHUNK);
  const copy: Channel['copy'] = (block, from, to, at) => buffer.set(block.int64(0).subarray(from, to), at);
  return { column: -1, encoding: 'time-i64', buffer, copy };
}

function valueChannel(kind: TypedColumn['kind'], column: number, index: number): Channel {
  if (kind === 'category') {
    const buffer = new Int32Array(ROWS_PER_CHUNK);
    const copy: Channel['copy'] = (block, from, to, at) =>
      buffer.set(block.int32(index).subarray(from, to), at);
    return { column, encoding: 'category-i32', buffer, copy };
  }
  const buffer = new Float64Array(ROWS_PER_CHUNK);
  const copy: Channel['copy'] = (block, from, to, at) =>
    buffer.set(block.float64(index).subarray(from, to), at);
  return { column, encoding: 'numeric-f64', buffer, copy };
}

type Piece = Omit<ImportedChunk, 'chunk'>;

/** Fills the channels from blocks and hands out a chunk of each whenever they are full or a series ends. */
async function* cutChunks(
  channels: readonly Channel[],
  blocks: AsyncGenerator<VectorBlock>,
  rows: readonly number[],
): AsyncGenerator<Piece, void, void> {
  const cut = seriesCutter(rows);
  for await (const block of blocks) {
    for (const { series, from, to, row } of cut(block.rows)) {
      for (let at = from; at < to; ) {
        const filled = (row + at - from) % ROWS_PER_CHUNK;
        const end = Math.min(to, at + ROWS_PER_CHUNK - filled);
        for (const channel of channels) channel.copy(block, at, end, filled);
        const done = row + end - from;
        const inChunk = filled + end - at;
        at = end;
        if (inChunk < ROWS_PER_CHUNK && done < (rows[series] ?? 0)) continue;
        const position = Math.floor((done - 1) / ROWS_PER_CHUNK);
        for (const channel of channels) {
          const { column, encoding } = channel;
          yield { series, column, position, rows: inChunk, encoding, data: encode(channel, inChunk) };
        }
      }
    }
  }
}

export function countChunks(rows: readonly number[], columns: number): number {
  return rows.reduce((sum, count) => sum + Math.ceil(count / ROWS_PER_CHUNK), 0) * (1 + columns);
}

/** All chunks of the import, numbered from 1; `rows` of each series. */
export async function* readChunks(
  duck: Duck,
  rows: readonly number[],
  columns: readonly TypedColumn[],
): AsyncGenerator<ImportedChunk, void, void> {
  let chunk = 0;
  for await (const piece of cutChunks([timeChannel()], duck.blocks('SELECT t FROM placed'), rows)) {
    yield { chunk: ++chunk, ...piece };
  }
  for await (const { firstColumn, count, blocks } of readColumnGroups(duck, columns)) {
    const group = columns.slice(firstColumn, firstColumn + count);
    const channels = group.map(({ kind }, i) => valueChannel(kind, firstColumn + i, i));
    for await (const piece of cutChunks(channels, blocks, rows)) yield { chunk: ++chunk, ...piece };
  }
}
