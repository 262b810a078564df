// The two strands of DNA and RNA: a sequence and its reverse complement say the same.

/** IUPAC letters by the letter that stands opposite. */
const OPPOSITE: Readonly<Record<string, string>> = {
  A: 'T',
  C: 'G',
  G: 'C',
  T: 'A',
  U: 'A',
  R: 'Y',
  Y: 'R',
  S: 'S',
  W: 'W',
  K: 'M',
  M: 'K',
  B: 'V',
  V: 'B',
  D: 'H',
  H: 'D',
  N: 'N',
};

const NUCLEIC = /^[ACGTURYSWKMBDHVN]+$/i;
/** Words that happen to have these letters alone are shorter. */
const SHORTEST = 8;
const LOOKED_AT = 1_000;

/** Whether the texts are DNA or RNA; judged by the first ones. */
export function areNucleic(texts: readonly string[]): boolean {
  const some = texts.slice(0, LOOKED_AT);
  return some.length > 0 && some.every((text) => text.length >= SHORTEST && NUCLEIC.test(text.trim()));
}

/** In the letters of the sequence: U stands opposite A in RNA. A letter that none stands opposite to stays. */
export function reverseComplement(sequence: string): string {
  const isRna = /u/i.test(sequence);
  let result = '';
  for (let at = sequence.length - 1; at >= 0; at--) result += opposite(sequence[at]!, isRna);
  return result;
}

function opposite(letter: string, isRna: boolean): string {
  const upper = letter.toUpperCase();
  const other = upper === 'A' && isRna ? 'U' : (OPPOSITE[upper] ?? upper);
  return letter === upper ? other : other.toLowerCase();
}

/** Pairs of rows whose sequences are each other's reverse complement. */
export function strandPairs(texts: readonly string[]): [number, number][] {
  if (!areNucleic(texts)) return [];
  const rows = new Map<string, number>();
  for (const [row, text] of texts.entries()) if (!rows.has(text)) rows.set(text, row);
  const pairs: [number, number][] = [];
  for (const [row, text] of texts.entries()) {
    const other = rows.get(reverseComplement(text));
    if (other !== undefined && other !== row) pairs.push([row, other]);
  }
  return pairs;
}
