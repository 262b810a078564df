// Columns of numbers that grow row by row, in blocks of all columns. The first blocks stay in memory, and the others go to a file.
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ROWS_PER_CHUNK } from '../../../contract/processes/importer.ts';

/** Numbers of a block. */
const BLOCK_NUMBERS = 1 << 19;
const FEWEST_ROWS = 64;
/** Bytes of the blocks that stay in memory. */
const MEMORY_BYTES = 160 << 20;

export interface ColumnBlocks {
  readonly rowsPerBlock: number;
  readonly isClosed: boolean;
  /** The block that is filled: [columns][rowsPerBlock]. */
  readonly block: Float64Array;
  /** Keeps the full block, and gives an empty one. */
  next(): void;
  /** The first numbers of a column, as many as `values` holds; the last block may be a part of one. Whole blocks before row `from` are left out. */
  read(column: number, values: Float64Array, from?: number): Float64Array;
  /** Forgets all numbers. */
  close(): void;
}

/** Whole chunks, where there are few columns. */
function rowsOf(columns: number): number {
  const rows = Math.floor(BLOCK_NUMBERS / columns);
  return rows >= ROWS_PER_CHUNK ? rows - (rows % ROWS_PER_CHUNK) : Math.max(FEWEST_ROWS, rows);
}

export function createColumnBlocks(columns: number, folder: string, memory = MEMORY_BYTES): ColumnBlocks {
  const rowsPerBlock = rowsOf(columns);
  const bytes = columns * rowsPerBlock * 8;
  const most = Math.max(1, Math.floor(memory / bytes));
  const kept: Float64Array[] = [];
  let inFile = 0;
  let file: number | null = null;
  let isClosed = false;
  let block = new Float64Array(columns * rowsPerBlock);

  function readFromFile(index: number, column: number, into: Float64Array): void {
    const view = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    const at = index * bytes + column * rowsPerBlock * 8;
    for (let done = 0; done < view.length; ) {
      done += readSync(file!, view, done, view.length - done, at + done);
    }
  }

  return {
    rowsPerBlock,
    get isClosed() {
      return isClosed;
    },
    get block() {
      return block;
    },
    next() {
      if (kept.length < most) {
        kept.push(block);
        block = new Float64Array(columns * rowsPerBlock);
        return;
      }
      file ??= openSync(join(folder, 'columns'), 'wx+');
      const view = new Uint8Array(block.buffer);
      for (let done = 0; done < bytes; ) {
        done += writeSync(file, view, done, bytes - done, inFile * bytes + done);
      }
      inFile++;
    },
    read(column, values, from = 0) {
      if (isClosed) throw new Error('The columns are closed.');
      const rows = values.length;
      const start = column * rowsPerBlock;
      for (let index = Math.floor(from / rowsPerBlock); index * rowsPerBlock < rows; index++) {
        const into = values.subarray(index * rowsPerBlock, (index + 1) * rowsPerBlock);
        const inMemory = kept[index] ?? (index === kept.length + inFile ? block : null);
        if (inMemory) into.set(inMemory.subarray(start, start + into.length));
        else readFromFile(index - kept.length, column, into);
      }
      return values;
    },
    close() {
      if (file !== null) closeSync(file);
      file = null;
      kept.length = 0;
      block = new Float64Array(0);
      isClosed = true;
    },
  };
}
