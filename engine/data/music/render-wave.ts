// Music as sound: a note is four harmonics that fade, an instrument of the percussion a short hiss. The same notes give the same samples
// everywhere.
import { deterministicExp, deterministicSineCosine } from '../../numerics/deterministic-math.ts';
import { createNumbers } from '../generated/random.ts';
import { lengthOf, type Music, type Note } from './notes.ts';

export const WAVE_RATE = 22_050;
/** Longer pieces are rendered to here. */
const MOST_SECONDS = 600;
const TAIL_SECONDS = 0.6;
const HARMONICS = [1, 0.45, 0.2, 0.08];
/** A key fades to 1 / e of its loudness in this time, a drum in the other. */
const FADE_SECONDS = 1.1;
const DRUM_SECONDS = 0.06;
const ATTACK_SECONDS = 0.008;
const RELEASE_SECONDS = 0.06;
const LOUDEST = 0.85;

/** One channel, [samples]. */
export function renderWave(music: Music): Int16Array<ArrayBuffer> {
  const beat = 60 / music.tempo;
  const seconds = Math.min(MOST_SECONDS, lengthOf(music) * beat + TAIL_SECONDS);
  const sum = new Float64Array(Math.ceil(seconds * WAVE_RATE));
  for (const note of music.notes) {
    const from = Math.round(note.start * beat * WAVE_RATE);
    if (from >= sum.length) break;
    if (note.isDrum) addHiss(sum, from, note);
    else addKey(sum, from, note, note.duration * beat);
  }
  const most = sum.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
  const scale = most === 0 ? 0 : (LOUDEST * 32_767) / most;
  return Int16Array.from(sum, (value) => Math.round(value * scale));
}

/** An oscillator without a sine for each sample: s(n + 1) = 2 cos(w) s(n) - s(n - 1). */
function addKey(sum: Float64Array, from: number, { pitch, velocity }: Note, seconds: number): void {
  const frequency = 440 * deterministicExp(((pitch - 69) / 12) * Math.LN2);
  const length = Math.round((seconds + RELEASE_SECONDS) * WAVE_RATE);
  const end = Math.min(sum.length, from + length);
  const fade = deterministicExp(-1 / (FADE_SECONDS * WAVE_RATE));
  for (const [index, share] of HARMONICS.entries()) {
    const step = (2 * Math.PI * frequency * (index + 1)) / WAVE_RATE;
    if (step >= Math.PI) break;
    const { sine, cosine } = deterministicSineCosine(step);
    let [before, now] = [0, sine];
    let loud = (velocity / 127) * share;
    for (let at = from; at < end; at++) {
      sum[at]! += loud * now * edgeOf(at - from, length);
      [before, now] = [now, 2 * cosine * now - before];
      loud *= fade;
    }
  }
}

function edgeOf(at: number, length: number): number {
  const attack = at / (ATTACK_SECONDS * WAVE_RATE);
  const release = (length - at) / (RELEASE_SECONDS * WAVE_RATE);
  return Math.max(0, Math.min(1, attack, release));
}

function addHiss(sum: Float64Array, from: number, { pitch, velocity }: Note): void {
  const { uniform } = createNumbers(1 + pitch);
  const fade = deterministicExp(-1 / (DRUM_SECONDS * WAVE_RATE));
  let loud = (0.5 * velocity) / 127;
  for (let at = from; at < sum.length && loud > 1e-4; at++) {
    sum[at]! += loud * (2 * uniform() - 1);
    loud *= fade;
  }
}

/** A WAV file of one channel of 16 bits. */
export function waveFile(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(44 + 2 * samples.length);
  const view = new DataView(bytes.buffer);
  const text = (at: number, letters: string) => bytes.set(new TextEncoder().encode(letters), at);
  text(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, WAVE_RATE, true);
  view.setUint32(28, 2 * WAVE_RATE, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, 2 * samples.length, true);
  for (const [at, value] of samples.entries()) view.setInt16(44 + 2 * at, value, true);
  return bytes;
}
