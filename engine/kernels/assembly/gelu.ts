// GELU (Hendrycks and Gimpel 2016), y = x F(x) with F the normal distribution's (1 + erf(x / sqrt 2)) / 2, and its gradient; the
// gradient of ReLU. The error function is a rational approximation (Eigen's erf_float; within 4 ulp of 1 everywhere).
import { arg, parallel, scratch, setArg } from './control';
import { exp2Below4 } from './exponential';
import { JOB_GELU, JOB_GELU_GRADIENT, JOB_RELU_GRADIENT } from './jobs';
import { bytes, load4, store4 } from './lanes';
import { mad } from './math';

const PIECE = 16384;
const COUNT = 0, X = 1, DY = 2, TARGET = 3;

/** Constants as in math.ts, in a table of their own. */
const TABLE: usize = 2048;
const ROOT_HALF = 0, MOST = 1, LEAST = 2, A13 = 3, A11 = 4, A9 = 5, A7 = 6, A5 = 7, A3 = 8, A1 = 9, B8 = 10, B6 = 11, B4 = 12, B2 = 13, B0 = 14;
const HALF = 15, POWER = 16, DENSITY = 17;

// @ts-ignore: decorator
@inline
function c(index: i32): v128 {
  return v128.load(TABLE + (<usize>index << 4));
}

// @ts-ignore: decorator
@inline
function put(index: i32, value: f32): void {
  v128.store(TABLE + (<usize>index << 4), f32x4.splat(value));
}

/** Fills the table; called once before the first kernel. */
export function writeGeluConstants(): void {
  put(ROOT_HALF, 0.70710678118654752);
  put(MOST, 4);
  put(LEAST, -4);
  put(A13, -2.72614225801306e-10);
  put(A11, 2.77068142495902e-8);
  put(A9, -2.10102402082508e-6);
  put(A7, -5.69250639462346e-5);
  put(A5, -7.34990630326855e-4);
  put(A3, -2.95459980854025e-3);
  put(A1, -1.60960333262415e-2);
  put(B8, -1.45660718464996e-5);
  put(B6, -2.13374055278905e-4);
  put(B4, -1.68282697438203e-3);
  put(B2, -7.37332916720468e-3);
  put(B0, -1.42647390514189e-2);
  put(HALF, 0.5);
  put(POWER, -0.72134752044448170); // e^(-x^2 / 2) = 2^(POWER x^2)
  put(DENSITY, 0.39894228040143268); // 1 / sqrt(2 pi)
}

/** F(x) = (1 + erf(x / sqrt 2)) / 2 of two vectors, which share the loads of the constants; the results go to `to`. */
// @ts-ignore: decorator
@inline
function distributions(x: v128, y: v128, to: usize): void {
  let u = c(ROOT_HALF), v = c(MOST), w = c(LEAST);
  const a = f32x4.pmax(f32x4.pmin(f32x4.mul(x, u), v), w), b = f32x4.pmax(f32x4.pmin(f32x4.mul(y, u), v), w);
  const s = f32x4.mul(a, a), t = f32x4.mul(b, b);
  u = c(A13); v = c(A11);
  let p = mad(u, s, v), q = mad(u, t, v);
  u = c(A9); p = mad(p, s, u); q = mad(q, t, u);
  u = c(A7); p = mad(p, s, u); q = mad(q, t, u);
  u = c(A5); p = mad(p, s, u); q = mad(q, t, u);
  u = c(A3); p = mad(p, s, u); q = mad(q, t, u);
  u = c(A1); p = mad(p, s, u); q = mad(q, t, u);
  p = f32x4.mul(a, p);
  q = f32x4.mul(b, q);
  u = c(B8); v = c(B6);
  let d = mad(u, s, v), e = mad(u, t, v);
  u = c(B4); d = mad(d, s, u); e = mad(e, t, u);
  u = c(B2); d = mad(d, s, u); e = mad(e, t, u);
  u = c(B0); d = mad(d, s, u); e = mad(e, t, u);
  u = c(HALF);
  v128.store(to, mad(f32x4.div(p, d), u, u));
  v128.store(to, mad(f32x4.div(q, e), u, u), 16);
}

function start(count: i32, x: usize, dy: usize, target: usize, job: i32): void {
  setArg(COUNT, count); setArg(X, <i32>x); setArg(DY, <i32>dy); setArg(TARGET, <i32>target);
  parallel(job, (count + PIECE - 1) / PIECE);
}

export function gelu(count: i32, x: usize, y: usize): void {
  start(count, x, 0, y, JOB_GELU);
}

/** dx = dy (F(x) + x F'(x)), F'(x) = e^(-x^2 / 2) / sqrt(2 pi) */
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
    const x = load4(from, end - i), y = load4(from + 16, end - i - 4), power = c(POWER), density = c(DENSITY);
    distributions(x, y, shares);
    const a = f32x4.mul(exp2Below4(f32x4.mul(f32x4.mul(x, x), power)), density);
    const b = f32x4.mul(exp2Below4(f32x4.mul(f32x4.mul(y, y), power)), density);
    store4(to, f32x4.mul(load4(dy, end - i), mad(x, a, v128.load(shares))), end - i);
    store4(to + 16, f32x4.mul(load4(dy + 16, end - i - 4), mad(y, b, v128.load(shares, 16))), end - i - 4);
  }
}

export function reluGradientPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(COUNT)), zero = f32x4.splat(0);
  for (let i = first; i < end; i += 4) {
    const x = load4(<usize>arg(X) + bytes(i), end - i), dy = load4(<usize>arg(DY) + bytes(i), end - i);
    store4(<usize>arg(TARGET) + bytes(i), v128.andnot(dy, f32x4.le(x, zero)), end - i);
  }
}
