// Text files whose lines are no rows of one table: lines of several kinds, fields between blanks, quotes of another sign. Their lines become rows of
// a plain table in a temporary copy.
import { textLines } from '../source/lines.ts';

export interface LineTable {
  /** The header of the new table; null where it is among the lines. */
  readonly names: readonly string[] | null;
  readonly notes: readonly string[];
  /** Its series column, where that is known. */
  readonly seriesColumn?: string;
  /** The rows of a line; none where it belongs to no table. */
  rows(line: string, number: number): Iterable<readonly string[]>;
}

/** A kind of text file. */
export interface LineShape {
  readonly id: string;
  /** Null where the first lines of the file are of another kind. `lines` reads the whole file again. */
  find(head: readonly string[], lines: () => AsyncIterable<string>): Promise<LineTable | null>;
}

/** The lines of a UTF-8 text, whatever ends them. */
export async function* plainLines(
  path: string,
  skip: number,
  signal?: AbortSignal,
): AsyncGenerator<string, void, void> {
  let first = true;
  for await (const { line } of textLines(path, signal)) {
    const bytes = first ? line.subarray(skip) : line;
    first = false;
    yield bytes.toString('utf8');
  }
}
