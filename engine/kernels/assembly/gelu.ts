// GELU (Hendrycks and Gimpel 2016), y = x F(x) with F the normal distribution's (1 + erf(x / sqrt 2)) / 2, and its gradient; the
// gradient of ReLU. The error function is a rational approximation (Eigen's erf_float; within 4 ulp of 1 everywhere).
import { arg, parallel, setArg } from './control';
import { expBelow4 } from './exponential';
import { JOB_GELU, JOB_GELU_GRADIENT, JOB_RELU_GRADIENT } from './jobs';
import { bytes, load4, store4 } from './lanes';
import { mad } from './math';

const PIECE = 16384;
const COUNT = 0, X = 1, DY = 2, TARGET = 3;

/** Constants as in math.ts, in a table of their own. */
const TABLE: usize = 2048;
const ROOT_HALF = 0, MOST = 1, LEAST = 2, A13 = 3, A11 = 4, A9 = 5, A7 = 6, A5 = 7, A3 = 8, A1 = 9, B8 = 10, B6 = 11, B4 = 12, B2 = 13, B0 = 14;
const HALF = 15, MINUS_HALF = 16, DENSITY = 17;

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
  put(MINUS_HALF, -0.5);
  put(DENSITY, 0.39894228040143268); // 1 / sqrt(2 pi)
}

/** F(x) = (1 + erf(x / sqrt 2)) / 2 */
// @ts-ignore: decorator
@inline
function distribution(x: v128): v128 {
  const y = f32x4.pmax(f32x4.pmin(f32x4.mul(x, c(ROOT_HALF)), c(MOST)), c(LEAST));
  const s = f32x4.mul(y, y);
  let p = mad(c(A13), s, c(A11));
  p = mad(p, s, c(A9));
  p = mad(p, s, c(A7));
  p = mad(p, s, c(A5));
  p = mad(p, s, c(A3));
  p = mad(p, s, c(A1));
  let q = mad(c(B8), s, c(B6));
  q = mad(q, s, c(B4));
  q = mad(q, s, c(B2));
  q = mad(q, s, c(B0));
  const half = c(HALF);
  return mad(f32x4.div(f32x4.mul(y, p), q), half, half);
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
  const first = piece * PIECE, end = min(first + PIECE, arg(COUNT));
  for (let i = first; i < end; i += 4) {
    const x = load4(<usize>arg(X) + bytes(i), end - i);
    store4(<usize>arg(TARGET) + bytes(i), f32x4.mul(x, distribution(x)), end - i);
  }
}

export function geluGradientPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(COUNT));
  for (let i = first; i < end; i += 4) {
    const x = load4(<usize>arg(X) + bytes(i), end - i), dy = load4(<usize>arg(DY) + bytes(i), end - i);
    const density = f32x4.mul(expBelow4(f32x4.mul(f32x4.mul(x, x), c(MINUS_HALF))), c(DENSITY));
    store4(<usize>arg(TARGET) + bytes(i), f32x4.mul(dy, mad(x, density, distribution(x))), end - i);
  }
}

export function reluGradientPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(COUNT)), zero = f32x4.splat(0);
  for (let i = first; i < end; i += 4) {
    const x = load4(<usize>arg(X) + bytes(i), end - i), dy = load4(<usize>arg(DY) + bytes(i), end - i);
    store4(<usize>arg(TARGET) + bytes(i), v128.andnot(dy, f32x4.le(x, zero)), end - i);
  }
}
