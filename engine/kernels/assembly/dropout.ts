// Dropout (Srivastava et al. 2014) from a counter-based random stream: element e is kept or dropped by word (e >> 2) % 4 of the
// counter (e >> 4) * 4 + e % 4, so the gradient draws the same numbers again instead of storing a mask.
import { arg, argf, parallel, scratch, setArg, setArgf } from './control';
import { JOB_DROPOUT } from './jobs';
import { bytes, load4, store4 } from './lanes';
import { keep4, philox4 } from './random';

/** Elements of a piece, a multiple of 16. */
const PIECE = 16384;
const COUNT = 0, X = 1, Y = 2, SEED = 3, STREAM = 4, STEP = 5, THRESHOLD = 6, FACTOR = 7;

/** y = x factor where the element's 24 random bits are at least `threshold`, else 0. */
export function dropout(count: i32, x: usize, y: usize, seed: i32, stream: i32, step: i32, threshold: i32, factor: f32): void {
  setArg(COUNT, count); setArg(X, <i32>x); setArg(Y, <i32>y); setArg(SEED, seed); setArg(STREAM, stream); setArg(STEP, step);
  setArg(THRESHOLD, threshold); setArgf(FACTOR, factor);
  parallel(JOB_DROPOUT, (count + PIECE - 1) / PIECE);
}

export function dropoutPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(COUNT)), words = scratch();
  const threshold = i32x4.splat(arg(THRESHOLD)), factor = f32x4.splat(argf(FACTOR));
  const zero = i32x4.splat(0), step = i32x4.splat(arg(STEP));
  for (let i = first; i < end; i += 16) {
    philox4(i32x4.add(i32x4.splat((i >> 4) << 2), i32x4(0, 1, 2, 3)), zero, step, zero, arg(SEED), arg(STREAM), words);
    for (let j = i; j < min(i + 16, end); j += 4) {
      const keep = keep4(v128.load(words + bytes(j - i)), threshold, factor);
      store4(<usize>arg(Y) + bytes(j), f32x4.mul(load4(<usize>arg(X) + bytes(j), end - j), keep), end - j);
    }
  }
}
