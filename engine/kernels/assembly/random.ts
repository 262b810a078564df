// Stateless random numbers: the counter-based generator Philox4x32-10 (Salmon et al., Parallel random numbers: as easy as 1, 2,
// 3, 2011). A number depends only on key and counter, so neither threads nor the order of work change it.
import { store8 } from './lanes';

const M0: i32 = 0xd2511f53, M1: i32 = 0xcd9e8d57, W0: i32 = 0x9e3779b9, W1: i32 = 0xbb67ae85;

// @ts-ignore: decorator
@inline
function high(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(a, b), 1, 3, 5, 7);
}

/** Ten rounds for four counters (c0, c1, c2, c3) side by side; the four words of each go to `to` as [word][counter]. */
export function philox4(c0: v128, c1: v128, c2: v128, c3: v128, key0: i32, key1: i32, to: usize): void {
  const m0 = i32x4.splat(M0), m1 = i32x4.splat(M1);
  for (let round = 0; round < 10; round++) {
    const high0 = high(m0, c0), low0 = i32x4.mul(m0, c0), high1 = high(m1, c2), low1 = i32x4.mul(m1, c2);
    c0 = v128.xor(v128.xor(high1, c1), i32x4.splat(key0));
    c1 = low1;
    c2 = v128.xor(v128.xor(high0, c3), i32x4.splat(key1));
    c3 = low0;
    key0 += W0;
    key1 += W1;
  }
  store8(to, c0, c1);
  v128.store(to, c3, 48);
  v128.store(to, c2, 32);
}

/** `factor` where the upper 24 bits of a word are at least `threshold`, else 0. */
// @ts-ignore: decorator
@inline
export function keep4(words: v128, threshold: v128, factor: v128): v128 {
  return v128.and(i32x4.ge_s(i32x4.shr_u(words, 8), threshold), factor);
}
