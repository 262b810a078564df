// Edit distance of two token sequences (Levenshtein 1966): insertions, deletions and replacements, each counted once.

export function editDistance<Token>(a: readonly Token[], b: readonly Token[]): number {
  let before = Int32Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const now = new Int32Array(b.length + 1);
    now[0] = row;
    for (let at = 1; at <= b.length; at++) {
      const replaced = before[at - 1]! + (a[row - 1] === b[at - 1] ? 0 : 1);
      now[at] = Math.min(replaced, before[at]! + 1, now[at - 1]! + 1);
    }
    before = now;
  }
  return before[b.length]!;
}

export interface Nearest {
  readonly edits: number;
  /** Tokens of the nearest reference; of equally near ones the first. */
  readonly tokens: number;
}

export function nearestReference<Token>(
  written: readonly Token[],
  references: readonly (readonly Token[])[],
): Nearest {
  let best: Nearest | null = null;
  for (const reference of references) {
    const edits = editDistance(written, reference);
    if (best === null || edits < best.edits) best = { edits, tokens: reference.length };
  }
  return best ?? { edits: written.length, tokens: 0 };
}
