// The notes of a tune in ABC notation (standard 2.1, what folk tunes use of it): key and its accidentals, metre, unit length, octaves, lengths,
// accidentals of a bar, ties, chords, triplets and other tuplets, broken rhythm, repeats with first and second endings. Chord symbols, grace
// notes, decorations and words are not played.
import { type Key, keyOf, type Letter } from './abc-key.ts';
import { chordParts, lengthIn, noteParts, piecesOf } from './abc-pieces.ts';
import { DEFAULT_TEMPO, DEFAULT_VELOCITY, inOrder, type Music, type Note } from './notes.ts';

const STEP: Readonly<Record<Letter, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
const SIGNS: Readonly<Record<string, number>> = { '^^': 2, '^': 1, '=': 0, _: -1, __: -2 };
const MIDDLE_C = 60;
const OCTAVE = 12;

/** Null where the text has no tune with a key and notes. */
export function musicOfAbc(text: string): Music | null {
  const head = readHead(text);
  if (!head) return null;
  const notes = play(piecesOf(head.body), head);
  return notes.length > 0 ? { notes: inOrder(notes), tempo: head.tempo } : null;
}

interface Head {
  readonly key: Key;
  /** Of a note without a length, in quarter notes. */
  readonly unit: number;
  readonly tempo: number;
  readonly body: string;
}

const SHORT_METRE = 0.75;

/** Of the first tune of the text; null without a key. */
function readHead(text: string): Head | null {
  const fields = new Map<string, string>();
  const body: string[] = [];
  for (const line of text.split(/\r\n?|\n/)) {
    const [, field, value = ''] = /^([A-Za-z]):(.*)$/.exec(line) ?? [];
    if (field === 'X' && body.length > 0) break;
    const isBody = fields.has('K');
    // In the middle of a tune it changes the key, or the unit, from there on.
    if (isBody && field !== undefined && 'KL'.includes(field)) body.push(`[${line}]`);
    else if (field !== undefined) fields.set(field, fields.get(field) ?? value);
    else if (isBody && !line.startsWith('%')) body.push(line);
  }
  const key = fields.get('K');
  if (key === undefined) return null;
  // Without L: an eighth, or a sixteenth in short metres.
  const metre = fraction(fields.get('M') ?? '') ?? 1;
  const unit = fraction(fields.get('L') ?? '') ?? (metre < SHORT_METRE ? 1 / 16 : 1 / 8);
  return { key: keyOf(key), unit: 4 * unit, tempo: tempoOf(fields.get('Q') ?? ''), body: body.join(' ') };
}

function fraction(text: string): number | null {
  const [, above, below] = /(\d+)\s*\/\s*(\d+)/.exec(text) ?? [];
  const value = Number(above) / Number(below);
  return Number.isFinite(value) && value > 0 ? value : null;
}

const tempoOf = (text: string): number =>
  Number(/=\s*(\d+)/.exec(text)?.[1] ?? /(\d+)\s*$/.exec(text)?.[1]) || DEFAULT_TEMPO;

/** What counts while a tune is read. */
interface Reading {
  readonly notes: Note[];
  now: number;
  key: Key;
  unit: number;
  /** Accidentals since the last bar, by letter and octave. */
  inBar: Map<string, number>;
  tuplet: { readonly left: number; readonly factor: number };
  /** Of a broken rhythm, for the next note. */
  factor: number;
  /** Indices of the notes that came last. */
  last: readonly number[];
  isTied: boolean;
}

function play(pieces: readonly string[], { key, unit }: Head): Note[] {
  const reading: Reading = {
    notes: [],
    now: 0,
    key,
    unit,
    inBar: new Map(),
    tuplet: { left: 0, factor: 1 },
    factor: 1,
    last: [],
    isTied: false,
  };
  for (const piece of pieces) PLAYED.find(([form]) => form.test(piece))?.[1](piece, reading);
  return reading.notes;
}

/** What each form of a piece does, the first that suits it; others do nothing. */
const PLAYED: readonly (readonly [RegExp, (piece: string, reading: Reading) => void])[] = [
  [/^\[K:/, changeKey],
  [/^\[L:/, changeUnit],
  [/^(\[[A-Za-z]:|\[\d|["!{])/, () => {}],
  [/^\(\d/, beginTuplet],
  [/^[<>]/, breakRhythm],
  [/^-/, tie],
  [/^[zxZ]/, rest],
  [/^\[/, chord],
  [/^(:?\||::)/, bar],
  [/./, (piece, reading) => sound([piece], takeLength(noteParts(piece).length, reading), reading)],
];

function changeKey(piece: string, reading: Reading): void {
  reading.key = keyOf(piece.slice(3));
}

function changeUnit(piece: string, reading: Reading): void {
  const unit = fraction(piece);
  if (unit !== null) reading.unit = 4 * unit;
}

function tie(_piece: string, reading: Reading): void {
  reading.isTied = true;
}

function bar(_piece: string, reading: Reading): void {
  reading.inBar = new Map();
}

/** Notes of a tuplet stand in the time of these many. */
const IN_TIME: Readonly<Record<number, number>> = { 2: 3, 3: 2, 4: 3, 6: 2, 8: 3 };

function beginTuplet(piece: string, reading: Reading): void {
  const count = Number(piece[1]);
  reading.tuplet = { left: count, factor: count === 0 ? 1 : (IN_TIME[count] ?? 2) / count };
}

/** `a>b`: the first half as long again, the second half as long; `<` the other way round. */
function breakRhythm(piece: string, reading: Reading): void {
  const { notes, last } = reading;
  const share = 1 / (1 << Math.min(4, piece.length));
  const before = piece.startsWith('>') ? 2 - share : share;
  const longest = last.reduce((most, index) => Math.max(most, notes[index]!.duration), 0);
  for (const index of last) notes[index] = { ...notes[index]!, duration: notes[index]!.duration * before };
  reading.now += longest * (before - 1);
  reading.factor = 2 - before;
}

function rest(piece: string, reading: Reading): void {
  reading.now += takeLength(piece.slice(1), reading);
  reading.last = [];
}

function chord(piece: string, reading: Reading): void {
  const { notes, length } = chordParts(piece);
  const [first] = notes;
  if (first === undefined) return;
  sound(notes, lengthIn(noteParts(first).length) * takeLength(length, reading), reading);
}

/** In quarter notes; a tuplet and a broken rhythm count it. */
function takeLength(length: string, reading: Reading): number {
  const { tuplet, factor, unit } = reading;
  reading.factor = 1;
  if (tuplet.left > 0) reading.tuplet = { ...tuplet, left: tuplet.left - 1 };
  return lengthIn(length) * unit * factor * (tuplet.left > 0 ? tuplet.factor : 1);
}

/** A tied note of the same pitch is one longer note. */
function sound(written: readonly string[], duration: number, reading: Reading): void {
  const { notes, now, isTied } = reading;
  reading.last = written.map((note) => {
    const pitch = pitchOf(note, reading);
    const held = isTied ? notes.findLastIndex((one) => one.pitch === pitch && endsAt(one, now)) : -1;
    if (held < 0) return notes.push({ start: now, duration, pitch, velocity: DEFAULT_VELOCITY }) - 1;
    notes[held] = { ...notes[held]!, duration: notes[held]!.duration + duration };
    return held;
  });
  reading.isTied = false;
  reading.now += duration;
}

const NEAR = 1e-9;
const endsAt = ({ start, duration }: Note, now: number): boolean => Math.abs(start + duration - now) < NEAR;

function pitchOf(note: string, { inBar, key }: Reading): number {
  const { sign, letter: name, octaves } = noteParts(note);
  // The pieces are cut so that it is one.
  const letter = name.toUpperCase() as Letter;
  const octave =
    (name === letter ? 0 : 1) + [...octaves].reduce((sum, one) => sum + (one === "'" ? 1 : -1), 0);
  const position = `${letter}${octave}`;
  if (sign !== '') inBar.set(position, SIGNS[sign]!);
  const shift = inBar.get(position) ?? key.get(letter) ?? 0;
  return Math.max(0, Math.min(127, MIDDLE_C + STEP[letter] + OCTAVE * octave + shift));
}
