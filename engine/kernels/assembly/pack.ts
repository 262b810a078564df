// Packs matrices into the panels that the register tiles read.
import { store8 } from './lanes';

// @ts-ignore: decorator
@inline
function transpose4(dst: usize, dstStep: usize, src: usize, laneStride: usize): void {
  const r0 = v128.load(src);
  const r1 = v128.load(src + laneStride);
  const r2 = v128.load(src + 2 * laneStride);
  const r3 = v128.load(src + 3 * laneStride);
  const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
  const t1 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const t2 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(dst, v128.shuffle<i64>(t0, t1, 0, 2));
  v128.store(dst + dstStep, v128.shuffle<i64>(t0, t1, 1, 3));
  v128.store(dst + 2 * dstStep, v128.shuffle<i64>(t2, t3, 0, 2));
  v128.store(dst + 3 * dstStep, v128.shuffle<i64>(t2, t3, 1, 3));
}

/**
 * dst[k][lane] = src[lane][k] for 4 lanes, of which `width` exist and the rest are filled with zeros.
 * `dstStep`, `laneStride` and `kStride` are in bytes.
 */
export function pack4(
  dst: usize, dstStep: usize, src: usize, k: i32, width: i32, laneStride: usize, kStride: usize,
): void {
  let i = 0;
  if (width == 4 && laneStride == 4) {
    for (; i < k; i++) {
      v128.store(dst, v128.load(src));
      dst += dstStep;
      src += kStride;
    }
    return;
  }
  if (width == 4 && kStride == 4) {
    for (; i + 4 <= k; i += 4) {
      transpose4(dst, dstStep, src, laneStride);
      dst += dstStep << 2;
      src += 16;
    }
  }
  for (; i < k; i++) {
    v128.store(dst, f32x4.splat(0));
    for (let lane = 0; lane < width; lane++) {
      store<f32>(dst + (<usize>lane << 2), load<f32>(src + <usize>lane * laneStride));
    }
    dst += dstStep;
    src += kStride;
  }
}

/** Packs rows of A into panels of 4 rows, `panelBytes` apart: [k][4]. */
export function packRows(
  dst: usize, panelBytes: usize, src: usize, rows: i32, k: i32, rowStride: usize, kStride: usize,
): void {
  if (rowStride == 4) {
    for (; rows >= 16; rows -= 16) {
      fourPanels(dst, panelBytes, src, k, kStride);
      dst += 4 * panelBytes;
      src += 64;
    }
  }
  for (; rows > 0; rows -= 4) {
    pack4(dst, 16, src, k, min(4, rows), rowStride, kStride);
    dst += panelBytes;
    src += rowStride << 2;
  }
}

/** Packs columns of B into panels of 8 columns, `panelBytes` apart: [k][8]. */
export function packColumns(
  dst: usize, panelBytes: usize, src: usize, columns: i32, k: i32, columnStride: usize, kStride: usize,
): void {
  if (columnStride == 4) {
    for (; columns >= 16; columns -= 16) {
      twoPanels(dst, dst + panelBytes, src, k, kStride);
      dst += 2 * panelBytes;
      src += 64;
    }
  }
  for (; columns > 0; columns -= 8) {
    pack4(dst, 32, src, k, min(4, columns), columnStride, kStride);
    pack4(dst + 16, 32, src + (columnStride << 2), k, max(0, min(4, columns - 4)), columnStride, kStride);
    dst += panelBytes;
    src += columnStride << 3;
  }
}

/** Sixteen floats that follow each other, a cache line at a time, to four panels of A. */
function fourPanels(dst: usize, panelBytes: usize, src: usize, k: i32, kStride: usize): void {
  let b = dst + panelBytes, c = b + panelBytes, d = c + panelBytes;
  for (; k > 0; k--) {
    v128.store(dst, v128.load(src));
    v128.store(b, v128.load(src, 16));
    v128.store(c, v128.load(src, 32));
    v128.store(d, v128.load(src, 48));
    dst += 16; b += 16; c += 16; d += 16;
    src += kStride;
  }
}

/** The same to two panels of B. */
function twoPanels(dst: usize, next: usize, src: usize, k: i32, kStride: usize): void {
  for (; k > 0; k--) {
    const a = v128.load(src), b = v128.load(src, 16), c = v128.load(src, 32), d = v128.load(src, 48);
    store8(dst, a, b);
    store8(next, c, d);
    dst += 32; next += 32;
    src += kStride;
  }
}
