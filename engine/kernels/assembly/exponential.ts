// e^x for arguments that are not above 0 but for rounding, as softmax has them: one factor instead of two, 0 below -87.
import { E1, E2, E3, E4, E5, E6, k, LN2_HIGH, LN2_LOW, LOG2_E, mad, ONE, ROUND, ROUND_BIASED, SIGMOID_LEAST } from './math';

/** e^x of four floats, x <= 0 (or a little above); NaN passes. Within 1.5 ulp. */
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
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), k(ONE));
  return v128.andnot(f32x4.mul(p, scale), f32x4.lt(x, least));
}

/** values[row][8] <- e^(values[row][lane] - shift[lane]) for `rows` rows; the sums of the lanes go to `sums` (32 bytes). */
export function expRows8(values: usize, rows: i32, shift: usize, sums: usize): void {
  const shiftA = v128.load(shift), shiftB = v128.load(shift, 16);
  let sumA = f32x4.splat(0), sumB = sumA;
  for (; rows > 0; rows--) {
    const x = f32x4.sub(v128.load(values), shiftA), y = f32x4.sub(v128.load(values, 16), shiftB);
    let c = k(SIGMOID_LEAST), d = k(ROUND);
    const a = f32x4.pmax(x, c), b = f32x4.pmax(y, c);
    const deadA = f32x4.lt(x, c), deadB = f32x4.lt(y, c);
    c = k(LOG2_E);
    const sa = mad(a, c, d), sb = mad(b, c, d);
    c = k(ROUND_BIASED);
    const ea = i32x4.shl(i32x4.sub(sa, c), 23), eb = i32x4.shl(i32x4.sub(sb, c), 23);
    const na = f32x4.sub(sa, d), nb = f32x4.sub(sb, d);
    c = k(LN2_HIGH); d = k(LN2_LOW);
    const ra = f32x4.sub(f32x4.sub(a, f32x4.mul(na, c)), f32x4.mul(na, d));
    const rb = f32x4.sub(f32x4.sub(b, f32x4.mul(nb, c)), f32x4.mul(nb, d));
    c = k(E6); d = k(E5);
    let pa = mad(c, ra, d), pb = mad(c, rb, d);
    c = k(E4); pa = mad(pa, ra, c); pb = mad(pb, rb, c);
    c = k(E3); pa = mad(pa, ra, c); pb = mad(pb, rb, c);
    c = k(E2); pa = mad(pa, ra, c); pb = mad(pb, rb, c);
    c = k(E1); pa = mad(pa, ra, c); pb = mad(pb, rb, c);
    c = k(ONE);
    pa = f32x4.add(f32x4.add(f32x4.mul(pa, f32x4.mul(ra, ra)), ra), c);
    pb = f32x4.add(f32x4.add(f32x4.mul(pb, f32x4.mul(rb, rb)), rb), c);
    pa = v128.andnot(f32x4.mul(pa, ea), deadA);
    pb = v128.andnot(f32x4.mul(pb, eb), deadB);
    v128.store(values, pa);
    v128.store(values, pb, 16);
    sumA = f32x4.add(sumA, pa);
    sumB = f32x4.add(sumB, pb);
    values += 32;
  }
  v128.store(sums, sumA);
  v128.store(sums, sumB, 16);
}
