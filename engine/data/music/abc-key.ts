// The key of a tune in ABC notation: which notes it makes sharp or flat.

export type Letter = 'C' | 'D' | 'E' | 'F' | 'G' | 'A' | 'B';
/** Semitones by letter; letters that are missing stay as they are. */
export type Key = ReadonlyMap<Letter, number>;

/** Sharps (with a minus flats) of the major keys. */
const SHARPS: Readonly<Record<string, number>> = {
  C: 0,
  G: 1,
  D: 2,
  A: 3,
  E: 4,
  B: 5,
  'F#': 6,
  'C#': 7,
  F: -1,
  Bb: -2,
  Eb: -3,
  Ab: -4,
  Db: -5,
  Gb: -6,
  Cb: -7,
};
/** What a mode adds to them. */
const MODES: readonly (readonly [RegExp, number])[] = [
  [/^(maj|ion)/i, 0],
  [/^mix/i, -1],
  [/^dor/i, -2],
  [/^(m$|min|aeo)/i, -3],
  [/^phr/i, -4],
  [/^loc/i, -5],
  [/^lyd/i, 1],
];
const MOST = 7;
const ORDER_OF_SHARPS: readonly Letter[] = ['F', 'C', 'G', 'D', 'A', 'E', 'B'];

/** @param text what stands behind `K:` */
export function keyOf(text: string): Key {
  const [, tonic = 'C', rest = ''] = /^\s*([A-G][#b]?)\s*([A-Za-z]*)/.exec(text) ?? [];
  const mode = MODES.find(([name]) => name.test(rest))?.[1] ?? 0;
  const sharps = Math.max(-MOST, Math.min(MOST, (SHARPS[tonic] ?? 0) + mode));
  const letters =
    sharps >= 0 ? ORDER_OF_SHARPS.slice(0, sharps) : ORDER_OF_SHARPS.toReversed().slice(0, -sharps);
  return new Map(letters.map((letter) => [letter, Math.sign(sharps)]));
}
