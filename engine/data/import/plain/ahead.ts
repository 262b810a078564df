// Sends the chunks of full blocks while the rest of the file is still read, so that they are stored meanwhile. Whether they are used is decided
// when the whole file is known.
import { ROWS_PER_CHUNK } from '../../../contract/processes/importer.ts';
import type { AheadChunks } from '../rows/ahead-chunks.ts';
import { encodePiece, wholePiece } from '../rows/chunks.ts';
import type { AheadSink, AheadValues } from '../rows/sink.ts';
import type { ColumnBlocks } from './column-blocks.ts';
import { wholeNumbers } from './whole-numbers.ts';

/** About 1 MiB. */
const PIECES_OF_MESSAGE = 16;

/** By column, as of now: whether its values rise, and how many are missing. */
export interface ReadSoFar {
  readonly rises: Uint8Array;
  readonly missing: Uint32Array;
}

export interface AheadSender {
  /** A full block; resolves when its values were sent. */
  send(blocks: ColumnBlocks, so: ReadSoFar): Promise<void>;
  /** Undefined where nothing was sent, or the times are not those. */
  chunksOf(timeColumn: number): AheadChunks | undefined;
}

export function createAheadSender(sink: AheadSink, columns: number, timeColumn: number): AheadSender {
  const numbers: number[][] = Array.from({ length: columns }, () => []);
  let count = 0;
  let missingBefore = new Uint32Array(columns);

  function pieceOf(values: Float64Array, column: number, hasMissing: boolean): AheadValues {
    if (column !== timeColumn && !hasMissing) return wholePiece(values);
    const { rows, encoding, data } = encodePiece(column === timeColumn ? wholeNumbers(values) : values);
    return { rows, encoding, parts: [data] };
  }

  function piecesOf({ block, rowsPerBlock }: ColumnBlocks, missing: Uint32Array): AheadValues[] {
    const pieces: AheadValues[] = [];
    for (let row = 0; row < rowsPerBlock; row += ROWS_PER_CHUNK) {
      for (let column = 0; column < columns; column++) {
        const from = column * rowsPerBlock + row;
        const values = block.subarray(from, from + ROWS_PER_CHUNK);
        pieces.push(pieceOf(values, column, missing[column] !== missingBefore[column]));
        numbers[column]!.push(count++);
      }
    }
    missingBefore = missing.slice();
    return pieces;
  }

  return {
    async send(blocks, { rises, missing }) {
      // Rows that have to be sorted are cut in another way, as are the short blocks of a wide table.
      if (rises[timeColumn] === 0 || blocks.rowsPerBlock % ROWS_PER_CHUNK > 0) return;
      const pieces = piecesOf(blocks, missing);
      for (let at = 0; at < pieces.length; at += PIECES_OF_MESSAGE)
        await sink.send(pieces.slice(at, at + PIECES_OF_MESSAGE));
    },
    chunksOf: (times) =>
      times === timeColumn && count > 0
        ? { times: numbers[timeColumn]!, of: (column) => numbers[column]! }
        : undefined,
  };
}
