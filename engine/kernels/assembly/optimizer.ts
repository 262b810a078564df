// Optimizer steps over all parameters in one call. A table lists the pieces as five 32-bit addresses or counts (parameter,
// gradient, first moment, second moment, floats). Pieces are split by size only, so sums over them do not depend on the number of
// threads.
import { arg, argf, parallel, setArg, setArgf } from './control';
import { JOB_ADAM, JOB_SQUARES } from './jobs';
import { load4, store4, store8 } from './lanes';

const TABLE = 0, PARTIALS = 1, SCALE = 2, BETA1 = 3, REST1 = 4, BETA2 = 5, REST2 = 6, STEP = 7, ROOT = 8, EPSILON = 9, DECAY = 10;

// @ts-ignore: decorator
@inline
function entry(piece: i32, word: i32): usize {
  return <usize>load<i32>(<usize>arg(TABLE) + (<usize>piece * 5 + <usize>word << 2));
}

/** Sixteen floats with no bit set. */
// @ts-ignore: decorator
@inline
function areZeros(from: usize): bool {
  const first = v128.or(v128.load(from), v128.load(from, 16)), second = v128.or(v128.load(from, 32), v128.load(from, 48));
  return !v128.any_true(v128.or(first, second));
}

/** Sum of the squares of every piece's gradients, in float64, to partials[piece]. */
export function squares(table: usize, pieces: i32, partials: usize): void {
  setArg(TABLE, <i32>table); setArg(PARTIALS, <i32>partials);
  parallel(JOB_SQUARES, pieces);
}

export function squaresPiece(piece: i32): void {
  const count = <i32>entry(piece, 4);
  let from = entry(piece, 1), low = f64x2.splat(0), high = low, i = 0;
  while (i < count) {
    // Nothing is added for zeros: the gradient of a large table is one but for the rows that a batch uses.
    if (i + 16 <= count && areZeros(from)) {
      from += 64;
      i += 16;
      continue;
    }
    const x = load4(from, count - i);
    const a = f64x2.promote_low_f32x4(x), b = f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 0));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
    from += 16;
    i += 4;
  }
  const sum = f64x2.add(low, high);
  store<f64>(<usize>arg(PARTIALS) + (<usize>piece << 3), f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
}

/**
 * Adam (Kingma and Ba 2015) with decoupled decay (Loshchilov and Hutter 2019), in place:
 *   g' = scale g, m = beta1 m + (1 - beta1) g', v = beta2 v + (1 - beta2) g'^2,
 *   p = decay p - step m / (root sqrt(v) + epsilon),
 * with step = rate / (1 - beta1^t), root = 1 / sqrt(1 - beta2^t), decay = 1 - rate * weightDecay.
 */
export function adam(
  table: usize, pieces: i32, scale: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, step: f32, root: f32, epsilon: f32, decay: f32,
): void {
  setArg(TABLE, <i32>table); setArgf(SCALE, scale); setArgf(BETA1, beta1); setArgf(REST1, rest1); setArgf(BETA2, beta2);
  setArgf(REST2, rest2); setArgf(STEP, step); setArgf(ROOT, root); setArgf(EPSILON, epsilon); setArgf(DECAY, decay);
  parallel(JOB_ADAM, pieces);
}

export function adamPiece(piece: i32): void {
  const count = <i32>entry(piece, 4);
  const scale = f32x4.splat(argf(SCALE)), beta1 = f32x4.splat(argf(BETA1)), rest1 = f32x4.splat(argf(REST1));
  const beta2 = f32x4.splat(argf(BETA2)), rest2 = f32x4.splat(argf(REST2)), step = f32x4.splat(argf(STEP));
  const root = f32x4.splat(argf(ROOT)), epsilon = f32x4.splat(argf(EPSILON)), decay = f32x4.splat(argf(DECAY));
  let p = entry(piece, 0), g = entry(piece, 1), first = entry(piece, 2), second = entry(piece, 3);
  let left = count;
  for (; left >= 8; left -= 8) {
    const g0 = f32x4.mul(v128.load(g), scale), g1 = f32x4.mul(v128.load(g, 16), scale);
    const m0 = f32x4.add(f32x4.mul(beta1, v128.load(first)), f32x4.mul(rest1, g0));
    const m1 = f32x4.add(f32x4.mul(beta1, v128.load(first, 16)), f32x4.mul(rest1, g1));
    const v0 = f32x4.add(f32x4.mul(beta2, v128.load(second)), f32x4.mul(rest2, f32x4.mul(g0, g0)));
    const v1 = f32x4.add(f32x4.mul(beta2, v128.load(second, 16)), f32x4.mul(rest2, f32x4.mul(g1, g1)));
    const change0 = f32x4.div(f32x4.mul(step, m0), f32x4.add(f32x4.mul(f32x4.sqrt(v0), root), epsilon));
    const change1 = f32x4.div(f32x4.mul(step, m1), f32x4.add(f32x4.mul(f32x4.sqrt(v1), root), epsilon));
    const p0 = f32x4.sub(f32x4.mul(decay, v128.load(p)), change0), p1 = f32x4.sub(f32x4.mul(decay, v128.load(p, 16)), change1);
    store8(first, m0, m1);
    store8(second, v0, v1);
    store8(p, p0, p1);
    p += 32; g += 32; first += 32; second += 32;
  }
  for (; left > 0; left -= 4) {
    const gradient = f32x4.mul(load4(g, left), scale);
    const m = f32x4.add(f32x4.mul(beta1, load4(first, left)), f32x4.mul(rest1, gradient));
    const v = f32x4.add(f32x4.mul(beta2, load4(second, left)), f32x4.mul(rest2, f32x4.mul(gradient, gradient)));
    store4(first, m, left);
    store4(second, v, left);
    const change = f32x4.div(f32x4.mul(step, m), f32x4.add(f32x4.mul(f32x4.sqrt(v), root), epsilon));
    store4(p, f32x4.sub(f32x4.mul(decay, load4(p, left)), change), left);
    p += 16; g += 16; first += 16; second += 16;
  }
}
