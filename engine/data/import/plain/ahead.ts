// Sends the chunks of full blocks while the rest of the file is still read, so that they are stored meanwhile. Whether they are used is decided
// when the whole file is known.
import { type AheadPiece, ROWS_PER_CHUNK } from '../../../contract/processes/importer.ts';
import type { AheadChunks } from '../rows/ahead-chunks.ts';
import { encodePiece } from '../rows/chunks.ts';
import type { AheadSink } from '../rows/sink.ts';
import type { ColumnBlocks } from './column-blocks.ts';
import { wholeNumbers } from './whole-numbers.ts';

/** About 1 MiB. */
const PIECES_OF_MESSAGE = 16;

export interface AheadSender {
  /** A full block; `rises` as of now, by column. */
  take(blocks: ColumnBlocks, rises: Uint8Array): void;
  /** Sends what was taken. */
  flush(): Promise<void>;
  /** Undefined where nothing was sent, or the times are not those. */
  chunksOf(timeColumn: number): AheadChunks | undefined;
}

export function createAheadSender(sink: AheadSink, columns: number, timeColumn: number): AheadSender {
  const numbers: number[][] = Array.from({ length: columns }, () => []);
  let waiting: AheadPiece[] = [];
  let count = 0;
  return {
    take({ block, rowsPerBlock }, rises) {
      // Rows that have to be sorted are cut in another way, as are the short blocks of a wide table.
      if (rises[timeColumn] === 0 || rowsPerBlock % ROWS_PER_CHUNK > 0) return;
      for (let row = 0; row < rowsPerBlock; row += ROWS_PER_CHUNK) {
        for (let column = 0; column < columns; column++) {
          const from = column * rowsPerBlock + row;
          const values = block.subarray(from, from + ROWS_PER_CHUNK);
          waiting.push(encodePiece(column === timeColumn ? wholeNumbers(values) : values));
          numbers[column]!.push(count++);
        }
      }
    },
    async flush() {
      const pieces = waiting;
      waiting = [];
      for (let at = 0; at < pieces.length; at += PIECES_OF_MESSAGE) {
        await sink.send(pieces.slice(at, at + PIECES_OF_MESSAGE));
      }
    },
    chunksOf: (times) =>
      times === timeColumn && count > 0
        ? { times: numbers[timeColumn]!, of: (column) => numbers[column]! }
        : undefined,
  };
}
