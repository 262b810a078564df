// One line of progress that fits its terminal: what matters least is left out first.

export interface Piece {
  readonly text: string;
  /** The pieces with the greatest number are left out first where the line is narrow. */
  readonly rank: number;
}

export function fittedLine(pieces: readonly Piece[], width: number): string {
  let list = pieces;
  const text = (): string => list.map((piece) => piece.text).join('  ');
  while (list.length > 1 && text().length > width) {
    const last = Math.max(...list.map((piece) => piece.rank));
    const victim = list.findLastIndex((piece) => piece.rank === last);
    list = list.filter((_, index) => index !== victim);
  }
  return text().slice(0, width);
}
