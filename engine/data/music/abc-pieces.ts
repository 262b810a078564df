// The lines of a tune in ABC notation as pieces (notes, rests, bars, chords, ...), with its repeats written out.

const NOTE = "(?:\\^\\^|\\^|__|_|=)?[A-Ga-g][,']*";
const LENGTH = '\\d*/*\\d*';

const PIECE = new RegExp(
  [
    '"[^"]*"', // a chord symbol
    '![^!]*!', // a decoration
    '\\{[^}]*\\}', // grace notes
    '\\[[A-Za-z]:[^\\]]*\\]', // a field within the line
    '\\[\\d', // an ending
    `\\[[^\\]]*\\]${LENGTH}`, // a chord
    '\\(\\d(?::\\d?)*', // a tuplet
    NOTE + LENGTH,
    `[zx]${LENGTH}|Z\\d*`, // a rest
    ':?\\|+[:\\]]?\\d?|::', // a bar
    '[<>]+',
    '-',
  ].join('|'),
  'g',
);

const NOTES = new RegExp(NOTE + LENGTH, 'g');

const MOST_PIECES = 50_000;

export const piecesOf = (body: string): string[] => unfold(body.match(PIECE) ?? []);

/** `^c'3/2` as its sign, letter, octaves and length. */
export function noteParts(note: string) {
  const [, sign = '', letter = '', octaves = '', length = ''] =
    /^(\^\^|\^|__|_|=)?([A-Ga-g])([,']*)(.*)$/.exec(note) ?? [];
  return { sign, letter, octaves, length };
}

/** The notes of a chord, and the length behind it. */
export function chordParts(chord: string): { readonly notes: readonly string[]; readonly length: string } {
  const end = chord.indexOf(']');
  return { notes: chord.slice(0, end).match(NOTES) ?? [], length: chord.slice(end + 1) };
}

const endsRepeat = (piece: string): boolean => /^:[|:]/.test(piece);

/** The second time the first ending is left out. */
function unfold(pieces: readonly string[]): string[] {
  const result: string[] = [];
  let start = 0;
  let isSecond = false;
  for (let at = 0; at < pieces.length && result.length < MOST_PIECES; at++) {
    const piece = pieces[at]!;
    result.push(piece);
    if (endsRepeat(piece)) {
      if (!isSecond) at = start - 1;
      else start = at + 1;
      isSecond = !isSecond;
    } else if (isSecond && /^(\[|\|+)1$/.test(piece)) {
      const end = pieces.findIndex((one, index) => index > at && endsRepeat(one));
      if (end > 0) at = end - 1;
    } else if (/\|:$/.test(piece)) start = at + 1;
  }
  return result;
}

/** `2`, `/2`, `3/2`, `/`, `//`: how often the unit. */
export function lengthIn(text: string): number {
  const [, above = '', slashes = '', below = ''] = /^(\d*)(\/*)(\d*)/.exec(text) ?? [];
  const halves = below === '' ? 1 << Math.min(4, slashes.length) : Number(below);
  return (above === '' ? 1 : Number(above)) / (slashes === '' ? 1 : halves || 1);
}
