// Standard MIDI files (MIDI 1.0, formats 0, 1 and 2): their notes, with all tracks and channels together, and back. Times become quarter notes;
// of several tempos the first one counts.
import { DEFAULT_TEMPO, inOrder, type Music, type Note } from './notes.ts';

export class MidiError extends Error {}

const DRUMS = 9;
const MICROSECONDS = 60_000_000;

/** @throws MidiError with what is wrong, as an end of a sentence: `has no header of a MIDI file` */
export function readMidi(file: Uint8Array): Music {
  const bytes = unwrapped(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const nameAt = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 14 || nameAt(0) !== 'MThd') throw new MidiError('has no header of a MIDI file');
  const division = view.getUint16(12);
  if (division === 0) throw new MidiError('counts time in steps of no length');
  const notes: Note[] = [];
  const tempos: { readonly at: number; readonly tempo: number }[] = [];
  let at = 8 + view.getUint32(4);
  while (at + 8 <= bytes.length) {
    const length = view.getUint32(at + 4);
    const end = at + 8 + length;
    const isTrack = nameAt(at) === 'MTrk';
    // Some programs leave bytes of no meaning behind the tracks.
    if (end > bytes.length && !isTrack && at > 14) break;
    if (end > bytes.length) throw new MidiError('ends in the middle of a track');
    if (isTrack) readTrack(bytes.subarray(at + 8, end), ticksOf(division), notes, tempos);
    at = end;
  }
  const [first] = tempos.toSorted((a, b) => a.at - b.at);
  return { notes: inOrder(notes), tempo: first?.tempo ?? DEFAULT_TEMPO };
}

/** `RIFF....RMIDdata....MThd`: a MIDI file in an envelope, as Windows has them, also under the name .mid. */
function unwrapped(file: Uint8Array): Uint8Array {
  const head = String.fromCharCode(...file.subarray(0, 24));
  return head.startsWith('RIFF') && head.slice(8, 12) === 'RMID' && head.endsWith('MThd')
    ? file.subarray(20)
    : file;
}

/** Ticks of a quarter note; of film time, frames a second, those of half a second. */
function ticksOf(division: number): number {
  if ((division & 0x8000) === 0) return Math.max(1, division);
  const frames = 256 - (division >> 8);
  return Math.max(1, (frames * (division & 0xff)) / 2);
}

interface Sounding {
  readonly start: number;
  readonly velocity: number;
}

function readTrack(
  track: Uint8Array,
  ticks: number,
  notes: Note[],
  tempos: { at: number; tempo: number }[],
): void {
  let at = 0;
  let tick = 0;
  let status = 0;
  const sounding = new Map<number, Sounding[]>();
  const next = (): number => {
    const byte = track[at++];
    if (byte === undefined) throw new MidiError('ends in the middle of an event');
    return byte;
  };
  const number = (): number => {
    let value = 0;
    for (let count = 0; count < 4; count++) {
      const byte = next();
      value = value * 128 + (byte & 0x7f);
      if ((byte & 0x80) === 0) return value;
    }
    throw new MidiError('has a number of more than four bytes');
  };
  const end = (key: number) => {
    const begun = sounding.get(key)?.shift();
    if (!begun) return;
    const isDrum = key >> 7 === DRUMS;
    const start = begun.start / ticks;
    const duration = Math.max(tick - begun.start, 0) / ticks;
    notes.push({
      start,
      duration,
      pitch: key & 0x7f,
      velocity: begun.velocity,
      ...(isDrum && { isDrum }),
    });
  };
  while (at < track.length) {
    tick += number();
    if (track[at]! & 0x80) status = next();
    if (status === 0) throw new MidiError('has an event without a kind');
    if (status === 0xff) {
      const kind = next();
      const length = number();
      if (kind === 0x51 && length === 3) {
        const micros = track[at]! * 65_536 + track[at + 1]! * 256 + track[at + 2]!;
        if (micros > 0) tempos.push({ at: tick, tempo: MICROSECONDS / micros });
      }
      at += length;
      if (kind === 0x2f) break;
      continue;
    }
    if (status >= 0xf0) {
      at += number();
      continue;
    }
    const first = next();
    // Programs and the pressure of a channel have one byte, all others two.
    const second = (status & 0xe0) === 0xc0 ? 0 : next();
    const key = ((status & 0x0f) << 7) | first;
    if ((status & 0xf0) === 0x90 && second > 0) {
      const begun = sounding.get(key) ?? [];
      begun.push({ start: tick, velocity: second });
      sounding.set(key, begun);
    } else if ((status & 0xe0) === 0x80) end(key);
  }
  // What never ends lasts to the end of the track.
  for (const [key, begun] of sounding) for (let left = begun.length; left > 0; left--) end(key);
}

const TICKS = 480;

/** One track, format 0; drums on their channel. */
export function writeMidi({ notes, tempo }: Music): Uint8Array<ArrayBuffer> {
  const events: { readonly tick: number; readonly order: number; readonly bytes: readonly number[] }[] = [];
  for (const { start, duration, pitch, velocity, isDrum } of notes) {
    const channel = isDrum ? DRUMS : 0;
    const from = Math.round(start * TICKS);
    const to = Math.max(from + 1, Math.round((start + duration) * TICKS));
    events.push({ tick: from, order: 1, bytes: [0x90 | channel, pitch, velocity] });
    events.push({ tick: to, order: 0, bytes: [0x80 | channel, pitch, 0] });
  }
  events.sort((a, b) => a.tick - b.tick || a.order - b.order);
  const micros = Math.round(MICROSECONDS / tempo);
  const track: number[] = [0, 0xff, 0x51, 3, (micros >> 16) & 0xff, (micros >> 8) & 0xff, micros & 0xff];
  let before = 0;
  for (const { tick, bytes } of events) {
    track.push(...variable(tick - before), ...bytes);
    before = tick;
  }
  track.push(0, 0xff, 0x2f, 0);
  const file = new Uint8Array(22 + track.length);
  const view = new DataView(file.buffer);
  file.set([...'MThd'].map((letter) => letter.charCodeAt(0)));
  view.setUint32(4, 6);
  view.setUint16(10, 1);
  view.setUint16(12, TICKS);
  file.set(
    [...'MTrk'].map((letter) => letter.charCodeAt(0)),
    14,
  );
  view.setUint32(18, track.length);
  file.set(track, 22);
  return file;
}

function variable(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}
