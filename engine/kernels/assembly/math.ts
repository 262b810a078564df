// Elementary functions of four floats at a time, from additions, multiplications, divisions and integer operations
// only: the same bits on every machine. Accuracy (largest error against float64, tests/kernels/math.test.ts):
// exp 1 ulp, log 1 ulp, sigmoid 2 ulp (0 below -88), tanh 4 ulp. NaN passes through; infinities map as the functions do.
// Sources: exp and log after Moshier's Cephes (expf, logf); tanh is Eigen's rational approximation (ptanh_float).

// @ts-ignore: decorator
@inline
function constant(value: f32): v128 {
  return f32x4.splat(value);
}

// @ts-ignore: decorator
@inline
function fma(a: v128, b: v128, c: f32): v128 {
  return f32x4.add(f32x4.mul(a, b), f32x4.splat(c));
}

/** e^r for r = x - n ln 2, |r| <= ln 2 / 2. */
// @ts-ignore: decorator
@inline
function expReduced(x: v128, n: v128): v128 {
  let r = f32x4.sub(x, f32x4.mul(n, constant(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, constant(-2.12194440e-4)));
  let p = fma(constant(1.9875691500e-4), r, 1.3981999507e-3);
  p = fma(p, r, 8.3334519073e-3);
  p = fma(p, r, 4.1665795894e-2);
  p = fma(p, r, 1.6666665459e-1);
  p = fma(p, r, 5.0000001201e-1);
  return f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), constant(1));
}

/** Adding 1.5 * 2^23 rounds a small float to an integer in its last bits. */
const ROUND: f32 = 12582912;
const ROUND_BITS: i32 = 0x4b400000;
const LOG2_E: f32 = 1.44269504088896341;

// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, constant(89)), constant(-105));
  const shifted = fma(bounded, constant(LOG2_E), ROUND);
  const n = i32x4.sub(shifted, i32x4.splat(ROUND_BITS));
  const p = expReduced(bounded, f32x4.sub(shifted, constant(ROUND)));
  // Two factors, so that results below 2^-126 and the step to infinity come out right.
  const half = i32x4.shr_s(n, 1);
  const scale1 = i32x4.shl(i32x4.add(half, i32x4.splat(127)), 23);
  const scale2 = i32x4.shl(i32x4.add(i32x4.sub(n, half), i32x4.splat(127)), 23);
  return f32x4.mul(f32x4.mul(p, scale1), scale2);
}

/** 1 / (1 + e^-x); the exponential's one factor becomes infinite, and the result 0, below -88. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(f32x4.neg(x), constant(88.7)), constant(-87));
  const shifted = fma(bounded, constant(LOG2_E), ROUND);
  const n = i32x4.sub(shifted, i32x4.splat(ROUND_BITS - 127));
  const p = expReduced(bounded, f32x4.sub(shifted, constant(ROUND)));
  const e = f32x4.mul(p, i32x4.shl(n, 23));
  return f32x4.div(constant(1), f32x4.add(constant(1), e));
}

// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const y = f32x4.pmax(f32x4.pmin(x, constant(7.90531110763549805)), constant(-7.90531110763549805));
  const s = f32x4.mul(y, y);
  let p = fma(constant(-2.76076847742355e-16), s, 2.00018790482477e-13);
  p = fma(p, s, -8.60467152213735e-11);
  p = fma(p, s, 5.12229709037114e-8);
  p = fma(p, s, 1.48572235717979e-5);
  p = fma(p, s, 6.37261928875436e-4);
  p = fma(p, s, 4.89352455891786e-3);
  let q = fma(constant(1.19825839466702e-6), s, 1.18534705686654e-4);
  q = fma(q, s, 2.26843463243900e-3);
  q = fma(q, s, 4.89352518554385e-3);
  const ratio = f32x4.div(f32x4.mul(y, p), q);
  return v128.bitselect(x, ratio, f32x4.lt(f32x4.abs(x), constant(0.0004)));
}

export function log4(x: v128): v128 {
  const tiny = f32x4.lt(x, constant(1.17549435e-38));
  const y = v128.bitselect(f32x4.mul(x, constant(8388608)), x, tiny);
  // y = m 2^e with m in [sqrt(1/2), sqrt(2))
  let e = i32x4.sub(i32x4.shr_s(y, 23), i32x4.splat(126));
  e = i32x4.sub(e, v128.and(tiny, i32x4.splat(23)));
  let m = v128.or(v128.and(y, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const low = f32x4.lt(m, constant(0.707106781186547524));
  e = i32x4.add(e, low);
  m = f32x4.sub(f32x4.add(m, v128.and(m, low)), constant(1));
  const z = f32x4.mul(m, m);
  let p = fma(constant(7.0376836292e-2), m, -1.1514610310e-1);
  p = fma(p, m, 1.1676998740e-1);
  p = fma(p, m, -1.2420140846e-1);
  p = fma(p, m, 1.4249322787e-1);
  p = fma(p, m, -1.6668057665e-1);
  p = fma(p, m, 2.0000714765e-1);
  p = fma(p, m, -2.4999993993e-1);
  p = fma(p, m, 3.3333331174e-1);
  p = f32x4.mul(f32x4.mul(p, m), z);
  const n = f32x4.convert_i32x4_s(e);
  p = f32x4.add(p, f32x4.mul(n, constant(-2.12194440e-4)));
  p = f32x4.sub(p, f32x4.mul(z, constant(0.5)));
  const result = f32x4.add(f32x4.add(m, p), f32x4.mul(n, constant(0.693359375)));
  const infinite = f32x4.eq(x, constant(Infinity));
  const zero = f32x4.eq(x, constant(0));
  const invalid = v128.not(f32x4.ge(x, constant(0)));
  return v128.bitselect(constant(NaN),
    v128.bitselect(constant(-Infinity), v128.bitselect(x, result, infinite), zero), invalid);
}

/** Larger of two, NaN of the first kept. */
// @ts-ignore: decorator
@inline
export function relu4(x: v128): v128 {
  return f32x4.pmax(x, constant(0));
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
