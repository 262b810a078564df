// A long column in pieces of a few thousand rows, for loops that should be fast from the first column on: a loop over a million rows is compiled
// while it runs, before its end was ever reached, so that this code is given up at the end and the next column begins slowly again.

const ROWS = 2_048;

/** Calls `visit` for the pieces of [from, to), in order. */
export function forPieces(from: number, to: number, visit: (from: number, to: number) => void): void {
  for (let at = from; at < to; at += ROWS) visit(at, Math.min(to, at + ROWS));
}
