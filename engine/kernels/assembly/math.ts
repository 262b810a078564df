// Elementary functions of four floats at a time, from additions, multiplications, divisions and integer operations
// only: the same bits on every machine. Largest error against float64 (held by tests/kernels/math.test.ts), in units in the last
// place: exp 1.5, log 1, sigmoid 2.5 (0 below -88), tanh 5. NaN passes through; infinities map as the functions do.
// Sources: exp and log after Moshier's Cephes (expf, logf); tanh is Eigen's rational approximation (ptanh_float).

import { load4, store4 } from './lanes';

// Constants lie in a table at a fixed address, four copies each: a load costs one instruction, while V8 builds an
// immediate vector anew at every use from four (measured: the functions take half the time).

/** First byte of the table, in the reserved memory below the kernels' own constants. */
const TABLE: usize = 1024;

/** Places of the constants in the table. */
export const LN2_HIGH = 0, LN2_LOW = 1, E6 = 2, E5 = 3, E4 = 4, E3 = 5, E2 = 6, E1 = 7, ONE = 8;
export const EXP_MOST = 9, EXP_LEAST = 10, LOG2_E = 11, ROUND = 12, ROUND_BITS = 13, BIAS = 14, SIGMOID_MOST = 15, SIGMOID_LEAST = 16, ROUND_BIASED = 17;
const TANH_MOST = 18, TANH_LEAST = 19, P13 = 20, P11 = 21, P9 = 22, P7 = 23, P5 = 24, P3 = 25, P1 = 26, Q6 = 27, Q4 = 28, Q2 = 29, Q0 = 30, TANH_TINY = 31;
const NORMAL = 32, TWO_23 = 33, LOG_BIAS = 34, TWENTY_THREE = 35, MANTISSA = 36, HALF_BITS = 37, ROOT_HALF = 38, L9 = 39, L8 = 40, L7 = 41, L6 = 42, L5 = 43, L4 = 44, L3 = 45, L2 = 46, L1 = 47, HALF = 48;
export const INFINITE = 49, ZERO = 50, INVALID = 51, MINUS_INFINITE = 52;

// @ts-ignore: decorator
@inline
export function k(index: i32): v128 {
  return v128.load(TABLE + (<usize>index << 4));
}

// @ts-ignore: decorator
@inline
function put(index: i32, value: f32): void {
  v128.store(TABLE + (<usize>index << 4), f32x4.splat(value));
}

// @ts-ignore: decorator
@inline
function putBits(index: i32, value: i32): void {
  v128.store(TABLE + (<usize>index << 4), i32x4.splat(value));
}

/** Fills the table; called once before the first kernel. */
export function writeConstants(): void {
  put(LN2_HIGH, 0.693359375);
  put(LN2_LOW, -2.12194440e-4);
  put(E6, 1.9875691500e-4);
  put(E5, 1.3981999507e-3);
  put(E4, 8.3334519073e-3);
  put(E3, 4.1665795894e-2);
  put(E2, 1.6666665459e-1);
  put(E1, 5.0000001201e-1);
  put(ONE, 1);
  put(EXP_MOST, 89);
  put(EXP_LEAST, -105);
  put(LOG2_E, 1.44269504088896341);
  put(ROUND, 12582912); // 1.5 * 2^23: adding it rounds a small float to an integer in its last bits
  putBits(ROUND_BITS, 0x4b400000);
  putBits(BIAS, 127);
  put(SIGMOID_MOST, 88.7);
  put(SIGMOID_LEAST, -87);
  putBits(ROUND_BIASED, 0x4b400000 - 127);
  put(TANH_MOST, 7.90531110763549805);
  put(TANH_LEAST, -7.90531110763549805);
  put(P13, -2.76076847742355e-16);
  put(P11, 2.00018790482477e-13);
  put(P9, -8.60467152213735e-11);
  put(P7, 5.12229709037114e-8);
  put(P5, 1.48572235717979e-5);
  put(P3, 6.37261928875436e-4);
  put(P1, 4.89352455891786e-3);
  put(Q6, 1.19825839466702e-6);
  put(Q4, 1.18534705686654e-4);
  put(Q2, 2.26843463243900e-3);
  put(Q0, 4.89352518554385e-3);
  put(TANH_TINY, 0.0004);
  put(NORMAL, 1.17549435e-38);
  put(TWO_23, 8388608);
  putBits(LOG_BIAS, 126);
  putBits(TWENTY_THREE, 23);
  putBits(MANTISSA, 0x007fffff);
  putBits(HALF_BITS, 0x3f000000);
  put(ROOT_HALF, 0.707106781186547524);
  put(L9, 7.0376836292e-2);
  put(L8, -1.1514610310e-1);
  put(L7, 1.1676998740e-1);
  put(L6, -1.2420140846e-1);
  put(L5, 1.4249322787e-1);
  put(L4, -1.6668057665e-1);
  put(L3, 2.0000714765e-1);
  put(L2, -2.4999993993e-1);
  put(L1, 3.3333331174e-1);
  put(HALF, 0.5);
  put(INFINITE, Infinity);
  put(ZERO, 0);
  put(INVALID, NaN);
  put(MINUS_INFINITE, -Infinity);
}

/** a b + c in two roundings. */
// @ts-ignore: decorator
@inline
export function mad(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/** e^r for r = x - n ln 2, |r| <= ln 2 / 2. */
// @ts-ignore: decorator
@inline
function expReduced(x: v128, n: v128): v128 {
  let r = f32x4.sub(x, f32x4.mul(n, k(LN2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(n, k(LN2_LOW)));
  let p = mad(k(E6), r, k(E5));
  p = mad(p, r, k(E4));
  p = mad(p, r, k(E3));
  p = mad(p, r, k(E2));
  p = mad(p, r, k(E1));
  return f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), k(ONE));
}

// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, k(EXP_MOST)), k(EXP_LEAST));
  const shifted = mad(bounded, k(LOG2_E), k(ROUND));
  const n = i32x4.sub(shifted, k(ROUND_BITS));
  const p = expReduced(bounded, f32x4.sub(shifted, k(ROUND)));
  // Two factors, so that results below 2^-126 and the step to infinity come out right.
  const half = i32x4.shr_s(n, 1);
  const scale1 = i32x4.shl(i32x4.add(half, k(BIAS)), 23);
  const scale2 = i32x4.shl(i32x4.add(i32x4.sub(n, half), k(BIAS)), 23);
  return f32x4.mul(f32x4.mul(p, scale1), scale2);
}

/** 1 / (1 + e^-x); the exponential's one factor becomes infinite, and the result 0, below -88. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(f32x4.neg(x), k(SIGMOID_MOST)), k(SIGMOID_LEAST));
  const shifted = mad(bounded, k(LOG2_E), k(ROUND));
  const n = i32x4.sub(shifted, k(ROUND_BIASED));
  const p = expReduced(bounded, f32x4.sub(shifted, k(ROUND)));
  const e = f32x4.mul(p, i32x4.shl(n, 23));
  return f32x4.div(k(ONE), f32x4.add(k(ONE), e));
}

// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const y = f32x4.pmax(f32x4.pmin(x, k(TANH_MOST)), k(TANH_LEAST));
  const s = f32x4.mul(y, y);
  let p = mad(k(P13), s, k(P11));
  p = mad(p, s, k(P9));
  p = mad(p, s, k(P7));
  p = mad(p, s, k(P5));
  p = mad(p, s, k(P3));
  p = mad(p, s, k(P1));
  let q = mad(k(Q6), s, k(Q4));
  q = mad(q, s, k(Q2));
  q = mad(q, s, k(Q0));
  const ratio = f32x4.div(f32x4.mul(y, p), q);
  return v128.bitselect(x, ratio, f32x4.lt(f32x4.abs(x), k(TANH_TINY)));
}

export function log4(x: v128): v128 {
  const tiny = f32x4.lt(x, k(NORMAL));
  const y = v128.bitselect(f32x4.mul(x, k(TWO_23)), x, tiny);
  // y = m 2^e with m in [sqrt(1/2), sqrt(2))
  let e = i32x4.sub(i32x4.shr_s(y, 23), k(LOG_BIAS));
  e = i32x4.sub(e, v128.and(tiny, k(TWENTY_THREE)));
  let m = v128.or(v128.and(y, k(MANTISSA)), k(HALF_BITS));
  const low = f32x4.lt(m, k(ROOT_HALF));
  e = i32x4.add(e, low);
  m = f32x4.sub(f32x4.add(m, v128.and(m, low)), k(ONE));
  const z = f32x4.mul(m, m);
  let p = mad(k(L9), m, k(L8));
  p = mad(p, m, k(L7));
  p = mad(p, m, k(L6));
  p = mad(p, m, k(L5));
  p = mad(p, m, k(L4));
  p = mad(p, m, k(L3));
  p = mad(p, m, k(L2));
  p = mad(p, m, k(L1));
  p = f32x4.mul(f32x4.mul(p, m), z);
  const n = f32x4.convert_i32x4_s(e);
  p = f32x4.add(p, f32x4.mul(n, k(LN2_LOW)));
  p = f32x4.sub(p, f32x4.mul(z, k(HALF)));
  const result = f32x4.add(f32x4.add(m, p), f32x4.mul(n, k(LN2_HIGH)));
  const infinite = f32x4.eq(x, k(INFINITE));
  const zero = f32x4.eq(x, k(ZERO));
  const invalid = v128.not(f32x4.ge(x, k(ZERO)));
  return v128.bitselect(k(INVALID),
    v128.bitselect(k(MINUS_INFINITE), v128.bitselect(x, result, infinite), zero), invalid);
}

// @ts-ignore: decorator
@inline
function sigmoidFour(from: usize, to: usize): void {
  let c = k(SIGMOID_MOST), d = k(SIGMOID_LEAST);
  const x0 = f32x4.pmax(f32x4.pmin(f32x4.neg(v128.load(from)), c), d);
  const x1 = f32x4.pmax(f32x4.pmin(f32x4.neg(v128.load(from, 16)), c), d);
  const x2 = f32x4.pmax(f32x4.pmin(f32x4.neg(v128.load(from, 32)), c), d);
  const x3 = f32x4.pmax(f32x4.pmin(f32x4.neg(v128.load(from, 48)), c), d);
  c = k(LOG2_E); d = k(ROUND);
  let s0 = mad(x0, c, d);
  let s1 = mad(x1, c, d);
  let s2 = mad(x2, c, d);
  let s3 = mad(x3, c, d);
  let r0 = f32x4.sub(s0, d);
  let r1 = f32x4.sub(s1, d);
  let r2 = f32x4.sub(s2, d);
  let r3 = f32x4.sub(s3, d);
  c = k(ROUND_BIASED);
  s0 = i32x4.shl(i32x4.sub(s0, c), 23);
  s1 = i32x4.shl(i32x4.sub(s1, c), 23);
  s2 = i32x4.shl(i32x4.sub(s2, c), 23);
  s3 = i32x4.shl(i32x4.sub(s3, c), 23);
  c = k(LN2_HIGH); d = k(LN2_LOW);
  r0 = f32x4.sub(f32x4.sub(x0, f32x4.mul(r0, c)), f32x4.mul(r0, d));
  r1 = f32x4.sub(f32x4.sub(x1, f32x4.mul(r1, c)), f32x4.mul(r1, d));
  r2 = f32x4.sub(f32x4.sub(x2, f32x4.mul(r2, c)), f32x4.mul(r2, d));
  r3 = f32x4.sub(f32x4.sub(x3, f32x4.mul(r3, c)), f32x4.mul(r3, d));
  c = k(E6); d = k(E5);
  let p0 = mad(c, r0, d);
  let p1 = mad(c, r1, d);
  let p2 = mad(c, r2, d);
  let p3 = mad(c, r3, d);
  c = k(E4); p0 = mad(p0, r0, c); p1 = mad(p1, r1, c); p2 = mad(p2, r2, c); p3 = mad(p3, r3, c);
  c = k(E3); p0 = mad(p0, r0, c); p1 = mad(p1, r1, c); p2 = mad(p2, r2, c); p3 = mad(p3, r3, c);
  c = k(E2); p0 = mad(p0, r0, c); p1 = mad(p1, r1, c); p2 = mad(p2, r2, c); p3 = mad(p3, r3, c);
  c = k(E1); p0 = mad(p0, r0, c); p1 = mad(p1, r1, c); p2 = mad(p2, r2, c); p3 = mad(p3, r3, c);
  c = k(ONE);
  p0 = f32x4.add(f32x4.add(f32x4.mul(p0, f32x4.mul(r0, r0)), r0), c);
  p1 = f32x4.add(f32x4.add(f32x4.mul(p1, f32x4.mul(r1, r1)), r1), c);
  p2 = f32x4.add(f32x4.add(f32x4.mul(p2, f32x4.mul(r2, r2)), r2), c);
  p3 = f32x4.add(f32x4.add(f32x4.mul(p3, f32x4.mul(r3, r3)), r3), c);
  p0 = f32x4.add(c, f32x4.mul(p0, s0));
  p1 = f32x4.add(c, f32x4.mul(p1, s1));
  p2 = f32x4.add(c, f32x4.mul(p2, s2));
  p3 = f32x4.add(c, f32x4.mul(p3, s3));
  v128.store(to, f32x4.div(c, p0));
  v128.store(to, f32x4.div(c, p1), 16);
  v128.store(to, f32x4.div(c, p2), 32);
  v128.store(to, f32x4.div(c, p3), 48);
}

// @ts-ignore: decorator
@inline
function tanhFour(from: usize, to: usize): void {
  const x0 = v128.load(from);
  const x1 = v128.load(from, 16);
  const x2 = v128.load(from, 32);
  const x3 = v128.load(from, 48);
  let c = k(TANH_MOST), d = k(TANH_LEAST);
  const y0 = f32x4.pmax(f32x4.pmin(x0, c), d);
  const y1 = f32x4.pmax(f32x4.pmin(x1, c), d);
  const y2 = f32x4.pmax(f32x4.pmin(x2, c), d);
  const y3 = f32x4.pmax(f32x4.pmin(x3, c), d);
  const s0 = f32x4.mul(y0, y0);
  const s1 = f32x4.mul(y1, y1);
  const s2 = f32x4.mul(y2, y2);
  const s3 = f32x4.mul(y3, y3);
  c = k(P13); d = k(P11);
  let p0 = mad(c, s0, d);
  let p1 = mad(c, s1, d);
  let p2 = mad(c, s2, d);
  let p3 = mad(c, s3, d);
  c = k(P9); p0 = mad(p0, s0, c); p1 = mad(p1, s1, c); p2 = mad(p2, s2, c); p3 = mad(p3, s3, c);
  c = k(P7); p0 = mad(p0, s0, c); p1 = mad(p1, s1, c); p2 = mad(p2, s2, c); p3 = mad(p3, s3, c);
  c = k(P5); p0 = mad(p0, s0, c); p1 = mad(p1, s1, c); p2 = mad(p2, s2, c); p3 = mad(p3, s3, c);
  c = k(P3); p0 = mad(p0, s0, c); p1 = mad(p1, s1, c); p2 = mad(p2, s2, c); p3 = mad(p3, s3, c);
  c = k(P1); p0 = mad(p0, s0, c); p1 = mad(p1, s1, c); p2 = mad(p2, s2, c); p3 = mad(p3, s3, c);
  p0 = f32x4.mul(y0, p0);
  p1 = f32x4.mul(y1, p1);
  p2 = f32x4.mul(y2, p2);
  p3 = f32x4.mul(y3, p3);
  c = k(Q6); d = k(Q4);
  let q0 = mad(c, s0, d);
  let q1 = mad(c, s1, d);
  let q2 = mad(c, s2, d);
  let q3 = mad(c, s3, d);
  c = k(Q2); q0 = mad(q0, s0, c); q1 = mad(q1, s1, c); q2 = mad(q2, s2, c); q3 = mad(q3, s3, c);
  c = k(Q0); q0 = mad(q0, s0, c); q1 = mad(q1, s1, c); q2 = mad(q2, s2, c); q3 = mad(q3, s3, c);
  c = k(TANH_TINY);
  v128.store(to, v128.bitselect(x0, f32x4.div(p0, q0), f32x4.lt(f32x4.abs(x0), c)));
  v128.store(to, v128.bitselect(x1, f32x4.div(p1, q1), f32x4.lt(f32x4.abs(x1), c)), 16);
  v128.store(to, v128.bitselect(x2, f32x4.div(p2, q2), f32x4.lt(f32x4.abs(x2), c)), 32);
  v128.store(to, v128.bitselect(x3, f32x4.div(p3, q3), f32x4.lt(f32x4.abs(x3), c)), 48);
}

/** to <- sigmoid(from) for `count` floats; the places may be the same. */
export function sigmoidArray(from: usize, to: usize, count: i32): void {
  for (; count >= 16; count -= 16) {
    sigmoidFour(from, to);
    from += 64;
    to += 64;
  }
  for (; count > 0; count -= 4) {
    store4(to, sigmoid4(load4(from, count)), count);
    from += 16;
    to += 16;
  }
}

/** to <- tanh(from) for `count` floats; the places may be the same. */
export function tanhArray(from: usize, to: usize, count: i32): void {
  for (; count >= 16; count -= 16) {
    tanhFour(from, to);
    from += 64;
    to += 64;
  }
  for (; count > 0; count -= 4) {
    store4(to, tanh4(load4(from, count)), count);
    from += 16;
    to += 16;
  }
}

/** Larger of two, NaN of the first kept. */
// @ts-ignore: decorator
@inline
export function relu4(x: v128): v128 {
  return f32x4.pmax(x, k(ZERO));
}

/** Activation by number: 0 none, 1 relu, 2 sigmoid, 3 tanh (engine/kernels/codes.ts). */
// @ts-ignore: decorator
@inline
export function activate(kind: i32, x: v128): v128 {
  if (kind == 1) return relu4(x);
  if (kind == 2) return sigmoid4(x);
  if (kind == 3) return tanh4(x);
  return x;
}

/** to <- relu(from) for `count` floats; the places may be the same. */
export function reluArray(from: usize, to: usize, count: i32): void {
  for (; count > 0; count -= 4) {
    store4(to, relu4(load4(from, count)), count);
    from += 16;
    to += 16;
  }
}
