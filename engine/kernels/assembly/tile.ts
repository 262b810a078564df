// The register tile of every product: C[4, 8] (+)= A[4, k] B[k, 8], multiply then add (no fused or relaxed
// instruction), k in ascending order, so that an element's bits do not depend on its place in a tile.
// Panels: A as [k][4 rows], B as [k][8 columns]. 8 accumulators, 2 of B and 1 of A fit the 16 registers.

/** Columns of a B panel, rows of an A panel. */
export const NR = 8;
export const MR = 4;

// @ts-ignore: decorator
@inline
function row(c: usize, low: v128, high: v128, accumulate: bool): void {
  if (accumulate) {
    v128.store(c, f32x4.add(v128.load(c), low));
    v128.store(c, f32x4.add(v128.load(c, 16), high), 16);
  } else {
    v128.store(c, low);
    v128.store(c, high, 16);
  }
}

/**
 * C[4 * count, 8] (+)= A B: `count` register tiles below each other, for A panels `aPanel` bytes apart and one B panel.
 * Strides in bytes; c has `ldc` bytes between rows.
 *
 * The first pair of k stands before the loop. V8 cannot fold the offset of a splatting load into it and computes the address
 * anew, one instruction for every load; before the loop it has all seven, and inside it reuses them from registers. Measured on
 * Zen 4, of a peak of 58.9 GFLOPS: 52 so; 48 unrolled by four without it; 52, but 3 rows do not divide batches, as 3 x 12 by four;
 * 49 as 5 x 8; 46 with 4 x 8 and A splatted in memory; half that with 4 x 12 or 6 x 8, which spill.
 */
export function tiles(
  a0: usize, aPanel: usize, count: i32, b0: usize, k: i32, c: usize, ldc: usize, accumulate: bool,
): void {
  for (; count > 0; count--) {
    let a = a0, b = b0;
    let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
    let low: v128, high: v128, x: v128;
    if (k >= 2) {
      low = v128.load(b, 0); high = v128.load(b, 16);
      x = v128.load32_splat(a, 0); c00 = f32x4.add(c00, f32x4.mul(x, low)); c01 = f32x4.add(c01, f32x4.mul(x, high));
      x = v128.load32_splat(a, 4); c10 = f32x4.add(c10, f32x4.mul(x, low)); c11 = f32x4.add(c11, f32x4.mul(x, high));
      x = v128.load32_splat(a, 8); c20 = f32x4.add(c20, f32x4.mul(x, low)); c21 = f32x4.add(c21, f32x4.mul(x, high));
      x = v128.load32_splat(a, 12); c30 = f32x4.add(c30, f32x4.mul(x, low)); c31 = f32x4.add(c31, f32x4.mul(x, high));
      low = v128.load(b, 32); high = v128.load(b, 48);
      x = v128.load32_splat(a, 16); c00 = f32x4.add(c00, f32x4.mul(x, low)); c01 = f32x4.add(c01, f32x4.mul(x, high));
      x = v128.load32_splat(a, 20); c10 = f32x4.add(c10, f32x4.mul(x, low)); c11 = f32x4.add(c11, f32x4.mul(x, high));
      x = v128.load32_splat(a, 24); c20 = f32x4.add(c20, f32x4.mul(x, low)); c21 = f32x4.add(c21, f32x4.mul(x, high));
      x = v128.load32_splat(a, 28); c30 = f32x4.add(c30, f32x4.mul(x, low)); c31 = f32x4.add(c31, f32x4.mul(x, high));
      a += 32;
      b += 64;
      for (let pairs = (k >> 1) - 1; pairs > 0; pairs--) {
        low = v128.load(b, 0); high = v128.load(b, 16);
        x = v128.load32_splat(a, 0); c00 = f32x4.add(c00, f32x4.mul(x, low)); c01 = f32x4.add(c01, f32x4.mul(x, high));
        x = v128.load32_splat(a, 4); c10 = f32x4.add(c10, f32x4.mul(x, low)); c11 = f32x4.add(c11, f32x4.mul(x, high));
        x = v128.load32_splat(a, 8); c20 = f32x4.add(c20, f32x4.mul(x, low)); c21 = f32x4.add(c21, f32x4.mul(x, high));
        x = v128.load32_splat(a, 12); c30 = f32x4.add(c30, f32x4.mul(x, low)); c31 = f32x4.add(c31, f32x4.mul(x, high));
        low = v128.load(b, 32); high = v128.load(b, 48);
        x = v128.load32_splat(a, 16); c00 = f32x4.add(c00, f32x4.mul(x, low)); c01 = f32x4.add(c01, f32x4.mul(x, high));
        x = v128.load32_splat(a, 20); c10 = f32x4.add(c10, f32x4.mul(x, low)); c11 = f32x4.add(c11, f32x4.mul(x, high));
        x = v128.load32_splat(a, 24); c20 = f32x4.add(c20, f32x4.mul(x, low)); c21 = f32x4.add(c21, f32x4.mul(x, high));
        x = v128.load32_splat(a, 28); c30 = f32x4.add(c30, f32x4.mul(x, low)); c31 = f32x4.add(c31, f32x4.mul(x, high));
        a += 32;
        b += 64;
      }
    }
    if (k & 1) {
      low = v128.load(b, 0); high = v128.load(b, 16);
      x = v128.load32_splat(a, 0); c00 = f32x4.add(c00, f32x4.mul(x, low)); c01 = f32x4.add(c01, f32x4.mul(x, high));
      x = v128.load32_splat(a, 4); c10 = f32x4.add(c10, f32x4.mul(x, low)); c11 = f32x4.add(c11, f32x4.mul(x, high));
      x = v128.load32_splat(a, 8); c20 = f32x4.add(c20, f32x4.mul(x, low)); c21 = f32x4.add(c21, f32x4.mul(x, high));
      x = v128.load32_splat(a, 12); c30 = f32x4.add(c30, f32x4.mul(x, low)); c31 = f32x4.add(c31, f32x4.mul(x, high));
    }
    row(c, c00, c01, accumulate);
    row(c + ldc, c10, c11, accumulate);
    row(c + 2 * ldc, c20, c21, accumulate);
    row(c + 3 * ldc, c30, c31, accumulate);
    a0 += aPanel;
    c += ldc << 2;
  }
}

/** As one of `tiles`, but only `rows` x `columns` of it exist in c; `spare` is 128 bytes of scratch. */
export function edgeTile(
  a: usize, b: usize, k: i32, c: usize, ldc: usize, accumulate: bool, rows: i32, columns: i32, spare: usize,
): void {
  tiles(a, 0, 1, b, k, spare, 32, false);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const from = spare + (<usize>i << 5) + (<usize>j << 2);
      const to = c + <usize>i * ldc + (<usize>j << 2);
      store<f32>(to, accumulate ? load<f32>(to) + load<f32>(from) : load<f32>(from));
    }
  }
}

/**
 * C[rows, columns] (+)= A B for packed A (panels of 4 rows, `aPanel` bytes apart) and packed B (panels of 8 columns,
 * `bPanel` bytes apart). Goes through the B panels outside, so that one stays in the first cache.
 */
export function panels(
  rows: i32, columns: i32, k: i32, a: usize, aPanel: usize, b: usize, bPanel: usize, c: usize, ldc: usize,
  accumulate: bool, spare: usize,
): void {
  const whole = rows >> 2, rest = rows & 3;
  for (let j = 0; j < columns; j += NR) {
    const to = c + (<usize>j << 2), width = min(NR, columns - j);
    if (width == NR) {
      tiles(a, aPanel, whole, b, k, to, ldc, accumulate);
      if (rest > 0) {
        const down = <usize>whole;
        edgeTile(a + down * aPanel, b, k, to + (down << 2) * ldc, ldc, accumulate, rest, NR, spare);
      }
    } else {
      for (let i = 0; i < rows; i += MR) {
        edgeTile(a + <usize>(i >> 2) * aPanel, b, k, to + <usize>i * ldc, ldc, accumulate, min(MR, rows - i), width, spare);
      }
    }
    b += bPanel;
  }
}
