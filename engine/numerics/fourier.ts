// The discrete Fourier transform of real frames, radix 2 (Cooley and Tukey 1965), in float64 and with the same bits everywhere: two real
// halves are transformed as one complex sequence and taken apart afterwards.
import { deterministicSineCosine } from './deterministic-math.ts';

export interface Fourier {
  /** Values of a frame. */
  readonly size: number;
  /** size / 2 + 1 */
  readonly bins: number;
  /** |X_k|^2 of frame [size] -> into [bins]. */
  power(frame: Float64Array, into: Float64Array): void;
}

/** @param size a power of two, 4 at least */
export function createFourier(size: number): Fourier {
  const half = size / 2;
  const order = reversedBits(half);
  const turns = unitRoots(size); // e^(-2 pi i k / size) for k < half
  const real = new Float64Array(half);
  const imaginary = new Float64Array(half);
  return {
    size,
    bins: half + 1,
    power(frame, into) {
      for (let at = 0; at < half; at++) {
        const from = 2 * order[at]!;
        real[at] = frame[from]!;
        imaginary[at] = frame[from + 1]!;
      }
      transform(real, imaginary, turns);
      for (let k = 0; k <= half; k++) into[k] = binPower(k, { real, imaginary, turns });
    },
  };
}

interface Turns {
  /** [size / 2] */
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
}

function unitRoots(size: number): Turns {
  const cosine = new Float64Array(size / 2);
  const sine = new Float64Array(size / 2);
  for (let k = 0; k < size / 2; k++) {
    const turn = deterministicSineCosine((2 * Math.PI * k) / size);
    cosine[k] = turn.cosine;
    sine[k] = -turn.sine;
  }
  return { cosine, sine };
}

function reversedBits(size: number): Uint32Array {
  const order = new Uint32Array(size);
  for (let at = 1; at < size; at++) order[at] = (order[at >> 1]! >> 1) | (at & 1 ? size >> 1 : 0);
  return order;
}

/** In place, of values in the order of reversed bits. */
function transform(real: Float64Array, imaginary: Float64Array, { cosine, sine }: Turns): void {
  const size = real.length;
  for (let length = 2; length <= size; length *= 2) {
    const step = (2 * size) / length;
    for (let from = 0; from < size; from += length) {
      for (let k = 0; k < length / 2; k++) {
        const even = from + k;
        const odd = even + length / 2;
        const c = cosine[k * step]!;
        const s = sine[k * step]!;
        const re = real[odd]! * c - imaginary[odd]! * s;
        const im = real[odd]! * s + imaginary[odd]! * c;
        real[odd] = real[even]! - re;
        imaginary[odd] = imaginary[even]! - im;
        real[even]! += re;
        imaginary[even]! += im;
      }
    }
  }
}

interface Halves {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
  readonly turns: Turns;
}

/** X_k = E_k + e^(-2 pi i k / size) O_k, of the spectra of the values with even and with odd index. */
function binPower(k: number, { real, imaginary, turns }: Halves): number {
  const half = real.length;
  const a = k % half;
  const b = (half - k) % half;
  const evenRe = (real[a]! + real[b]!) / 2;
  const evenIm = (imaginary[a]! - imaginary[b]!) / 2;
  const oddRe = (imaginary[a]! + imaginary[b]!) / 2;
  const oddIm = (real[b]! - real[a]!) / 2;
  const c = k === half ? -1 : turns.cosine[k]!;
  const s = k === half ? 0 : turns.sine[k]!;
  const re = evenRe + oddRe * c - oddIm * s;
  const im = evenIm + oddRe * s + oddIm * c;
  return re * re + im * im;
}
