// The register tiles for 256-bit instructions (tile.ts has those for 128 bits, and the loop over both): neighbouring vectors that
// go through the same operations to neighbouring addresses, which V8's compiler joins in pairs (engine/kernels/wide.ts). 6 x 16
// keep 12 joined sums, 2 of B and 1 of A in the 15 registers that V8 provides; narrower matrices use 8 x 8, whose 8 sums are just
// enough to hide the latency of an addition. Without joining, 6 x 16 would spill.
//
// Measured on Zen 4: products of 512^3 at 101 GFLOPS of a peak of 118, with 6 x 8 joined at 75, with 6 x 8 in 128 bits at 54;
// unjoined 6 x 16 at 27.
import { mad } from './fused';
import { row } from './tile-row';

// @ts-ignore: decorator
@inline
function wideRow(c: usize, r0: v128, r1: v128, r2: v128, r3: v128, accumulate: bool, bias: usize): void {
  row(c, r0, r1, accumulate, bias);
  row(c + 32, r2, r3, accumulate, bias == 0 ? 0 : bias + 32);
}

/** As tile.ts's sixRows for 16 columns of C, whose two panels of B lie `bPanel` bytes apart. */
export function sixWideRows(
  a: usize, e: usize, rs: usize, ks: usize, b: usize, bPanel: usize, k: i32, c: usize, d: usize, ldc: usize, accumulate: bool, bias: usize,
): void {
  const rs2 = 2 * rs, rs3 = 3 * rs;
  let next = b + bPanel;
  let r00 = f32x4.splat(0), r01 = r00, r02 = r00, r03 = r00;
  let r10 = r00, r11 = r00, r12 = r00, r13 = r00;
  let r20 = r00, r21 = r00, r22 = r00, r23 = r00;
  let r30 = r00, r31 = r00, r32 = r00, r33 = r00;
  let r40 = r00, r41 = r00, r42 = r00, r43 = r00;
  let r50 = r00, r51 = r00, r52 = r00, r53 = r00;
  for (; k > 0; k--) {
    const b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(next), b3 = v128.load(next, 16);
    let x = v128.load32_splat(a); r00 = mad(x, b0, r00); r01 = mad(x, b1, r01); r02 = mad(x, b2, r02); r03 = mad(x, b3, r03);
    x = v128.load32_splat(a + rs); r10 = mad(x, b0, r10); r11 = mad(x, b1, r11); r12 = mad(x, b2, r12); r13 = mad(x, b3, r13);
    x = v128.load32_splat(a + rs2); r20 = mad(x, b0, r20); r21 = mad(x, b1, r21); r22 = mad(x, b2, r22); r23 = mad(x, b3, r23);
    x = v128.load32_splat(a + rs3); r30 = mad(x, b0, r30); r31 = mad(x, b1, r31); r32 = mad(x, b2, r32); r33 = mad(x, b3, r33);
    x = v128.load32_splat(e); r40 = mad(x, b0, r40); r41 = mad(x, b1, r41); r42 = mad(x, b2, r42); r43 = mad(x, b3, r43);
    x = v128.load32_splat(e + rs); r50 = mad(x, b0, r50); r51 = mad(x, b1, r51); r52 = mad(x, b2, r52); r53 = mad(x, b3, r53);
    a += ks;
    e += ks;
    b += 32;
    next += 32;
  }
  wideRow(c, r00, r01, r02, r03, accumulate, bias);
  wideRow(c + ldc, r10, r11, r12, r13, accumulate, bias);
  wideRow(c + 2 * ldc, r20, r21, r22, r23, accumulate, bias);
  wideRow(c + 3 * ldc, r30, r31, r32, r33, accumulate, bias);
  wideRow(d, r40, r41, r42, r43, accumulate, bias);
  wideRow(d + ldc, r50, r51, r52, r53, accumulate, bias);
}

export function fourWideRows(
  a: usize, rs: usize, ks: usize, b: usize, bPanel: usize, k: i32, c: usize, ldc: usize, accumulate: bool, bias: usize,
): void {
  const rs2 = 2 * rs, rs3 = 3 * rs;
  let next = b + bPanel;
  let r00 = f32x4.splat(0), r01 = r00, r02 = r00, r03 = r00;
  let r10 = r00, r11 = r00, r12 = r00, r13 = r00;
  let r20 = r00, r21 = r00, r22 = r00, r23 = r00;
  let r30 = r00, r31 = r00, r32 = r00, r33 = r00;
  for (; k > 0; k--) {
    const b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(next), b3 = v128.load(next, 16);
    let x = v128.load32_splat(a); r00 = mad(x, b0, r00); r01 = mad(x, b1, r01); r02 = mad(x, b2, r02); r03 = mad(x, b3, r03);
    x = v128.load32_splat(a + rs); r10 = mad(x, b0, r10); r11 = mad(x, b1, r11); r12 = mad(x, b2, r12); r13 = mad(x, b3, r13);
    x = v128.load32_splat(a + rs2); r20 = mad(x, b0, r20); r21 = mad(x, b1, r21); r22 = mad(x, b2, r22); r23 = mad(x, b3, r23);
    x = v128.load32_splat(a + rs3); r30 = mad(x, b0, r30); r31 = mad(x, b1, r31); r32 = mad(x, b2, r32); r33 = mad(x, b3, r33);
    a += ks;
    b += 32;
    next += 32;
  }
  wideRow(c, r00, r01, r02, r03, accumulate, bias);
  wideRow(c + ldc, r10, r11, r12, r13, accumulate, bias);
  wideRow(c + 2 * ldc, r20, r21, r22, r23, accumulate, bias);
  wideRow(c + 3 * ldc, r30, r31, r32, r33, accumulate, bias);
}

/** Eight rows of C, whose fours begin at `a` and `e` in A, and 8 columns. */
export function eightRows(
  a: usize, e: usize, rs: usize, ks: usize, b: usize, k: i32, c: usize, ldc: usize, accumulate: bool, bias: usize,
): void {
  const rs2 = 2 * rs, rs3 = 3 * rs;
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  let d00 = c00, d01 = c00, d10 = c00, d11 = c00, d20 = c00, d21 = c00, d30 = c00, d31 = c00;
  for (; k > 0; k--) {
    const low = v128.load(b), high = v128.load(b, 16);
    let x = v128.load32_splat(a); c00 = mad(x, low, c00); c01 = mad(x, high, c01);
    x = v128.load32_splat(a + rs); c10 = mad(x, low, c10); c11 = mad(x, high, c11);
    x = v128.load32_splat(a + rs2); c20 = mad(x, low, c20); c21 = mad(x, high, c21);
    x = v128.load32_splat(a + rs3); c30 = mad(x, low, c30); c31 = mad(x, high, c31);
    x = v128.load32_splat(e); d00 = mad(x, low, d00); d01 = mad(x, high, d01);
    x = v128.load32_splat(e + rs); d10 = mad(x, low, d10); d11 = mad(x, high, d11);
    x = v128.load32_splat(e + rs2); d20 = mad(x, low, d20); d21 = mad(x, high, d21);
    x = v128.load32_splat(e + rs3); d30 = mad(x, low, d30); d31 = mad(x, high, d31);
    a += ks;
    e += ks;
    b += 32;
  }
  row(c, c00, c01, accumulate, bias);
  row(c + ldc, c10, c11, accumulate, bias);
  row(c + 2 * ldc, c20, c21, accumulate, bias);
  row(c + 3 * ldc, c30, c31, accumulate, bias);
  row(c + 4 * ldc, d00, d01, accumulate, bias);
  row(c + 5 * ldc, d10, d11, accumulate, bias);
  row(c + 6 * ldc, d20, d21, accumulate, bias);
  row(c + 7 * ldc, d30, d31, accumulate, bias);
}
