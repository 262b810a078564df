// Exponentials for arguments that are at most 0 (apart from rounding), as in softmax: one scale factor instead of two, and 0 far
// below.
import { E1, E2, E3, E4, E5, E6, k, LN2_HIGH, LN2_LOW, LOG2_E, ONE, ROUND, ROUND_BIASED, SIGMOID_LEAST } from './math';
import { mad } from './fused';
import { store8 } from './lanes';

/** Constants as in math.ts, in a table of their own. */
const TABLE: usize = 2560;
export const C1 = 0, C2 = 1, C3 = 2, C4 = 3, C5 = 4, LEAST = 5;

// @ts-ignore: decorator
@inline
export function c(index: i32): v128 {
  return v128.load32_splat(TABLE + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
function put(index: i32, value: f32): void {
  store<f32>(TABLE + (<usize>index << 2), value);
}

/**
 * Fills the table; called once before the first kernel. 2^r = 1 + r (C1 + r (C2 + ...)) for |r| <= 1/2, fitted for the least
 * relative error: 1.1e-7.
 */
export function writeExponentialConstants(): void {
  put(C1, 0.6931470036506653);
  put(C2, 0.24022240936756134);
  put(C3, 0.055507343262434006);
  put(C4, 0.00967156607657671);
  put(C5, 0.0013264651643112302);
  put(LEAST, -127); // the factor 2^-127 has no bits: the result is 0
}

/** e^x of four floats, x <= 0 (or a little above); 0 below -87; NaN passes. Within 1.5 ulp. */
// @ts-ignore: decorator
@inline
export function expBelow4(x: v128): v128 {
  const least = k(SIGMOID_LEAST);
  const bounded = f32x4.pmax(x, least), round = k(ROUND);
  const shifted = mad(bounded, k(LOG2_E), round);
  const n = f32x4.sub(shifted, round);
  const scale = i32x4.shl(i32x4.sub(shifted, k(ROUND_BIASED)), 23);
  const r = f32x4.sub(f32x4.sub(bounded, f32x4.mul(n, k(LN2_HIGH))), f32x4.mul(n, k(LN2_LOW)));
  let p = mad(k(E6), r, k(E5));
  p = mad(p, r, k(E4));
  p = mad(p, r, k(E3));
  p = mad(p, r, k(E2));
  p = mad(p, r, k(E1));
  p = f32x4.add(mad(p, f32x4.mul(r, r), r), k(ONE));
  return v128.andnot(f32x4.mul(p, scale), f32x4.lt(x, least));
}

/** 2^x of four floats, x <= 0 (or a little above); 0 below -126.5; NaN passes. Within 2 ulp, and 1 at 0. */
// @ts-ignore: decorator
@inline
export function exp2Below4(x: v128): v128 {
  const bounded = f32x4.pmax(x, c(LEAST)), round = k(ROUND);
  const shifted = f32x4.add(bounded, round);
  const r = f32x4.sub(bounded, f32x4.sub(shifted, round));
  let p = mad(c(C5), r, c(C4));
  p = mad(p, r, c(C3));
  p = mad(p, r, c(C2));
  p = mad(p, r, c(C1));
  p = mad(p, r, k(ONE));
  return f32x4.mul(p, i32x4.shl(i32x4.sub(shifted, k(ROUND_BIASED)), 23));
}

/**
 * values[row][8] <- 2^(values[row][lane] - shift[lane]) for `rows` rows; the sums of the lanes go to `sums` (32 bytes). The bits
 * are exp2Below4's; two vectors at a time share the loads of the constants.
 */
export function exp2Rows8(values: usize, rows: i32, shift: usize, sums: usize): void {
  const shiftA = v128.load(shift), shiftB = v128.load(shift, 16);
  let sumA = f32x4.splat(0), sumB = sumA;
  for (; rows > 0; rows--) {
    let u = c(LEAST), v = k(ROUND);
    const a = f32x4.pmax(f32x4.sub(v128.load(values), shiftA), u), b = f32x4.pmax(f32x4.sub(v128.load(values, 16), shiftB), u);
    const sa = f32x4.add(a, v), sb = f32x4.add(b, v);
    const ra = f32x4.sub(a, f32x4.sub(sa, v)), rb = f32x4.sub(b, f32x4.sub(sb, v));
    u = k(ROUND_BIASED);
    const ea = i32x4.shl(i32x4.sub(sa, u), 23), eb = i32x4.shl(i32x4.sub(sb, u), 23);
    u = c(C5); v = c(C4);
    let pa = mad(u, ra, v), pb = mad(u, rb, v);
    u = c(C3); pa = mad(pa, ra, u); pb = mad(pb, rb, u);
    u = c(C2); pa = mad(pa, ra, u); pb = mad(pb, rb, u);
    u = c(C1); pa = mad(pa, ra, u); pb = mad(pb, rb, u);
    u = k(ONE); pa = mad(pa, ra, u); pb = mad(pb, rb, u);
    pa = f32x4.mul(pa, ea);
    pb = f32x4.mul(pb, eb);
    store8(values, pa, pb);
    sumA = f32x4.add(sumA, pa);
    sumB = f32x4.add(sumB, pb);
    values += 32;
  }
  store8(sums, sumA, sumB);
}
