// The register tile of tile.ts, C[4, 8] = A[4, k] B[k, 8], with what attention does to scores while they are in registers. A has
// panels of four rows, [k][4], behind each other; B one panel, [k][8]; C rows of eight floats. k is a multiple of 4.
import { c, C1, C2, C3, C4, C5, LEAST } from './exponential';
import { k as constant, ONE, ROUND, ROUND_BIASED } from './math';
import { mad } from './fused';

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
  v128.store(to, i32x4.add(p, i32x4.shl(sx, 23)));
  v128.store(to, i32x4.add(q, i32x4.shl(sy, 23)), 16);
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
  v128.store(to, f32x4.mul(p, i32x4.shl(i32x4.sub(sx, u), 23)));
  v128.store(to, f32x4.mul(q, i32x4.shl(i32x4.sub(sy, u), 23)), 16);
}

/** to <- p (x - dot) of two vectors. */
// @ts-ignore: decorator
@inline
function slope2(x: v128, y: v128, dot: v128, p: usize, to: usize): void {
  v128.store(to, f32x4.mul(v128.load(p), f32x4.sub(x, dot)));
  v128.store(to, f32x4.mul(v128.load(p, 16), f32x4.sub(y, dot)), 16);
}

/** What becomes of a tile: 2^C with the sums of the columns at p; 2^(C - row of p); P (C - row of q) with P at p. */
const POWERS = 0, WEIGHTS = 1, SLOPES = 2;

// @ts-ignore: decorator
@inline
function tilesOf(end: i32, a: usize, count: i32, b0: usize, k: i32, to: usize, p: usize, q: usize): void {
  let x: v128, first = f32x4.splat(0), second = first;
  if (end == POWERS) {
    first = v128.load(p);
    second = v128.load(p, 16);
  }
  for (; count > 0; count--) {
    let b = b0, c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
    for (let n = k; n > 0; n--) {
      const low = v128.load(b), high = v128.load(b, 16);
      x = v128.load32_splat(a); c00 = mad(x, low, c00); c01 = mad(x, high, c01);
      x = v128.load32_splat(a, 4); c10 = mad(x, low, c10); c11 = mad(x, high, c11);
      x = v128.load32_splat(a, 8); c20 = mad(x, low, c20); c21 = mad(x, high, c21);
      x = v128.load32_splat(a, 12); c30 = mad(x, low, c30); c31 = mad(x, high, c31);
      a += 16;
      b += 32;
    }
    if (end == POWERS) {
      small2(c00, c01, to);
      small2(c10, c11, to + 32);
      small2(c20, c21, to + 64);
      small2(c30, c31, to + 96);
      first = f32x4.add(first, f32x4.add(f32x4.add(v128.load(to), v128.load(to, 32)), f32x4.add(v128.load(to, 64), v128.load(to, 96))));
      second = f32x4.add(second, f32x4.add(f32x4.add(v128.load(to, 16), v128.load(to, 48)), f32x4.add(v128.load(to, 80), v128.load(to, 112))));
    } else if (end == WEIGHTS) {
      below2(c00, c01, v128.load32_splat(p), to);
      below2(c10, c11, v128.load32_splat(p, 4), to + 32);
      below2(c20, c21, v128.load32_splat(p, 8), to + 64);
      below2(c30, c31, v128.load32_splat(p, 12), to + 96);
      p += 16;
    } else {
      slope2(c00, c01, v128.load32_splat(q), p, to);
      slope2(c10, c11, v128.load32_splat(q, 4), p + 32, to + 32);
      slope2(c20, c21, v128.load32_splat(q, 8), p + 64, to + 64);
      slope2(c30, c31, v128.load32_splat(q, 12), p + 96, to + 96);
      p += 128;
      q += 16;
    }
    to += 128;
  }
  if (end == POWERS) {
    v128.store(p, first);
    v128.store(p, second, 16);
  }
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
  for (; count > 0; count--) {
    let next = a0, b = b0;
    let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
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
    v128.store(to, f32x4.add(v128.load(to), c00));
    v128.store(to, f32x4.add(v128.load(to, 16), c01), 16);
    v128.store(to, f32x4.add(v128.load(to, 32), c10), 32);
    v128.store(to, f32x4.add(v128.load(to, 48), c11), 48);
    v128.store(to, f32x4.add(v128.load(to, 64), c20), 64);
    v128.store(to, f32x4.add(v128.load(to, 80), c21), 80);
    v128.store(to, f32x4.add(v128.load(to, 96), c30), 96);
    v128.store(to, f32x4.add(v128.load(to, 112), c31), 112);
    a0 += 128;
    to += 128;
  }
}
