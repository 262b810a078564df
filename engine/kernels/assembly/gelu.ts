// GELU (Hendrycks and Gimpel 2016), y = x F(x) with F the normal distribution's, and its slope; the gradient of ReLU. With the density
// f(x) = e^(-x^2 / 2) / sqrt(2 pi), which the slope F(x) + x f(x) needs anyway, F(-|x|) = e^(-x^2 / 2) P(t), t = 1 / (1 + 0.28 |x|), after
// Abramowitz and Stegun 26.2.17 with a polynomial of degree 6 fitted for an error of 1.2e-7 of max(F(-|x|), 0.003).
// Tried: the rational approximation of erf with the exponential beside it, half as fast for value and slope.
import { arg, parallel, scratch, setArg } from './control';
import { c as e, C1, C2, C3, C4, C5, LEAST } from './exponential';
import { JOB_GELU, JOB_GELU_GRADIENT, JOB_RELU_GRADIENT } from './jobs';
import { bytes, load4, store4, store8 } from './lanes';
import { k, ONE, ROUND, ROUND_BIASED, ZERO } from './math';
import { mad } from './fused';

const PIECE = 16384;
const COUNT = 0, X = 1, DY = 2, TARGET = 3;

/** Constants as in math.ts, in a table of their own. */
const TABLE: usize = 2048;
const P6 = 0, P5 = 1, P4 = 2, P3 = 3, P2 = 4, P1 = 5, SCALE = 6, POWER = 7, DENSITY = 8;

// @ts-ignore: decorator
@inline
function c(index: i32): v128 {
  return v128.load32_splat(TABLE + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
function put(index: i32, value: f32): void {
  store<f32>(TABLE + (<usize>index << 2), value);
}

/** Fills the table; called once before the first kernel. */
export function writeGeluConstants(): void {
  put(P6, -0.10611746893564501);
  put(P5, 0.391453106832219);
  put(P4, -0.2400693789803667);
  put(P3, 0.27180068378763234);
  put(P2, 0.0661771865401065);
  put(P1, 0.11675592905647829);
  put(SCALE, 0.28);
  put(POWER, -0.72134752044448170); // e^(-x^2 / 2) = 2^(POWER x^2)
  put(DENSITY, 0.39894228040143268); // 1 / sqrt(2 pi)
}

/** F of two vectors, which share the loads of the constants, to `to`; x f(x) of both to 32 bytes behind. */
// @ts-ignore: decorator
@inline
function distributions(x: v128, y: v128, to: usize): void {
  let u = c(POWER), v = e(LEAST);
  // 2^a as in exponential.ts.
  let a = f32x4.pmax(f32x4.mul(f32x4.mul(x, x), u), v), b = f32x4.pmax(f32x4.mul(f32x4.mul(y, y), u), v);
  u = k(ROUND);
  const sa = f32x4.add(a, u), sb = f32x4.add(b, u);
  a = f32x4.sub(a, f32x4.sub(sa, u));
  b = f32x4.sub(b, f32x4.sub(sb, u));
  const aa = f32x4.mul(a, a), bb = f32x4.mul(b, b);
  u = e(C5); v = e(C4);
  let p = mad(u, a, v), q = mad(u, b, v);
  u = e(C3); v = e(C2);
  p = mad(p, aa, mad(u, a, v)); q = mad(q, bb, mad(u, b, v));
  u = e(C1); v = k(ONE);
  p = mad(p, aa, mad(u, a, v)); q = mad(q, bb, mad(u, b, v));
  u = k(ROUND_BIASED);
  p = f32x4.mul(p, i32x4.shl(i32x4.sub(sa, u), 23));
  q = f32x4.mul(q, i32x4.shl(i32x4.sub(sb, u), 23));
  u = c(DENSITY);
  v128.store(to, f32x4.mul(y, f32x4.mul(q, u)), 48);
  v128.store(to, f32x4.mul(x, f32x4.mul(p, u)), 32);
  u = c(SCALE); v = k(ONE);
  const s = f32x4.div(v, mad(u, f32x4.abs(x), v)), t = f32x4.div(v, mad(u, f32x4.abs(y), v));
  u = c(P6); v = c(P5);
  let m = mad(u, s, v), n = mad(u, t, v);
  u = c(P4); m = mad(m, s, u); n = mad(n, t, u);
  u = c(P3); m = mad(m, s, u); n = mad(n, t, u);
  u = c(P2); m = mad(m, s, u); n = mad(n, t, u);
  u = c(P1); m = mad(m, s, u); n = mad(n, t, u);
  m = f32x4.mul(f32x4.mul(m, s), p);
  n = f32x4.mul(f32x4.mul(n, t), q);
  u = k(ONE); v = k(ZERO);
  store8(to, v128.bitselect(m, f32x4.sub(u, m), f32x4.lt(x, v)), v128.bitselect(n, f32x4.sub(u, n), f32x4.lt(y, v)));
}

function start(count: i32, x: usize, dy: usize, target: usize, job: i32): void {
  setArg(COUNT, count); setArg(X, <i32>x); setArg(DY, <i32>dy); setArg(TARGET, <i32>target);
  parallel(job, (count + PIECE - 1) / PIECE);
}

export function gelu(count: i32, x: usize, y: usize): void {
  start(count, x, 0, y, JOB_GELU);
}

/** dx = dy (F(x) + x f(x)) */
export function geluGradient(count: i32, x: usize, dy: usize, dx: usize): void {
  start(count, x, dy, dx, JOB_GELU_GRADIENT);
}

/** dx = dy where x > 0 or x is not a number, else 0. */
export function reluGradient(count: i32, x: usize, dy: usize, dx: usize): void {
  start(count, x, dy, dx, JOB_RELU_GRADIENT);
}

export function geluPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(COUNT)), shares = scratch();
  for (let i = first; i < end; i += 8) {
    const from = <usize>arg(X) + bytes(i), to = <usize>arg(TARGET) + bytes(i);
    const x = load4(from, end - i), y = load4(from + 16, end - i - 4);
    distributions(x, y, shares);
    store4(to, f32x4.mul(x, v128.load(shares)), end - i);
    store4(to + 16, f32x4.mul(y, v128.load(shares, 16)), end - i - 4);
  }
}

export function geluGradientPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(COUNT)), shares = scratch();
  for (let i = first; i < end; i += 8) {
    const from = <usize>arg(X) + bytes(i), to = <usize>arg(TARGET) + bytes(i), dy = <usize>arg(DY) + bytes(i);
    distributions(load4(from, end - i), load4(from + 16, end - i - 4), shares);
    store4(to, f32x4.mul(load4(dy, end - i), f32x4.add(v128.load(shares), v128.load(shares, 32))), end - i);
    store4(to + 16, f32x4.mul(load4(dy + 16, end - i - 4), f32x4.add(v128.load(shares, 16), v128.load(shares, 48))), end - i - 4);
  }
}

/** y <- gelu(y) for `count` floats, with its slope to `slope` unless that is 0. */
export function geluInPlace(y: usize, slope: usize, count: i32): void {
  const shares = scratch();
  if (slope != 0) {
    for (; count >= 8; count -= 8) {
      const a = v128.load(y), b = v128.load(y, 16);
      distributions(a, b, shares);
      const p = v128.load(shares), q = v128.load(shares, 16), r = v128.load(shares, 32), s = v128.load(shares, 48);
      store8(y, f32x4.mul(a, p), f32x4.mul(b, q));
      store8(slope, f32x4.add(p, r), f32x4.add(q, s));
      y += 32;
      slope += 32;
    }
  }
  for (; count > 0; count -= 8) {
    const a = load4(y, count), b = load4(y + 16, count - 4);
    distributions(a, b, shares);
    store4(y, f32x4.mul(a, v128.load(shares)), count);
    store4(y + 16, f32x4.mul(b, v128.load(shares, 16)), count - 4);
    if (slope != 0) {
      store4(slope, f32x4.add(v128.load(shares), v128.load(shares, 32)), count);
      store4(slope + 16, f32x4.add(v128.load(shares, 16), v128.load(shares, 48)), count - 4);
      slope += 32;
    }
    y += 32;
  }
}

export function reluGradientPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(COUNT)), zero = f32x4.splat(0);
  for (let i = first; i < end; i += 4) {
    const x = load4(<usize>arg(X) + bytes(i), end - i), dy = load4(<usize>arg(DY) + bytes(i), end - i);
    store4(<usize>arg(TARGET) + bytes(i), v128.andnot(dy, f32x4.le(x, zero)), end - i);
  }
}
