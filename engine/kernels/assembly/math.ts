// Elementary functions of four floats at a time, from additions, multiplications, divisions and integer operations
// only: the same bits on every machine. Accuracy (largest error against float64, tests/kernels/math.test.ts):
// exp 1 ulp, log 1 ulp, sigmoid 2 ulp (0 below -88), tanh 4 ulp. NaN passes through; infinities map as the functions do.
// Sources: exp and log after Moshier's Cephes (expf, logf); tanh is Eigen's rational approximation (ptanh_float).

// Constants lie in a table at a fixed address, four copies each: a load costs one instruction, while V8 builds an
// immediate vector anew at every use from four (measured: the functions take half the time).

/** First byte of the table, in the reserved memory below the kernels' own constants. */
const TABLE: usize = 1024;

/** Adding 1.5 * 2^23 rounds a small float to an integer in its last bits. */
const ROUND: f32 = 12582912;
const ROUND_BITS: i32 = 0x4b400000;
const LOG2_E: f32 = 1.44269504088896341;

// @ts-ignore: decorator
@inline
function k(index: i32): v128 {
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
  put(0, 0.693359375);
  put(1, -2.12194440e-4);
  put(2, 1.9875691500e-4);
  put(3, 1.3981999507e-3);
  put(4, 8.3334519073e-3);
  put(5, 4.1665795894e-2);
  put(6, 1.6666665459e-1);
  put(7, 5.0000001201e-1);
  put(8, 1);
  put(9, 89);
  put(10, -105);
  put(11, LOG2_E);
  put(12, ROUND);
  putBits(13, ROUND_BITS);
  putBits(14, 127);
  put(15, 88.7);
  put(16, -87);
  putBits(17, ROUND_BITS - 127);
  put(18, 7.90531110763549805);
  put(19, -7.90531110763549805);
  put(20, -2.76076847742355e-16);
  put(21, 2.00018790482477e-13);
  put(22, -8.60467152213735e-11);
  put(23, 5.12229709037114e-8);
  put(24, 1.48572235717979e-5);
  put(25, 6.37261928875436e-4);
  put(26, 4.89352455891786e-3);
  put(27, 1.19825839466702e-6);
  put(28, 1.18534705686654e-4);
  put(29, 2.26843463243900e-3);
  put(30, 4.89352518554385e-3);
  put(31, 0.0004);
  put(32, 1.17549435e-38);
  put(33, 8388608);
  putBits(34, 126);
  putBits(35, 23);
  putBits(36, 0x007fffff);
  putBits(37, 0x3f000000);
  put(38, 0.707106781186547524);
  put(39, 7.0376836292e-2);
  put(40, -1.1514610310e-1);
  put(41, 1.1676998740e-1);
  put(42, -1.2420140846e-1);
  put(43, 1.4249322787e-1);
  put(44, -1.6668057665e-1);
  put(45, 2.0000714765e-1);
  put(46, -2.4999993993e-1);
  put(47, 3.3333331174e-1);
  put(48, 0.5);
  put(49, Infinity);
  put(50, 0);
  put(51, NaN);
  put(52, -Infinity);
}

/** a b + c in two roundings. */
// @ts-ignore: decorator
@inline
function mad(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/** e^r for r = x - n ln 2, |r| <= ln 2 / 2. */
// @ts-ignore: decorator
@inline
function expReduced(x: v128, n: v128): v128 {
  let r = f32x4.sub(x, f32x4.mul(n, k(0)));
  r = f32x4.sub(r, f32x4.mul(n, k(1)));
  let p = mad(k(2), r, k(3));
  p = mad(p, r, k(4));
  p = mad(p, r, k(5));
  p = mad(p, r, k(6));
  p = mad(p, r, k(7));
  return f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), k(8));
}

// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, k(9)), k(10));
  const shifted = mad(bounded, k(11), k(12));
  const n = i32x4.sub(shifted, k(13));
  const p = expReduced(bounded, f32x4.sub(shifted, k(12)));
  // Two factors, so that results below 2^-126 and the step to infinity come out right.
  const half = i32x4.shr_s(n, 1);
  const scale1 = i32x4.shl(i32x4.add(half, k(14)), 23);
  const scale2 = i32x4.shl(i32x4.add(i32x4.sub(n, half), k(14)), 23);
  return f32x4.mul(f32x4.mul(p, scale1), scale2);
}

/** 1 / (1 + e^-x); the exponential's one factor becomes infinite, and the result 0, below -88. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(f32x4.neg(x), k(15)), k(16));
  const shifted = mad(bounded, k(11), k(12));
  const n = i32x4.sub(shifted, k(17));
  const p = expReduced(bounded, f32x4.sub(shifted, k(12)));
  const e = f32x4.mul(p, i32x4.shl(n, 23));
  return f32x4.div(k(8), f32x4.add(k(8), e));
}

// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const y = f32x4.pmax(f32x4.pmin(x, k(18)), k(19));
  const s = f32x4.mul(y, y);
  let p = mad(k(20), s, k(21));
  p = mad(p, s, k(22));
  p = mad(p, s, k(23));
  p = mad(p, s, k(24));
  p = mad(p, s, k(25));
  p = mad(p, s, k(26));
  let q = mad(k(27), s, k(28));
  q = mad(q, s, k(29));
  q = mad(q, s, k(30));
  const ratio = f32x4.div(f32x4.mul(y, p), q);
  return v128.bitselect(x, ratio, f32x4.lt(f32x4.abs(x), k(31)));
}

export function log4(x: v128): v128 {
  const tiny = f32x4.lt(x, k(32));
  const y = v128.bitselect(f32x4.mul(x, k(33)), x, tiny);
  // y = m 2^e with m in [sqrt(1/2), sqrt(2))
  let e = i32x4.sub(i32x4.shr_s(y, 23), k(34));
  e = i32x4.sub(e, v128.and(tiny, k(35)));
  let m = v128.or(v128.and(y, k(36)), k(37));
  const low = f32x4.lt(m, k(38));
  e = i32x4.add(e, low);
  m = f32x4.sub(f32x4.add(m, v128.and(m, low)), k(8));
  const z = f32x4.mul(m, m);
  let p = mad(k(39), m, k(40));
  p = mad(p, m, k(41));
  p = mad(p, m, k(42));
  p = mad(p, m, k(43));
  p = mad(p, m, k(44));
  p = mad(p, m, k(45));
  p = mad(p, m, k(46));
  p = mad(p, m, k(47));
  p = f32x4.mul(f32x4.mul(p, m), z);
  const n = f32x4.convert_i32x4_s(e);
  p = f32x4.add(p, f32x4.mul(n, k(1)));
  p = f32x4.sub(p, f32x4.mul(z, k(48)));
  const result = f32x4.add(f32x4.add(m, p), f32x4.mul(n, k(0)));
  const infinite = f32x4.eq(x, k(49));
  const zero = f32x4.eq(x, k(50));
  const invalid = v128.not(f32x4.ge(x, k(50)));
  return v128.bitselect(k(51),
    v128.bitselect(k(52), v128.bitselect(x, result, infinite), zero), invalid);
}

/** Larger of two, NaN of the first kept. */
// @ts-ignore: decorator
@inline
export function relu4(x: v128): v128 {
  return f32x4.pmax(x, k(50));
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
