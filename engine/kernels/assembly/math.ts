// Elementary functions of four floats at a time, from additions, multiplications, divisions and integer operations
// only: the same bits on every machine. Largest error against float64 (held by tests/kernels/math.test.ts), in units in the last
// place: exp 1.5, log 1, sigmoid 2.5 (0 below -88), tanh 5 (5.4 among all floats). NaN passes through; infinities map as the
// functions do. Sources: exp and log after Moshier's Cephes (expf, logf); sigmoid's exponential has one term less, refitted;
// tanh is a rational function x P(x^2) / Q(x^2) fitted for the least relative error, with P(0) = Q(0) = 1: exact for tiny x.
//
// The functions of the recurrent gates are a fifth of a training step. Four vectors at a time: with two, the processor's window
// of instructions holds too little that does not wait for something else (18 and 14 cycles a vector; so 12 and 10).

import { mad } from './fused';
import { load4, store4, store8 } from './lanes';

// Constants lie in a table at a fixed address: a load that fills all lanes costs one instruction, of 128 bits and of 256, while V8 builds an
// immediate vector at every use from four (measured: the functions take half the time).

/** First byte of the table, in the reserved memory below the kernels' own constants. */
const TABLE: usize = 1024;

/** Positions of the constants in the table. */
export const LN2_HIGH = 0, LN2_LOW = 1, E6 = 2, E5 = 3, E4 = 4, E3 = 5, E2 = 6, E1 = 7, ONE = 8;
export const EXP_MOST = 9, EXP_LEAST = 10, LOG2_E = 11, ROUND = 12, ROUND_BITS = 13, BIAS = 14, SIGMOID_LEAST = 16, ROUND_BIASED = 17;
const TANH_MOST = 18, TANH_LEAST = 19, P8 = 20, P6 = 21, P4 = 22, P2 = 23, Q8 = 24, Q6 = 25, Q4 = 26, Q2 = 27;
const S5 = 15, S4 = 28, S3 = 29, S2 = 30, S1 = 31, GATE_MOST = 53, GATE_LEAST = 54, MINUS_LOG2_E = 55, ROUND_SCALE = 56;
const NORMAL = 32, TWO_23 = 33, LOG_BIAS = 34, TWENTY_THREE = 35, MANTISSA = 36, HALF_BITS = 37, ROOT_HALF = 38;
const L9 = 39, L8 = 40, L7 = 41, L6 = 42, L5 = 43, L4 = 44, L3 = 45, L2 = 46, L1 = 47, HALF = 48;
export const INFINITE = 49, ZERO = 50, INVALID = 51, MINUS_INFINITE = 52;

// @ts-ignore: decorator
@inline
export function k(index: i32): v128 {
  return v128.load32_splat(TABLE + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
function put(index: i32, value: f32): void {
  store<f32>(TABLE + (<usize>index << 2), value);
}

// @ts-ignore: decorator
@inline
function putBits(index: i32, value: i32): void {
  store<i32>(TABLE + (<usize>index << 2), value);
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
  put(SIGMOID_LEAST, -87);
  putBits(ROUND_BIASED, 0x4b400000 - 127);
  put(TANH_MOST, 7.990950107574463); // the least at which the quotient is 1
  put(TANH_LEAST, -7.990950107574463);
  put(P8, 1.3419296784888957e-8);
  put(P6, 2.066089291474782e-5);
  put(P4, 0.0034989751875400543);
  put(P2, 0.13383962213993073);
  put(Q8, 7.804516144460649e-7);
  put(Q6, 3.291002940386534e-4);
  put(Q4, 0.025890126824378967);
  put(Q2, 0.4671728312969208);
  put(S5, -0.0013814500998705626);
  put(S4, 0.008368735201656818);
  put(S3, -0.04166838899254799);
  put(S2, 0.1666652113199234);
  put(S1, -0.4999999403953552);
  put(GATE_MOST, 87);
  put(GATE_LEAST, -88.7);
  put(MINUS_LOG2_E, -1.44269504088896341);
  put(ROUND_SCALE, 12583039); // ROUND + 127: its last bits are those of a float's exponent
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
  return f32x4.add(mad(p, f32x4.mul(r, r), r), k(ONE));
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

/**
 * 1 / (1 + e^-x), with e^-x = 2^n e^-r and r = x + n ln 2 between -ln 2 / 2 and ln 2 / 2. The power of two becomes infinite, and
 * the result 0, below -88.
 */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, k(GATE_MOST)), k(GATE_LEAST));
  const shifted = mad(bounded, k(MINUS_LOG2_E), k(ROUND_SCALE));
  const n = f32x4.sub(shifted, k(ROUND_SCALE));
  const r = mad(n, k(LN2_LOW), mad(n, k(LN2_HIGH), bounded));
  let p = mad(k(S5), r, k(S4));
  p = mad(p, r, k(S3));
  p = mad(p, r, k(S2));
  p = mad(p, r, k(S1));
  const e = f32x4.sub(k(ONE), mad(p, f32x4.mul(r, r), r));
  return f32x4.div(k(ONE), mad(e, i32x4.shl(shifted, 23), k(ONE)));
}

// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const y = f32x4.pmax(f32x4.pmin(x, k(TANH_MOST)), k(TANH_LEAST));
  const s = f32x4.mul(y, y);
  let p = mad(k(P8), s, k(P6));
  p = mad(p, s, k(P4));
  p = mad(p, s, k(P2));
  p = mad(p, s, k(ONE));
  let q = mad(k(Q8), s, k(Q6));
  q = mad(q, s, k(Q4));
  q = mad(q, s, k(Q2));
  q = mad(q, s, k(ONE));
  return f32x4.div(f32x4.mul(y, p), q);
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
  p = mad(n, k(LN2_LOW), p);
  p = f32x4.sub(p, f32x4.mul(z, k(HALF)));
  const result = mad(n, k(LN2_HIGH), f32x4.add(m, p));
  const infinite = f32x4.eq(x, k(INFINITE));
  const zero = f32x4.eq(x, k(ZERO));
  const invalid = v128.not(f32x4.ge(x, k(ZERO)));
  return v128.bitselect(k(INVALID),
    v128.bitselect(k(MINUS_INFINITE), v128.bitselect(x, result, infinite), zero), invalid);
}

/** As sigmoid4, bit for bit, for four vectors. */
// @ts-ignore: decorator
@inline
function sigmoidFour(from: usize, to: usize): void {
  let c = k(GATE_MOST), d = k(GATE_LEAST);
  let r0 = f32x4.pmax(f32x4.pmin(v128.load(from), c), d);
  let r1 = f32x4.pmax(f32x4.pmin(v128.load(from, 16), c), d);
  let r2 = f32x4.pmax(f32x4.pmin(v128.load(from, 32), c), d);
  let r3 = f32x4.pmax(f32x4.pmin(v128.load(from, 48), c), d);
  c = k(MINUS_LOG2_E); d = k(ROUND_SCALE);
  let s0 = mad(r0, c, d);
  let s1 = mad(r1, c, d);
  let s2 = mad(r2, c, d);
  let s3 = mad(r3, c, d);
  let p0 = f32x4.sub(s0, d);
  let p1 = f32x4.sub(s1, d);
  let p2 = f32x4.sub(s2, d);
  let p3 = f32x4.sub(s3, d);
  c = k(LN2_HIGH); d = k(LN2_LOW);
  r0 = mad(p0, d, mad(p0, c, r0)); s0 = i32x4.shl(s0, 23);
  r1 = mad(p1, d, mad(p1, c, r1)); s1 = i32x4.shl(s1, 23);
  r2 = mad(p2, d, mad(p2, c, r2)); s2 = i32x4.shl(s2, 23);
  r3 = mad(p3, d, mad(p3, c, r3)); s3 = i32x4.shl(s3, 23);
  c = k(S5); d = k(S4);
  p0 = mad(c, r0, d);
  p1 = mad(c, r1, d);
  p2 = mad(c, r2, d);
  p3 = mad(c, r3, d);
  c = k(S3); p0 = mad(p0, r0, c); p1 = mad(p1, r1, c); p2 = mad(p2, r2, c); p3 = mad(p3, r3, c);
  c = k(S2); p0 = mad(p0, r0, c); p1 = mad(p1, r1, c); p2 = mad(p2, r2, c); p3 = mad(p3, r3, c);
  c = k(S1); p0 = mad(p0, r0, c); p1 = mad(p1, r1, c); p2 = mad(p2, r2, c); p3 = mad(p3, r3, c);
  c = k(ONE);
  p0 = f32x4.sub(c, mad(p0, f32x4.mul(r0, r0), r0));
  p1 = f32x4.sub(c, mad(p1, f32x4.mul(r1, r1), r1));
  p2 = f32x4.sub(c, mad(p2, f32x4.mul(r2, r2), r2));
  p3 = f32x4.sub(c, mad(p3, f32x4.mul(r3, r3), r3));
  p0 = mad(p0, s0, c);
  p1 = mad(p1, s1, c);
  p2 = mad(p2, s2, c);
  p3 = mad(p3, s3, c);
  store8(to, f32x4.div(c, p0), f32x4.div(c, p1));
  v128.store(to, f32x4.div(c, p3), 48);
  v128.store(to, f32x4.div(c, p2), 32);
}

/** As tanh4, bit for bit, for four vectors. */
// @ts-ignore: decorator
@inline
function tanhFour(from: usize, to: usize): void {
  let c = k(TANH_MOST), d = k(TANH_LEAST);
  let y0 = f32x4.pmax(f32x4.pmin(v128.load(from), c), d);
  let y1 = f32x4.pmax(f32x4.pmin(v128.load(from, 16), c), d);
  let y2 = f32x4.pmax(f32x4.pmin(v128.load(from, 32), c), d);
  let y3 = f32x4.pmax(f32x4.pmin(v128.load(from, 48), c), d);
  const s0 = f32x4.mul(y0, y0);
  const s1 = f32x4.mul(y1, y1);
  const s2 = f32x4.mul(y2, y2);
  const s3 = f32x4.mul(y3, y3);
  c = k(P8); d = k(P6);
  let p0 = mad(c, s0, d);
  let p1 = mad(c, s1, d);
  let p2 = mad(c, s2, d);
  let p3 = mad(c, s3, d);
  c = k(P4); p0 = mad(p0, s0, c); p1 = mad(p1, s1, c); p2 = mad(p2, s2, c); p3 = mad(p3, s3, c);
  c = k(P2); p0 = mad(p0, s0, c); p1 = mad(p1, s1, c); p2 = mad(p2, s2, c); p3 = mad(p3, s3, c);
  c = k(ONE); p0 = mad(p0, s0, c); p1 = mad(p1, s1, c); p2 = mad(p2, s2, c); p3 = mad(p3, s3, c);
  y0 = f32x4.mul(y0, p0);
  y1 = f32x4.mul(y1, p1);
  y2 = f32x4.mul(y2, p2);
  y3 = f32x4.mul(y3, p3);
  c = k(Q8); d = k(Q6);
  p0 = mad(c, s0, d);
  p1 = mad(c, s1, d);
  p2 = mad(c, s2, d);
  p3 = mad(c, s3, d);
  c = k(Q4); p0 = mad(p0, s0, c); p1 = mad(p1, s1, c); p2 = mad(p2, s2, c); p3 = mad(p3, s3, c);
  c = k(Q2); p0 = mad(p0, s0, c); p1 = mad(p1, s1, c); p2 = mad(p2, s2, c); p3 = mad(p3, s3, c);
  c = k(ONE); p0 = mad(p0, s0, c); p1 = mad(p1, s1, c); p2 = mad(p2, s2, c); p3 = mad(p3, s3, c);
  store8(to, f32x4.div(y0, p0), f32x4.div(y1, p1));
  v128.store(to, f32x4.div(y3, p3), 48);
  v128.store(to, f32x4.div(y2, p2), 32);
}

/** to <- sigmoid(from) for `count` floats; both addresses may be the same. */
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

/** to <- tanh(from) for `count` floats; both addresses may be the same. */
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

/** to <- relu(from) for `count` floats; both addresses may be the same. */
export function reluArray(from: usize, to: usize, count: i32): void {
  for (; count > 0; count -= 4) {
    store4(to, relu4(load4(from, count)), count);
    from += 16;
    to += 16;
  }
}
