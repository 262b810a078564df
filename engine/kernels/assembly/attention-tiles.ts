// Register tiles like those of tile.ts, C[4 or 8, 8] = A[4 or 8, k] B[k, 8], with the operations of attention on scores while
// they are in registers. A consists of consecutive panels of four rows, [k][4]; B is one panel, [k][8]; C has rows of eight
// floats. k is a multiple of 4. Tiles of eight rows are used where vectors are joined.
import { wide } from './control';
import { c, C1, C2, C3, C4, C5, LEAST } from './exponential';
import { k as constant, ONE, ROUND, ROUND_BIASED } from './math';
import { mad } from './fused';
import { store8 } from './lanes';

/** to <- 2^x of two vectors for |x| up to 120: without the checks of exp2Below4, the exponent is added to the result's. */
// @ts-ignore: decorator
@inline
function small2(x: v128, y: v128, to: usize): void {
  let u = constant(ROUND);
  const sx = f32x4.add(x, u), sy = f32x4.add(y, u);
  x = f32x4.sub(x, f32x4.sub(sx, u));
  y = f32x4.sub(y, f32x4.sub(sy, u));
  const xx = f32x4.mul(x, x), yy = f32x4.mul(y, y);
  u = c(C5);
  let v = c(C4), p = mad(u, x, v), q = mad(u, y, v);
  u = c(C3); v = c(C2);
  p = mad(p, xx, mad(u, x, v)); q = mad(q, yy, mad(u, y, v));
  u = c(C1); v = constant(ONE);
  p = mad(p, xx, mad(u, x, v)); q = mad(q, yy, mad(u, y, v));
  store8(to, i32x4.add(p, i32x4.shl(sx, 23)), i32x4.add(q, i32x4.shl(sy, 23)));
}

/** to <- 2^(x - shift) of two vectors, as exp2Below4. */
// @ts-ignore: decorator
@inline
function below2(x: v128, y: v128, shift: v128, to: usize): void {
  let u = c(LEAST), v = constant(ROUND);
  x = f32x4.pmax(f32x4.sub(x, shift), u);
  y = f32x4.pmax(f32x4.sub(y, shift), u);
  const sx = f32x4.add(x, v), sy = f32x4.add(y, v);
  x = f32x4.sub(x, f32x4.sub(sx, v));
  y = f32x4.sub(y, f32x4.sub(sy, v));
  const xx = f32x4.mul(x, x), yy = f32x4.mul(y, y);
  u = c(C5); v = c(C4);
  let p = mad(u, x, v), q = mad(u, y, v);
  u = c(C3); v = c(C2);
  p = mad(p, xx, mad(u, x, v)); q = mad(q, yy, mad(u, y, v));
  u = c(C1); v = constant(ONE);
  p = mad(p, xx, mad(u, x, v)); q = mad(q, yy, mad(u, y, v));
  u = constant(ROUND_BIASED);
  store8(to, f32x4.mul(p, i32x4.shl(i32x4.sub(sx, u), 23)), f32x4.mul(q, i32x4.shl(i32x4.sub(sy, u), 23)));
}

/** to <- p (x - dot) of two vectors. */
// @ts-ignore: decorator
@inline
function slope2(x: v128, y: v128, dot: v128, p: usize, to: usize): void {
  store8(to, f32x4.mul(v128.load(p), f32x4.sub(x, dot)), f32x4.mul(v128.load(p, 16), f32x4.sub(y, dot)));
}

/** What becomes of a tile: 2^C with the sums of the columns at p; 2^(C - row of p); P (C - row of q) with P at p. */
const POWERS = 0, WEIGHTS = 1, SLOPES = 2;

/** What `end` says, for four rows from the one at `to` on. */
// @ts-ignore: decorator
@inline
function finish(
  end: i32, c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128, to: usize, p: usize, q: usize,
): void {
  if (end == POWERS) {
    small2(c00, c01, to);
    small2(c10, c11, to + 32);
    small2(c20, c21, to + 64);
    small2(c30, c31, to + 96);
  } else if (end == WEIGHTS) {
    below2(c00, c01, v128.load32_splat(p), to);
    below2(c10, c11, v128.load32_splat(p, 4), to + 32);
    below2(c20, c21, v128.load32_splat(p, 8), to + 64);
    below2(c30, c31, v128.load32_splat(p, 12), to + 96);
  } else {
    slope2(c00, c01, v128.load32_splat(q), p, to);
    slope2(c10, c11, v128.load32_splat(q, 4), p + 32, to + 32);
    slope2(c20, c21, v128.load32_splat(q, 8), p + 64, to + 64);
    slope2(c30, c31, v128.load32_splat(q, 12), p + 96, to + 96);
  }
}

/** Sum of four rows' vectors, 32 bytes from row to row. */
// @ts-ignore: decorator
@inline
function fourth(from: usize, at: usize): v128 {
  from += at;
  return f32x4.add(f32x4.add(v128.load(from), v128.load(from, 32)), f32x4.add(v128.load(from, 64), v128.load(from, 96)));
}

// @ts-ignore: decorator
@inline
function tilesOf(end: i32, a: usize, count: i32, b0: usize, k: i32, to: usize, p: usize, q: usize): void {
  const zero = f32x4.splat(0), ofP: usize = end == WEIGHTS ? 16 : end == SLOPES ? 128 : 0;
  let x: v128, first = zero, second = zero;
  if (end == POWERS) {
    first = v128.load(p);
    second = v128.load(p, 16);
  }
  // Eight sums of 256 bits hide the latency of an addition; of 128 bits they do already with four rows.
  for (; wide() && count >= 2; count -= 2) {
    let b = b0, e = a + <usize>(k << 4);
    let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
    let c40 = zero, c41 = zero, c50 = zero, c51 = zero, c60 = zero, c61 = zero, c70 = zero, c71 = zero;
    for (let n = k; n > 0; n--) {
      const low = v128.load(b), high = v128.load(b, 16);
      x = v128.load32_splat(a); c00 = mad(x, low, c00); c01 = mad(x, high, c01);
      x = v128.load32_splat(a, 4); c10 = mad(x, low, c10); c11 = mad(x, high, c11);
      x = v128.load32_splat(a, 8); c20 = mad(x, low, c20); c21 = mad(x, high, c21);
      x = v128.load32_splat(a, 12); c30 = mad(x, low, c30); c31 = mad(x, high, c31);
      x = v128.load32_splat(e); c40 = mad(x, low, c40); c41 = mad(x, high, c41);
      x = v128.load32_splat(e, 4); c50 = mad(x, low, c50); c51 = mad(x, high, c51);
      x = v128.load32_splat(e, 8); c60 = mad(x, low, c60); c61 = mad(x, high, c61);
      x = v128.load32_splat(e, 12); c70 = mad(x, low, c70); c71 = mad(x, high, c71);
      a += 16;
      e += 16;
      b += 32;
    }
    finish(end, c00, c01, c10, c11, c20, c21, c30, c31, to, p, q);
    finish(end, c40, c41, c50, c51, c60, c61, c70, c71, to + 128, p + ofP, q + 16);
    if (end == POWERS) {
      first = f32x4.add(f32x4.add(first, fourth(to, 0)), fourth(to, 128));
      second = f32x4.add(f32x4.add(second, fourth(to, 16)), fourth(to, 144));
    }
    a = e;
    p += 2 * ofP;
    q += 32;
    to += 256;
  }
  for (; count > 0; count--) {
    let b = b0, c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
    for (let n = k; n > 0; n--) {
      const low = v128.load(b), high = v128.load(b, 16);
      x = v128.load32_splat(a); c00 = mad(x, low, c00); c01 = mad(x, high, c01);
      x = v128.load32_splat(a, 4); c10 = mad(x, low, c10); c11 = mad(x, high, c11);
      x = v128.load32_splat(a, 8); c20 = mad(x, low, c20); c21 = mad(x, high, c21);
      x = v128.load32_splat(a, 12); c30 = mad(x, low, c30); c31 = mad(x, high, c31);
      a += 16;
      b += 32;
    }
    finish(end, c00, c01, c10, c11, c20, c21, c30, c31, to, p, q);
    if (end == POWERS) {
      first = f32x4.add(first, fourth(to, 0));
      second = f32x4.add(second, fourth(to, 16));
    }
    p += ofP;
    q += 16;
    to += 128;
  }
  if (end == POWERS) store8(p, first, second);
}

/** C = 2^(A B) for exponents of at most 120 in size; the sums of the columns are added to `sums` (32 bytes). */
export function powers(a: usize, count: i32, b: usize, k: i32, to: usize, sums: usize): void {
  tilesOf(POWERS, a, count, b, k, to, sums, 0);
}

/** C = 2^(A B - shift) with a shift for every row. */
export function weightTiles(a: usize, count: i32, b: usize, k: i32, to: usize, shift: usize): void {
  tilesOf(WEIGHTS, a, count, b, k, to, shift, 0);
}

/** C = P (A B - dot) with P [rows, 8] and a dot for every row. */
export function slopeTiles(a: usize, count: i32, b: usize, k: i32, to: usize, p: usize, dot: usize): void {
  tilesOf(SLOPES, a, count, b, k, to, p, dot);
}

/**
 * C[4 * count, 8] += A B for A in blocks of eight columns, [row][8], `block` bytes apart, of which there are `blocks`; B is one
 * panel, [8 * blocks][8].
 */
export function blockTiles(a0: usize, block: usize, blocks: i32, count: i32, b0: usize, to: usize): void {
  const zero = f32x4.splat(0);
  for (; wide() && count >= 2; count -= 2) {
    let next = a0, b = b0;
    let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
    let c40 = zero, c41 = zero, c50 = zero, c51 = zero, c60 = zero, c61 = zero, c70 = zero, c71 = zero;
    for (let n = blocks; n > 0; n--) {
      for (let a = next, end = next + 32; a != end; a += 4) {
        const low = v128.load(b), high = v128.load(b, 16);
        let x = v128.load32_splat(a); c00 = mad(x, low, c00); c01 = mad(x, high, c01);
        x = v128.load32_splat(a, 32); c10 = mad(x, low, c10); c11 = mad(x, high, c11);
        x = v128.load32_splat(a, 64); c20 = mad(x, low, c20); c21 = mad(x, high, c21);
        x = v128.load32_splat(a, 96); c30 = mad(x, low, c30); c31 = mad(x, high, c31);
        x = v128.load32_splat(a, 128); c40 = mad(x, low, c40); c41 = mad(x, high, c41);
        x = v128.load32_splat(a, 160); c50 = mad(x, low, c50); c51 = mad(x, high, c51);
        x = v128.load32_splat(a, 192); c60 = mad(x, low, c60); c61 = mad(x, high, c61);
        x = v128.load32_splat(a, 224); c70 = mad(x, low, c70); c71 = mad(x, high, c71);
        b += 32;
      }
      next += block;
    }
    addFour(to, c00, c01, c10, c11, c20, c21, c30, c31);
    addFour(to + 128, c40, c41, c50, c51, c60, c61, c70, c71);
    a0 += 256;
    to += 256;
  }
  for (; count > 0; count--) {
    let next = a0, b = b0;
    let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
    for (let n = blocks; n > 0; n--) {
      for (let a = next, end = next + 32; a != end; a += 4) {
        const low = v128.load(b), high = v128.load(b, 16);
        let x = v128.load32_splat(a); c00 = mad(x, low, c00); c01 = mad(x, high, c01);
        x = v128.load32_splat(a, 32); c10 = mad(x, low, c10); c11 = mad(x, high, c11);
        x = v128.load32_splat(a, 64); c20 = mad(x, low, c20); c21 = mad(x, high, c21);
        x = v128.load32_splat(a, 96); c30 = mad(x, low, c30); c31 = mad(x, high, c31);
        b += 32;
      }
      next += block;
    }
    addFour(to, c00, c01, c10, c11, c20, c21, c30, c31);
    a0 += 128;
    to += 128;
  }
}

// @ts-ignore: decorator
@inline
function addTo(to: usize, low: v128, high: v128): void {
  store8(to, f32x4.add(v128.load(to), low), f32x4.add(v128.load(to, 16), high));
}

// @ts-ignore: decorator
@inline
function addFour(to: usize, c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128): void {
  addTo(to, c00, c01);
  addTo(to + 32, c10, c11);
  addTo(to + 64, c20, c21);
  addTo(to + 96, c30, c31);
}
