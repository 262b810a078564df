// The sum over the cells of one row, as a function that SQL can call.
import { crc32 } from 'node:zlib';

/** The SQL function that every connection has. */
export const ROW_CHECKSUM = 'row_checksum';

const TEXT = 1;
const NUMBER = 2;
const BYTES = 3;

/**
 * NULL counts as nothing, so that a column that a migration adds changes no checksum; each other cell counts with its position and kind.
 */
export function rowChecksum(...cells: unknown[]): number {
  const head = Buffer.alloc(11);
  let sum = 0;
  for (const [position, cell] of cells.entries()) {
    if (cell === null) continue;
    head.writeUInt16LE(position);
    if (typeof cell === 'number') {
      head[2] = NUMBER;
      head.writeDoubleLE(cell, 3);
      sum = crc32(head, sum);
    } else {
      const bytes = typeof cell === 'string' ? Buffer.from(cell) : (cell as Uint8Array);
      head[2] = typeof cell === 'string' ? TEXT : BYTES;
      head.writeDoubleLE(bytes.length, 3);
      sum = crc32(bytes, crc32(head, sum));
    }
  }
  return sum;
}
