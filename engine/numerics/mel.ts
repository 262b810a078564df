// Mel scales and the triangular filters on them, as librosa makes them, and the cosine transform of MFCC.
// Slaney: "Auditory Toolbox" (1998), linear below 1 kHz, logarithmic above, filters of equal area. HTK: "The HTK Book" (2006), 5.4, filters of
// equal height.
import { deterministicExp, deterministicLog, deterministicSineCosine } from './deterministic-math.ts';

export type MelScale = 'slaney' | 'htk';

const HERTZ_A_MEL = 200 / 3;
const LOG_FROM_HERTZ = 1_000;
const LOG_FROM_MEL = LOG_FROM_HERTZ / HERTZ_A_MEL;
const LOG_STEP = deterministicLog(6.4) / 27;
const HTK_FACTOR = 2595 / deterministicLog(10);
const HTK_CORNER = 700;

const TO_MEL: Readonly<Record<MelScale, (hertz: number) => number>> = {
  slaney: (hertz) =>
    hertz < LOG_FROM_HERTZ
      ? hertz / HERTZ_A_MEL
      : LOG_FROM_MEL + deterministicLog(hertz / LOG_FROM_HERTZ) / LOG_STEP,
  htk: (hertz) => HTK_FACTOR * deterministicLog(1 + hertz / HTK_CORNER),
};

const TO_HERTZ: Readonly<Record<MelScale, (mel: number) => number>> = {
  slaney: (mel) =>
    mel < LOG_FROM_MEL
      ? mel * HERTZ_A_MEL
      : LOG_FROM_HERTZ * deterministicExp(LOG_STEP * (mel - LOG_FROM_MEL)),
  htk: (mel) => HTK_CORNER * (deterministicExp(mel / HTK_FACTOR) - 1),
};

export interface MelFilter {
  /** First bin that counts. */
  readonly from: number;
  readonly weights: Float64Array;
}

interface Filters {
  readonly scale: MelScale;
  /** Samples a second. */
  readonly rate: number;
  /** Of the transform. */
  readonly size: number;
  readonly bands: number;
}

/** Triangles between 0 Hz and half the rate, their corners evenly spaced on the scale. A very narrow one has no bin. */
export function melFilters({ scale, rate, size, bands }: Filters): MelFilter[] {
  const top = TO_MEL[scale](rate / 2);
  const corners = Array.from({ length: bands + 2 }, (_, index) =>
    TO_HERTZ[scale]((top * index) / (bands + 1)),
  );
  return Array.from({ length: bands }, (_, band) => {
    const [low, middle, high] = [corners[band]!, corners[band + 1]!, corners[band + 2]!];
    const height = scale === 'slaney' ? 2 / (high - low) : 1;
    const weights: number[] = [];
    let from = 0;
    for (let bin = 0; bin <= size / 2; bin++) {
      const hertz = (bin * rate) / size;
      const weight = height * Math.min((hertz - low) / (middle - low), (high - hertz) / (high - middle));
      if (weight <= 0) continue;
      if (weights.length === 0) from = bin;
      weights.push(weight);
    }
    return { from, weights: Float64Array.from(weights) };
  });
}

/** [coefficients, values], orthonormal: the cosine transform DCT-II. */
export function cosineTransform(values: number, coefficients: number): Float64Array {
  const table = new Float64Array(coefficients * values);
  for (let k = 0; k < coefficients; k++) {
    const scale = Math.sqrt((k === 0 ? 1 : 2) / values);
    for (let at = 0; at < values; at++)
      table[k * values + at] =
        scale * deterministicSineCosine((Math.PI * k * (2 * at + 1)) / (2 * values)).cosine;
  }
  return table;
}
