// The register tiles of every product: C[rows, 8] (+)= A[rows, k] B[k, 8], or 16 columns where vectors are joined (wide-tile.ts).
// Fused multiply-adds with k in ascending order, so that an element's bits do not depend on its position in a tile.
// B is stored in panels [k][8 columns]; A in panels [k][4 rows], or row by row where it is read directly. Six rows keep 12 sums,
// 2 vectors of B and 1 of A in the 15 registers that V8 provides; 12 sums are enough to hide the latency of an addition. The six
// rows are one panel of four and half of the next.
//
// Measured on Zen 4, with a peak of 59.1 GFLOPS: 58.8 with 6 x 8, 56 with 5 x 8, 55 with 4 x 8, 3 x 12 and 2 x 16, 50 with 1 x
// 32; 42 and less with 4 x 12, 2 x 20 and 3 x 16, which spill; unrolling by two or four changes nothing. With separate
// multiplications and additions 6 x 8 spills too, and 4 x 8 reaches 52.
import { wide } from './control';
import { mad } from './fused';
import { bytes } from './lanes';
import { row } from './tile-row';
import { eightRows, fourWideRows, sixWideRows } from './wide-tile';

/** Columns of a B panel, rows of an A panel. */
export const NR = 8;
export const MR = 4;

/**
 * Six rows of C: those from c are A's four at `a`, those from d its two at `e`. A's rows are `rs` bytes apart, its columns `ks`; C's rows
 * `ldc`.
 */
function sixRows(
  a: usize, e: usize, rs: usize, ks: usize, b: usize, k: i32, c: usize, d: usize, ldc: usize, accumulate: bool, bias: usize,
): void {
  const rs2 = 2 * rs, rs3 = 3 * rs;
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  let d00 = c00, d01 = c00, d10 = c00, d11 = c00;
  for (; k > 0; k--) {
    const low = v128.load(b), high = v128.load(b, 16);
    let x = v128.load32_splat(a); c00 = mad(x, low, c00); c01 = mad(x, high, c01);
    x = v128.load32_splat(a + rs); c10 = mad(x, low, c10); c11 = mad(x, high, c11);
    x = v128.load32_splat(a + rs2); c20 = mad(x, low, c20); c21 = mad(x, high, c21);
    x = v128.load32_splat(a + rs3); c30 = mad(x, low, c30); c31 = mad(x, high, c31);
    x = v128.load32_splat(e); d00 = mad(x, low, d00); d01 = mad(x, high, d01);
    x = v128.load32_splat(e + rs); d10 = mad(x, low, d10); d11 = mad(x, high, d11);
    a += ks;
    e += ks;
    b += 32;
  }
  row(c, c00, c01, accumulate, bias);
  row(c + ldc, c10, c11, accumulate, bias);
  row(c + 2 * ldc, c20, c21, accumulate, bias);
  row(c + 3 * ldc, c30, c31, accumulate, bias);
  row(d, d00, d01, accumulate, bias);
  row(d + ldc, d10, d11, accumulate, bias);
}

function fourRows(
  a: usize, rs: usize, ks: usize, b: usize, k: i32, c: usize, ldc: usize, accumulate: bool, bias: usize,
): void {
  const rs2 = 2 * rs, rs3 = 3 * rs;
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  for (; k > 0; k--) {
    const low = v128.load(b), high = v128.load(b, 16);
    let x = v128.load32_splat(a); c00 = mad(x, low, c00); c01 = mad(x, high, c01);
    x = v128.load32_splat(a + rs); c10 = mad(x, low, c10); c11 = mad(x, high, c11);
    x = v128.load32_splat(a + rs2); c20 = mad(x, low, c20); c21 = mad(x, high, c21);
    x = v128.load32_splat(a + rs3); c30 = mad(x, low, c30); c31 = mad(x, high, c31);
    a += ks;
    b += 32;
  }
  row(c, c00, c01, accumulate, bias);
  row(c + ldc, c10, c11, accumulate, bias);
  row(c + 2 * ldc, c20, c21, accumulate, bias);
  row(c + 3 * ldc, c30, c31, accumulate, bias);
}

/** `count` times four rows of C, `fours` bytes apart in A, with one panel of B or, in `wide` tiles, two that lie `bPanel` bytes apart. */
// @ts-ignore: decorator
@inline
function walk(
  wide: bool, a: usize, fours: usize, rs: usize, ks: usize, count: i32, b: usize, bPanel: usize, k: i32, c: usize, ldc: usize,
  accumulate: bool, bias: usize,
): void {
  for (; count >= 3; count -= 3) {
    const second = a + fours, third = second + fours, half = second + 2 * rs, c4 = c + 4 * ldc, c6 = c + 6 * ldc, c8 = c + 8 * ldc;
    if (wide) {
      sixWideRows(a, second, rs, ks, b, bPanel, k, c, c4, ldc, accumulate, bias);
      sixWideRows(third, half, rs, ks, b, bPanel, k, c8, c6, ldc, accumulate, bias);
    } else {
      sixRows(a, second, rs, ks, b, k, c, c4, ldc, accumulate, bias);
      sixRows(third, half, rs, ks, b, k, c8, c6, ldc, accumulate, bias);
    }
    a = third + fours;
    c += 12 * ldc;
  }
  for (; count > 0; count--) {
    if (wide) fourWideRows(a, rs, ks, b, bPanel, k, c, ldc, accumulate, bias);
    else fourRows(a, rs, ks, b, k, c, ldc, accumulate, bias);
    a += fours;
    c += 4 * ldc;
  }
}

function blocks(
  a: usize, fours: usize, rs: usize, ks: usize, count: i32, b: usize, k: i32, c: usize, ldc: usize, accumulate: bool, bias: usize,
): void {
  if (wide()) {
    for (; count >= 2; count -= 2) {
      eightRows(a, a + fours, rs, ks, b, k, c, ldc, accumulate, bias);
      a += 2 * fours;
      c += 8 * ldc;
    }
  }
  walk(false, a, fours, rs, ks, count, b, 0, k, c, ldc, accumulate, bias);
}

/** As `blocks`, but only `rows` x `columns` of four rows exist in c; `spare` is 128 bytes of scratch. */
function edge(
  a: usize, rs: usize, ks: usize, b: usize, k: i32, c: usize, ldc: usize, accumulate: bool, bias: usize, rows: i32, columns: i32, spare: usize,
): void {
  fourRows(a, rs, ks, b, k, spare, 32, false, 0);
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < <usize>columns << 2; j += 4) {
      let sum = load<f32>(spare + j);
      if (accumulate) sum = load<f32>(c + j) + sum;
      if (bias != 0) sum += load<f32>(bias + j);
      store<f32>(c + j, sum);
    }
    spare += 32;
    c += ldc;
  }
}

/** C[4 * count, 8] (+)= A B for `count` A panels, `aPanel` bytes apart, and one B panel. Strides in bytes; c has `ldc` between rows. */
// @ts-ignore: decorator
@inline
export function tiles(a: usize, aPanel: usize, count: i32, b: usize, k: i32, c: usize, ldc: usize, accumulate: bool): void {
  blocks(a, aPanel, 4, 16, count, b, k, c, ldc, accumulate, 0);
}

/** `blocks` for every whole panel of B. Goes through the panels outside, so that one stays in the first cache. */
function wholeTiles(
  a: usize, fours: usize, rs: usize, ks: usize, count: i32, columns: i32, b: usize, bPanel: usize, k: i32, c: usize, ldc: usize,
  accumulate: bool, bias: usize,
): void {
  if (count == 0) return;
  if (wide()) {
    for (; columns >= 2 * NR; columns -= 2 * NR) {
      walk(true, a, fours, rs, ks, count, b, bPanel, k, c, ldc, accumulate, bias);
      b += 2 * bPanel;
      c += 8 * NR;
      if (bias != 0) bias += 8 * NR;
    }
  }
  for (; columns >= NR; columns -= NR) {
    blocks(a, fours, rs, ks, count, b, k, c, ldc, accumulate, bias);
    b += bPanel;
    c += 4 * NR;
    if (bias != 0) bias += 4 * NR;
  }
}

/**
 * C[rows, columns] (+)= A B (+ bias[columns] unless it is 0) for packed A (panels of 4 rows, `aPanel` bytes apart) and packed B (panels
 * of 8 columns, `bPanel` bytes apart).
 */
export function panels(
  rows: i32, columns: i32, k: i32, a: usize, aPanel: usize, b: usize, bPanel: usize, c: usize, ldc: usize,
  accumulate: bool, spare: usize, bias: usize = 0,
): void {
  const whole = rows >> 2, rest = rows & 3, last = <usize>whole * aPanel, down = (<usize>whole << 2) * ldc;
  wholeTiles(a, aPanel, 4, 16, whole, columns, b, bPanel, k, c, ldc, accumulate, bias);
  for (let j = rest > 0 ? 0 : columns & ~(NR - 1); j < columns; j += NR) {
    const width = min(NR, columns - j), panel = b + <usize>(j / NR) * bPanel, to = c + bytes(j), addend = bias == 0 ? 0 : bias + bytes(j);
    if (width < NR) {
      for (let i = 0; i < whole; i++) {
        edge(a + <usize>i * aPanel, 4, 16, panel, k, to + (<usize>i << 2) * ldc, ldc, accumulate, addend, MR, width, spare);
      }
    }
    if (rest > 0) edge(a + last, 4, 16, panel, k, to + down, ldc, accumulate, addend, rest, width, spare);
  }
}

/** Strides that are multiples of 2 KiB alias in the first cache: packing A first, one more pass, then reads it 1.4 times as fast. */
// @ts-ignore: decorator
@inline
export function stridesAlias(lda: usize): bool {
  return (lda & 2047) == 0;
}

/** As `panels` for A where it lies, `lda` bytes between rows. */
export function rowsTimes(
  rows: i32, columns: i32, k: i32, a: usize, lda: usize, b: usize, bPanel: usize, c: usize, ldc: usize,
  accumulate: bool, spare: usize, bias: usize = 0,
): void {
  const whole = rows >> 2;
  wholeTiles(a, 4 * lda, lda, 4, whole, columns, b, bPanel, k, c, ldc, accumulate, bias);
  for (let j = (rows & 3) > 0 ? 0 : columns & ~(NR - 1); j < columns; j += NR) {
    const width = min(NR, columns - j), panel = b + <usize>(j / NR) * bPanel, to = c + bytes(j), addend = bias == 0 ? 0 : bias + bytes(j);
    // Row by row, one four times: there may be nothing to read behind the last.
    for (let i = width == NR ? whole << 2 : 0; i < rows; i++) {
      edge(a + <usize>i * lda, 0, 4, panel, k, to + <usize>i * ldc, ldc, accumulate, addend, 1, width, spare);
    }
  }
}
