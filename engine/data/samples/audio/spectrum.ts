// Features of a recording step by step: log-mel in decibels, or MFCC, as librosa computes them from frames around each step (zeros beyond the
// ends, periodic Hann window, power spectrum, at most 80 dB below the loudest value).
import type { Sound } from '../../../contract/experiment/sound.ts';
import { deterministicLog, deterministicSineCosine } from '../../../numerics/deterministic-math.ts';
import { createFourier } from '../../../numerics/fourier.ts';
import { cosineTransform, melFilters } from '../../../numerics/mel.ts';

export interface Spectrum {
  /** Numbers of a step. */
  readonly features: number;
  stepsOf(samples: number): number;
  /** [samples] from -1 to 1 -> [steps, features] */
  of(wave: Float64Array): Float32Array;
}

/** Smallest power that is told from silence: -100 dB. */
const SILENCE = 1e-10;
const MOST_DECIBELS = 80;
const DECIBELS = 10 / deterministicLog(10);

type Settings = Omit<Sound, 'rate'>;

export function createSpectrum(
  { features: kind, bands, coefficients, windowMs, hopMs, scale, subtractMean }: Settings,
  rate: number,
): Spectrum {
  const window = hann(Math.max(2, Math.round((windowMs * rate) / 1_000)));
  const hop = Math.max(1, Math.round((hopMs * rate) / 1_000));
  const fourier = createFourier(powerOfTwo(window.length));
  const filters = melFilters({ scale, rate, size: fourier.size, bands });
  const cosines = kind === 'mfcc' ? cosineTransform(bands, coefficients) : null;
  const features = cosines ? coefficients : bands;
  const stepsOf = (samples: number) => 1 + Math.floor(samples / hop);
  const frame = new Float64Array(fourier.size);
  const power = new Float64Array(fourier.bins);
  const lead = Math.floor((fourier.size - window.length) / 2);

  /** [steps, bands] */
  function decibels(wave: Float64Array): Float64Array {
    const steps = stepsOf(wave.length);
    const found = new Float64Array(steps * bands);
    let loudest = Number.NEGATIVE_INFINITY;
    for (let step = 0; step < steps; step++) {
      const start = step * hop - fourier.size / 2 + lead;
      for (let at = 0; at < window.length; at++) {
        const from = start + at;
        frame[lead + at] = from < 0 || from >= wave.length ? 0 : window[at]! * wave[from]!;
      }
      fourier.power(frame, power);
      for (let band = 0; band < bands; band++) {
        const { from, weights } = filters[band]!;
        let sum = 0;
        for (let bin = 0; bin < weights.length; bin++) sum += weights[bin]! * power[from + bin]!;
        const value = DECIBELS * deterministicLog(Math.max(SILENCE, sum));
        found[step * bands + band] = value;
        loudest = Math.max(loudest, value);
      }
    }
    return found.map((value) => Math.max(value, loudest - MOST_DECIBELS));
  }

  return {
    features,
    stepsOf,
    of(wave) {
      const bandsOf = decibels(wave);
      const values = cosines ? transformed(bandsOf, cosines, { bands, coefficients }) : bandsOf;
      return Float32Array.from(subtractMean ? withoutMean(values, features) : values);
    },
  };
}

function hann(length: number): Float64Array {
  return Float64Array.from(
    { length },
    (_, at) => 0.5 - 0.5 * deterministicSineCosine((2 * Math.PI * at) / length).cosine,
  );
}

function powerOfTwo(least: number): number {
  let size = 4;
  while (size < least) size *= 2;
  return size;
}

function transformed(
  values: Float64Array,
  cosines: Float64Array,
  { bands, coefficients }: Pick<Sound, 'bands' | 'coefficients'>,
): Float64Array {
  const steps = values.length / bands;
  const found = new Float64Array(steps * coefficients);
  for (let step = 0; step < steps; step++) {
    for (let k = 0; k < coefficients; k++) {
      let sum = 0;
      for (let band = 0; band < bands; band++)
        sum += cosines[k * bands + band]! * values[step * bands + band]!;
      found[step * coefficients + k] = sum;
    }
  }
  return found;
}

function withoutMean(values: Float64Array, features: number): Float64Array {
  const sums = new Float64Array(features);
  for (let at = 0; at < values.length; at++) sums[at % features]! += values[at]!;
  const steps = values.length / features;
  return values.map((value, at) => value - sums[at % features]! / steps);
}
