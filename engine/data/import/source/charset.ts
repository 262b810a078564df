// Guesses the encoding of a text that is no UTF-8: from the shape of its bytes, and by chardet's statistics of languages.
import chardet from 'chardet';
import { bestAlphabet, bestLatin, bestWide, standsInWords } from './frequent-letters.ts';

/** As TextDecoder names it. */
export type Encoding = string;

/** Encodings of two bytes a character: where the frequent characters of their languages stand. */
interface Wide {
  readonly encoding: Encoding;
  /** First bytes of kana, frequent ideographs and punctuation. */
  readonly common: readonly (readonly [number, number])[];
  /** Second bytes of these. */
  readonly from: number;
}

const WIDE: readonly Wide[] = [
  {
    encoding: 'shift_jis',
    common: [
      [0x81, 0x83],
      [0x88, 0x97],
    ],
    from: 0x40,
  },
  {
    encoding: 'gb18030',
    common: [
      [0xa1, 0xa3],
      [0xb0, 0xd7],
    ],
    from: 0xa1,
  },
  { encoding: 'euc-kr', common: [[0xb0, 0xc8]], from: 0xa1 },
  { encoding: 'big5', common: [[0xa4, 0xc6]], from: 0x40 },
];

/** Share of frequent characters that stand beside another one: words have several, and a stray apostrophe has none. */
function wideShare(bytes: Buffer, { encoding, common, from }: Wide): number {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return 0;
  }
  let all = 0;
  let frequent = 0;
  let before = -2;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    all++;
    if (encoding === 'shift_jis' && byte >= 0xa1 && byte <= 0xdf) continue;
    const second = bytes[at + 1] ?? 0;
    const isCommon = common.some(([low, high]) => byte >= low && byte <= high) && second >= from;
    const hasNeighbour = before === at - 2 || (bytes[at + 2] ?? 0) >= 0x80;
    if (isCommon && hasNeighbour) frequent++;
    before = at;
    at++;
  }
  return all === 0 ? 0 : frequent / all;
}

const WIDE_SHARE = 0.8;
/** Confidence of chardet, in hundredths, from which it needs no other sign. */
const SURE = 60;

const WIDE_NAMES: Readonly<Record<string, Encoding>> = {
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  GB18030: 'gb18030',
  'EUC-KR': 'euc-kr',
  Big5: 'big5',
};

/** Chinese and Korean bytes are alike: the characters that are frequent tell them apart. */
const ALIKE: ReadonlySet<Encoding> = new Set(['gb18030', 'euc-kr', 'big5']);
const CLEAR = 0.3;
const FREQUENT = 0.5;

function likeliest(lines: Buffer, guess: Encoding): Encoding {
  const { encoding, score } = bestWide(lines);
  return score >= CLEAR ? encoding : guess;
}

/** Share of the bytes beyond ASCII that stand beside another one: letters of Latin words seldom do. */
function sharedRuns(bytes: Buffer): number {
  let all = 0;
  let beside = 0;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    all++;
    if ((bytes[at - 1] ?? 0) >= 0x80 || (bytes[at + 1] ?? 0) >= 0x80) beside++;
  }
  return all === 0 ? 0 : beside / all;
}

/** Of lines that have bytes beyond ASCII and are no UTF-8: that of western Windows, or of Cyrillic where its words are wholly beyond ASCII, unless more speaks for another one. */
export function guessEncoding(lines: Buffer): Encoding {
  const guesses = chardet.analyse(lines);
  const first = guesses[0];
  const wide = first && first.confidence >= SURE ? WIDE_NAMES[first.name] : undefined;
  if (wide !== undefined && !standsInWords(lines, wide))
    return ALIKE.has(wide) ? likeliest(lines, wide) : wide;
  const shares = WIDE.map((one) => ({ encoding: one.encoding, share: wideShare(lines, one) }));
  const best = shares.reduce((most, one) => (one.share > most.share ? one : most));
  if (best.share >= WIDE_SHARE && !standsInWords(lines, best.encoding))
    return ALIKE.has(best.encoding) ? likeliest(lines, best.encoding) : best.encoding;
  // Single characters, such as the names of the parts of a date, have no neighbours.
  const frequent = bestWide(lines);
  if (frequent.score >= FREQUENT && !standsInWords(lines, frequent.encoding)) return frequent.encoding;
  if (sharedRuns(lines) < WIDE_SHARE) return bestLatin(lines);
  const { encoding, score } = bestAlphabet(lines);
  return score > 0 ? encoding : 'windows-1251';
}
