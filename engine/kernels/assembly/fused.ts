// a b + c with one rounding, as IEEE 754's fusedMultiplyAdd defines it: the same bits on every machine. WebAssembly lets the
// machine choose whether relaxed_madd rounds once or twice. Every ARM64, and every x64 with FMA3, rounds once. engine/kernels
// uses the build with that instruction only where it rounds once (roundsOnce), and elsewhere the build that computes the same
// result in float64.
//
// Why fused: a processor whose multiplications and additions share execution ports (Intel's, Apple's) needs half the time for a
// product. On one where they do not (Zen 4) a training step is a tenth faster, since the register tile can be larger. Computed in
// float64, a step takes twenty times as long, which is still less than tf.layers needs there.

/** a b + c, of four floats. */
// @ts-ignore: decorator
@inline
export function mad(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return computed(a, b, c);
}

/** With x = 1 + 2^-12, whether `mad` rounds once: x x - (1 + 2^-11) is 2^-24, and 0 after a rounding in between. */
export function roundsOnce(x: f32): bool {
  const difference = mad(f32x4.splat(x), f32x4.splat(x), f32x4.splat(1 - 2 * x));
  return f32x4.extract_lane(difference, 0) == (x - 1) * (x - 1);
}

// Four copies each, since V8 rebuilds an immediate vector at every use.
const CONSTANTS = memory.data<u32>([
  0x1fffffff, 0x1fffffff, 0x1fffffff, 0x1fffffff, 0x10000000, 0x10000000, 0x10000000, 0x10000000, 0x7fffffff, 0x7fffffff, 0x7fffffff, 0x7fffffff,
  1, 1, 1, 1, 0x800000, 0x800000, 0x800000, 0x800000,
], 16);
const LOST = 0, TIE = 16, MAGNITUDE = 32, ONE = 48, SMALL = 64;

/**
 * Products of floats are exact in float64. Their sum with c is rounded there and then to float, which goes wrong only where the first
 * rounding made a tie: where the 29 bits that a float lacks are 100...0, or where the result is below the normal floats, which lack more, or
 * was rounded up to the least of them.
 */
function computed(a: v128, b: v128, c: v128): v128 {
  const low = f64x2.add(f64x2.mul(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b)), f64x2.promote_low_f32x4(c));
  const high = f64x2.add(f64x2.mul(upper(a), upper(b)), upper(c));
  const result = v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
  const lost = v128.and(v128.shuffle<i32>(low, high, 0, 2, 4, 6), v128.load(CONSTANTS, LOST));
  const tie = i32x4.eq(lost, v128.load(CONSTANTS, TIE));
  // Magnitudes from 1 to 0x800000, that of the least normal float; less one and unsigned, the magnitude 0 becomes the greatest.
  const magnitude = v128.and(result, v128.load(CONSTANTS, MAGNITUDE));
  const small = i32x4.lt_u(i32x4.sub(magnitude, v128.load(CONSTANTS, ONE)), v128.load(CONSTANTS, SMALL));
  return v128.any_true(v128.or(tie, small)) ? rounded(a, b, c) : result;
}

function rounded(a: v128, b: v128, c: v128): v128 {
  const low = toOdd(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b), f64x2.promote_low_f32x4(c));
  const high = toOdd(upper(a), upper(b), upper(c));
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

// @ts-ignore: decorator
@inline
function upper(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
}

/**
 * a b + c of two doubles that are floats, rounded to odd: the sum's error is known (Knuth's TwoSum), and where there is one the
 * neighbour with an odd last bit is taken, which the rounding to float that follows cannot mistake for a tie (Boldo and Melquiond,
 * "Emulation of FMA and correctly rounded sums", 2008).
 */
function toOdd(a: v128, b: v128, c: v128): v128 {
  const product = f64x2.mul(a, b), sum = f64x2.add(product, c), zero = f64x2.splat(0);
  const back = f64x2.sub(sum, product);
  const error = f64x2.add(f64x2.sub(product, f64x2.sub(sum, back)), f64x2.sub(c, back));
  // Both comparisons are false for the NaN that infinities leave here.
  const inexact = v128.or(f64x2.gt(error, zero), f64x2.lt(error, zero));
  const even = i64x2.eq(v128.and(sum, i64x2.splat(1)), i64x2.splat(0));
  // 1, away from zero, where error and sum have the same sign; else -1
  const direction = v128.or(i64x2.shr_s(v128.xor(error, sum), 63), i64x2.splat(1));
  return i64x2.add(sum, v128.and(direction, v128.and(inexact, even)));
}
