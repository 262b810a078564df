// The sum over the cells of one row, as a function that SQL can call.
import { crc32 } from 'node:zlib';

/** The SQL function that every connection has. */
export const ROW_CHECKSUM = 'row_checksum';

const TEXT = 1;
const NUMBER = 2;
const BYTES = 3;
/** Position, kind, and the number itself or a length. */
const HEAD_BYTES = 11;
/** Of a character of a text. */
const MOST_BYTES = 3;

/** The bytes of the row that is summed up; kept, because a list of runs takes ten thousand sums. */
let row = Buffer.alloc(16_384);

/**
 * NULL counts as nothing, so that a column that a migration adds changes no checksum; each other cell counts with its position and kind.
 */
export function rowChecksum(...cells: unknown[]): number {
  let end = 0;
  for (let position = 0; position < cells.length; position++) {
    const cell = cells[position];
    if (cell === null) continue;
    if (typeof cell === 'number') end = writeHead(end, position, NUMBER, cell);
    else end = writeContent(end, position, cell as string | Uint8Array);
  }
  return crc32(row.subarray(0, end));
}

/** Returns where the next one begins. */
function writeHead(at: number, position: number, kind: number, value: number): number {
  reserve(at + HEAD_BYTES);
  row.writeUInt16LE(position, at);
  row[at + 2] = kind;
  row.writeDoubleLE(value, at + 3);
  return at + HEAD_BYTES;
}

function writeContent(at: number, position: number, content: string | Uint8Array): number {
  const start = at + HEAD_BYTES;
  reserve(start + content.length * MOST_BYTES);
  let length = content.length;
  if (typeof content === 'string') length = row.write(content, start);
  else row.set(content, start);
  return writeHead(at, position, typeof content === 'string' ? TEXT : BYTES, length) + length;
}

function reserve(bytes: number): void {
  if (bytes <= row.length) return;
  const larger = Buffer.alloc(bytes * 2);
  larger.set(row);
  row = larger;
}
