// Brings a recording to another rate by band-limited interpolation: a sinc under a Kaiser window, narrowed to the smaller of both bands so that
// nothing is folded back (Smith, "Digital Audio Resampling", 2002).
import { deterministicSineCosine } from '../../../numerics/deterministic-math.ts';

/** Zero crossings of the sinc on each side, and the shape of the window: 80 dB below outside of the band. */
const CROSSINGS = 16;
const SHAPE = 8;
/** Weights of more positions between two samples are computed again each time. */
const MOST_KEPT = 1_024;

export function resample(wave: Float64Array, from: number, to: number): Float64Array {
  if (from === to || wave.length === 0) return wave;
  const divisor = greatestDivisor(from, to);
  const [up, down] = [to / divisor, from / divisor];
  const band = Math.min(1, up / down);
  const reach = Math.ceil(CROSSINGS / band);
  const kept = new Map<number, Float64Array>();
  /** Weights of the samples around a position between two of them, in `up`ths. */
  const weightsAt = (phase: number): Float64Array => {
    const found = kept.get(phase) ?? weightsOf(phase / up, band, reach);
    if (kept.size < MOST_KEPT) kept.set(phase, found);
    return found;
  };
  return Float64Array.from({ length: Math.max(1, Math.round((wave.length * up) / down)) }, (_, index) => {
    const position = index * down;
    const nearest = Math.floor(position / up);
    const weights = weightsAt(position % up);
    let sum = 0;
    for (let at = 0; at < weights.length; at++) sum += weights[at]! * (wave[nearest + at - reach] ?? 0);
    return sum;
  });
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/** [2 reach + 2], their sum scaled to 1. */
function weightsOf(offset: number, band: number, reach: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * reach + 2 }, (_, at) => {
    const x = band * (at - reach - offset);
    const share = x / CROSSINGS;
    return Math.abs(share) >= 1 ? 0 : sinc(x) * bessel(SHAPE * Math.sqrt(1 - share * share));
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function sinc(x: number): number {
  const angle = Math.PI * Math.abs(x);
  return angle < 1e-9 ? 1 : deterministicSineCosine(angle).sine / angle;
}

/** The modified Bessel function of order 0, by its series. */
function bessel(x: number): number {
  const square = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= square / (k * k);
    sum += term;
  }
  return sum;
}
