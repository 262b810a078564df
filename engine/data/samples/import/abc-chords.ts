// The phrases of tunes in ABC notation as pairs: the notes of some bars, and the chords that are written above them. Pure.
export interface Phrase {
  /** Bars from 1, as `bars 1 to 4`. */
  readonly name: string;
  /** Key and metre, then the notes, a bar line between bars, all between spaces. */
  readonly melody: string;
  /** The chords of each bar, between bar lines. */
  readonly chords: string;
}

const BARS = 4;
/** In this order: chords, what is written beside the notes, notes and rests with their lengths, bar lines. */
const SIGNS =
  /"([^"]*)"|\{[^}]*\}|![^!]*!|\[[A-Za-z]:[^\]]*\]|([_=^]*[A-Ga-gzx][,']*\d*(?:\/+\d*)?)|(?::*\|+[\]:|]*|::)(?:\d(?=[^|]))?/g;
/** A chord and no other text above the notes: `Am7`, `F#dim/A`, `Bb`. */
const CHORD = /^[A-G][b#]?(m|min|maj|dim|aug|sus|add|M|\+|\d|b|#|-|\/|\(|\)|[A-G])*$/;

interface Bar {
  readonly notes: readonly string[];
  /** Those that sound in it, the first one too where it began in an earlier bar. */
  readonly chords: readonly string[];
}

/** Bars before the first chord, and phrases without notes, are left out. */
export function phrasesOf(tune: string): Phrase[] {
  const { head, bars } = readBars(tune);
  const known = bars
    .map((bar, index) => ({ ...bar, number: index + 1 }))
    .filter(({ chords }) => chords.length > 0);
  return Array.from({ length: Math.ceil(known.length / BARS) }, (_, index) => {
    const some = known.slice(index * BARS, (index + 1) * BARS);
    return {
      name: `bars ${some[0]!.number} to ${some.at(-1)!.number}`,
      melody: [...head, some.map(({ notes }) => notes.join(' ')).join(' | ')].join(' '),
      chords: some.map(({ chords }) => chords.join(' ')).join(' | '),
    };
  });
}

/** Fields in the head of a tune that its notes depend on. */
const KEPT = /^([KM]):\s*(\S+)/;

function readBars(tune: string): { readonly head: readonly string[]; readonly bars: readonly Bar[] } {
  const head = new Map<string, string>();
  const bars: Bar[] = [];
  let notes: string[] = [];
  let chords: string[] = [];
  const end = () => {
    if (notes.length > 0) bars.push({ notes, chords });
    notes = [];
    chords = chords.slice(-1);
  };
  for (const line of tune.split('\n')) {
    const [, field, value] = KEPT.exec(line) ?? [];
    if (field && bars.length === 0) head.set(field, value!);
    if (/^[A-Za-z+]:/.test(line)) continue;
    for (const [sign, above, note] of line.matchAll(SIGNS)) {
      if (above !== undefined) chords = withChord(chords, above.trim(), notes.length === 0);
      else if (note !== undefined) notes.push(note);
      else if (sign.includes('|') || sign.startsWith('::')) end();
    }
  }
  end();
  return { head: [...head].map(([field, value]) => `${field}${value}`), bars };
}

/** One at the beginning of a bar ends that of the bar before. */
function withChord(chords: readonly string[], chord: string, isFirst: boolean): string[] {
  if (!CHORD.test(chord)) return [...chords];
  if (isFirst) return [chord];
  return chords.at(-1) === chord ? [...chords] : [...chords, chord];
}
