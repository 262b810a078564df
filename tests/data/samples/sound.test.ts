// Features of recordings: equal to librosa's to 1e-4 dB, the same for any company, and of recordings of any rate.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SoundSchema } from '../../../engine/contract/experiment/sound.ts';
import { createClipFeatures, usualRate } from '../../../engine/data/samples/audio/clip-features.ts';
import { resample } from '../../../engine/data/samples/audio/resample.ts';
import { createSpectrum } from '../../../engine/data/samples/audio/spectrum.ts';
import { createFourier } from '../../../engine/numerics/fourier.ts';

interface Golden {
  readonly name: string;
  readonly rate: number;
  readonly length: number;
  readonly seed: number;
  readonly scale: 'slaney' | 'htk';
  readonly bands: number;
  readonly window_ms: number;
  readonly hop_ms: number;
  readonly wave: readonly number[];
  readonly logMel: readonly (readonly number[])[];
  readonly mfcc: readonly (readonly number[])[];
}

const GOLDEN = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../golden/sound/sound.json'), 'utf8'),
) as readonly Golden[];

/** As tests/golden/sound/sound.py makes it. */
function waveOf({ length, seed }: Pick<Golden, 'length' | 'seed'>): Float64Array {
  if (seed === 0) {
    const click = new Float64Array(length);
    click[length >> 1] = 20_000;
    return click;
  }
  let state = BigInt(seed);
  return Float64Array.from({ length }, (_, at) => {
    state = (1103515245n * state + 12345n) % 2147483648n;
    const noise = Number((state / 65536n) % 2001n) - 1000;
    const period = 16 + Math.floor((at * 60) / length);
    const phase = at % period;
    const triangle = (4 * Math.min(phase, period - phase) - period) * 400;
    const loud = Math.floor((Math.min(at, length - at) * 32) / length);
    return Math.max(-32_768, Math.min(32_767, Math.floor(((triangle + noise) * loud) / 16))) + 0;
  });
}

const shares = (wave: Float64Array): Float64Array => wave.map((value) => value / 32_768);

test.each(GOLDEN)('log-mel and MFCC are those of librosa: $name', (golden) => {
  const wave = waveOf(golden);
  expect([...wave.subarray(0, 8)]).toEqual(golden.wave);
  const { scale, bands, window_ms: windowMs, hop_ms: hopMs, rate } = golden;
  const common = { scale, bands, windowMs, hopMs, coefficients: 13, subtractMean: false };
  for (const [features, expected] of [
    ['log-mel', golden.logMel],
    ['mfcc', golden.mfcc],
  ] as const) {
    const spectrum = createSpectrum({ ...common, features }, rate);
    const found = spectrum.of(shares(wave));
    const flat = expected.flat();
    expect(found).toHaveLength(flat.length);
    expect(spectrum.stepsOf(wave.length)).toBe(expected.length);
    const worst = flat.reduce((most, value, at) => Math.max(most, Math.abs(value - found[at]!)), 0);
    expect(worst).toBeLessThan(1e-4);
  }
});

test('the power spectrum is that of the sum over all samples', () => {
  const size = 32;
  const frame = Float64Array.from({ length: size }, (_, at) => ((at * 37) % 23) - 11);
  const found = new Float64Array(size / 2 + 1);
  createFourier(size).power(frame, found);
  for (let k = 0; k <= size / 2; k++) {
    let [re, im] = [0, 0];
    for (let at = 0; at < size; at++) {
      re += frame[at]! * Math.cos((2 * Math.PI * k * at) / size);
      im -= frame[at]! * Math.sin((2 * Math.PI * k * at) / size);
    }
    expect(found[k]).toBeCloseTo(re * re + im * im, 8);
  }
});

const tone = (rate: number, seconds: number, hertz: number): Float64Array =>
  Float64Array.from(
    { length: Math.round(rate * seconds) },
    (_, at) => Math.sin((2 * Math.PI * hertz * at) / rate) / 2,
  );

test.each([
  [8_000, 16_000],
  [44_100, 16_000],
  [48_000, 8_000],
  [11_025, 8_000],
])('a tone keeps its shape from %d Hz to %d Hz, and what does not fit is not folded back', (from, to) => {
  const found = resample(tone(from, 0.2, 440), from, to);
  const expected = tone(to, 0.2, 440);
  expect(found).toHaveLength(expected.length);
  // The ends have no neighbours.
  const inner = [...expected.keys()].slice(to / 100, -to / 100);
  for (const at of inner) expect(Math.abs(found[at]! - expected[at]!)).toBeLessThan(2e-3);
  if (to >= from) return;
  const folded = resample(tone(from, 0.2, 0.7 * to), from, to);
  for (const at of inner) expect(Math.abs(folded[at]!)).toBeLessThan(2e-3);
});

test('recordings of other rates have the steps and nearly the features of the same sound', () => {
  const sound = SoundSchema.parse({ bands: 20 });
  const features = createClipFeatures(sound, 8_000);
  const clip = (rate: number) => ({
    rate,
    wave: Int16Array.from(tone(rate, 0.5, 600), (value) => Math.round(20_000 * value)),
  });
  const [own, other] = [clip(8_000), clip(44_100)];
  expect(features.stepsOf(other)).toBe(features.stepsOf(own));
  const [a, b] = [features.of(own), features.of(other)];
  expect(b).toHaveLength(a.length);
  expect(b.length / 20).toBe(features.stepsOf(other));
  // Asked again, the same content has the same features without another computation.
  expect(features.of({ ...own, wave: own.wave.slice() })).toBe(a);
  expect(usualRate([other, own, { ...own }])).toBe(8_000);
});

test('the mean of a recording can be taken off, so that its loudness does not matter', () => {
  const features = createClipFeatures(SoundSchema.parse({}), 8_000);
  const wave = waveOf({ length: 4_000, seed: 5 });
  const clip = (loudness: number) => ({
    rate: 8_000,
    wave: Int16Array.from(wave, (value) => loudness * value),
  });
  const [soft, loud] = [features.of(clip(1 / 2)), features.of(clip(1))];
  const worst = soft.reduce((most, value, at) => Math.max(most, Math.abs(value - loud[at]!)), 0);
  expect(worst).toBeLessThan(0.5);
});
