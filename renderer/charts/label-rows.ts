// The labels of marker lines, in rows one below the other where they would run into each other.

interface Labelled {
  readonly at: number;
  readonly to?: number;
  readonly label?: string;
}

/** Room for a letter of a label. A narrower band has no label: it would run into the next one. */
export const LETTER_PX = 7;

/** The row of each marker's label, 0 on top. Bands (`to`) have rows of their own. */
export function labelRows(markers: readonly Labelled[], toPixel: (at: number) => number): number[] {
  const rows = markers.map(() => 0);
  /** Of each row, where its labels end. */
  const ends: number[] = [];
  const fromLeft = [...markers.entries()].sort(([, one], [, other]) => one.at - other.at);
  for (const [index, { at, to, label = '' }] of fromLeft) {
    const left = toPixel(at);
    if (to !== undefined || left < 0) continue;
    const free = ends.findIndex((end) => end <= left);
    const row = free === -1 ? ends.length : free;
    rows[index] = row;
    ends[row] = left + label.length * LETTER_PX;
  }
  return rows;
}
