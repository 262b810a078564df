// The features of recordings, kept by the hash of their content and of the settings while the process lives: training, scores, baselines and
// answers ask for the same ones.
import { createHash } from 'node:crypto';
import type { Sound } from '../../../contract/experiment/sound.ts';
import type { Clip } from '../sample-table.ts';
import { resample } from './resample.ts';
import { createSpectrum } from './spectrum.ts';

export interface ClipFeatures {
  /** Numbers of a step. */
  readonly features: number;
  stepsOf(clip: Clip): number;
  /** [steps, features] */
  of(clip: Clip): Float32Array;
}

const MOST_BYTES = 512 * 2 ** 20;
const kept = new Map<string, Float32Array>();
let bytes = 0;

/** @param rate that every recording is brought to */
export function createClipFeatures(settings: Sound, rate: number): ClipFeatures {
  const spectrum = createSpectrum(settings, rate);
  const key = JSON.stringify({ ...settings, rate });
  const keys = new WeakMap<Clip, string>();
  const keyOf = (clip: Clip): string => {
    const known = keys.get(clip);
    if (known !== undefined) return known;
    const { buffer, byteOffset, byteLength } = clip.wave;
    const content = new Uint8Array(buffer, byteOffset, byteLength);
    const found = createHash('sha256').update(`${clip.rate} ${key}\n`).update(content).digest('base64');
    keys.set(clip, found);
    return found;
  };
  return {
    features: spectrum.features,
    stepsOf: ({ wave, rate: own }) =>
      spectrum.stepsOf(own === rate ? wave.length : Math.max(1, Math.round((wave.length * rate) / own))),
    of(clip) {
      const name = keyOf(clip);
      const known = kept.get(name);
      if (known) return known;
      const wave = Float64Array.from(clip.wave, (value) => value / 32_768);
      const found = spectrum.of(resample(wave, clip.rate, rate));
      keep(name, found);
      return found;
    },
  };
}

function keep(name: string, found: Float32Array): void {
  kept.set(name, found);
  bytes += found.byteLength;
  for (const [oldest, values] of kept) {
    if (bytes <= MOST_BYTES) break;
    kept.delete(oldest);
    bytes -= values.byteLength;
  }
}

/** The rate that most of them have; of equally frequent ones the smallest. */
export function usualRate(clips: readonly Clip[]): number {
  const counts = new Map<number, number>();
  for (const { rate } of clips) counts.set(rate, (counts.get(rate) ?? 0) + 1);
  const [first] = [...counts].toSorted(([a, m], [b, n]) => n - m || a - b);
  return first?.[0] ?? 16_000;
}
