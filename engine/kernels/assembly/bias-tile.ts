// The register tile of tile.ts with an end of its own: C[rows, 8] (+)= A B + bias, added while the sums are in registers.

/**
 * Packed A, panels of four rows `aPanel` bytes apart, [k][4], times one panel of B, [k][8]; c has `ldc` bytes between rows. `bias`: 8
 * floats or 0. Only `rows` and `columns` of the tiles exist in c; `spare` is 128 bytes of scratch.
 */
export function biasTiles(
  a0: usize, aPanel: usize, rows: i32, b0: usize, k: i32, c: usize, ldc: usize, accumulate: bool, bias: usize, columns: i32, spare: usize,
): void {
  // As in tile.ts: V8 adds such a load's offset to the memory's base in an instruction of its own; the sums of these outlive the loops.
  v128.load32_splat(a0, 4);
  v128.load32_splat(a0, 8);
  v128.load32_splat(a0, 12);
  for (; rows > 0; rows -= 4) {
    let a = a0, b = b0, low: v128, high: v128, x: v128;
    let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
    for (let n = k >> 2; n > 0; n--) {
      low = v128.load(b); high = v128.load(b, 16);
      x = v128.load32_splat(a); c00 = f32x4.add(c00, f32x4.mul(x, low)); c01 = f32x4.add(c01, f32x4.mul(x, high));
      x = v128.load32_splat(a, 4); c10 = f32x4.add(c10, f32x4.mul(x, low)); c11 = f32x4.add(c11, f32x4.mul(x, high));
      x = v128.load32_splat(a, 8); c20 = f32x4.add(c20, f32x4.mul(x, low)); c21 = f32x4.add(c21, f32x4.mul(x, high));
      x = v128.load32_splat(a, 12); c30 = f32x4.add(c30, f32x4.mul(x, low)); c31 = f32x4.add(c31, f32x4.mul(x, high));
      a += 16;
      low = v128.load(b, 32); high = v128.load(b, 48);
      x = v128.load32_splat(a); c00 = f32x4.add(c00, f32x4.mul(x, low)); c01 = f32x4.add(c01, f32x4.mul(x, high));
      x = v128.load32_splat(a, 4); c10 = f32x4.add(c10, f32x4.mul(x, low)); c11 = f32x4.add(c11, f32x4.mul(x, high));
      x = v128.load32_splat(a, 8); c20 = f32x4.add(c20, f32x4.mul(x, low)); c21 = f32x4.add(c21, f32x4.mul(x, high));
      x = v128.load32_splat(a, 12); c30 = f32x4.add(c30, f32x4.mul(x, low)); c31 = f32x4.add(c31, f32x4.mul(x, high));
      a += 16;
      low = v128.load(b, 64); high = v128.load(b, 80);
      x = v128.load32_splat(a); c00 = f32x4.add(c00, f32x4.mul(x, low)); c01 = f32x4.add(c01, f32x4.mul(x, high));
      x = v128.load32_splat(a, 4); c10 = f32x4.add(c10, f32x4.mul(x, low)); c11 = f32x4.add(c11, f32x4.mul(x, high));
      x = v128.load32_splat(a, 8); c20 = f32x4.add(c20, f32x4.mul(x, low)); c21 = f32x4.add(c21, f32x4.mul(x, high));
      x = v128.load32_splat(a, 12); c30 = f32x4.add(c30, f32x4.mul(x, low)); c31 = f32x4.add(c31, f32x4.mul(x, high));
      a += 16;
      low = v128.load(b, 96); high = v128.load(b, 112);
      x = v128.load32_splat(a); c00 = f32x4.add(c00, f32x4.mul(x, low)); c01 = f32x4.add(c01, f32x4.mul(x, high));
      x = v128.load32_splat(a, 4); c10 = f32x4.add(c10, f32x4.mul(x, low)); c11 = f32x4.add(c11, f32x4.mul(x, high));
      x = v128.load32_splat(a, 8); c20 = f32x4.add(c20, f32x4.mul(x, low)); c21 = f32x4.add(c21, f32x4.mul(x, high));
      x = v128.load32_splat(a, 12); c30 = f32x4.add(c30, f32x4.mul(x, low)); c31 = f32x4.add(c31, f32x4.mul(x, high));
      a += 16;
      b += 128;
    }
    for (let n = k & 3; n > 0; n--) {
      low = v128.load(b); high = v128.load(b, 16);
      x = v128.load32_splat(a); c00 = f32x4.add(c00, f32x4.mul(x, low)); c01 = f32x4.add(c01, f32x4.mul(x, high));
      x = v128.load32_splat(a, 4); c10 = f32x4.add(c10, f32x4.mul(x, low)); c11 = f32x4.add(c11, f32x4.mul(x, high));
      x = v128.load32_splat(a, 8); c20 = f32x4.add(c20, f32x4.mul(x, low)); c21 = f32x4.add(c21, f32x4.mul(x, high));
      x = v128.load32_splat(a, 12); c30 = f32x4.add(c30, f32x4.mul(x, low)); c31 = f32x4.add(c31, f32x4.mul(x, high));
      a += 16;
      b += 32;
    }
    if (rows >= 4 && columns == 8) {
      finish(c, c00, c01, accumulate, bias);
      finish(c + ldc, c10, c11, accumulate, bias);
      finish(c + 2 * ldc, c20, c21, accumulate, bias);
      finish(c + 3 * ldc, c30, c31, accumulate, bias);
    } else {
      v128.store(spare, c00); v128.store(spare, c01, 16); v128.store(spare, c10, 32); v128.store(spare, c11, 48);
      v128.store(spare, c20, 64); v128.store(spare, c21, 80); v128.store(spare, c30, 96); v128.store(spare, c31, 112);
      finishFew(c, ldc, spare, min(4, rows), columns, accumulate, bias);
    }
    a0 += aPanel;
    c += ldc << 2;
  }
}

// @ts-ignore: decorator
@inline
function finish(c: usize, low: v128, high: v128, accumulate: bool, bias: usize): void {
  if (accumulate) {
    low = f32x4.add(v128.load(c), low);
    high = f32x4.add(v128.load(c, 16), high);
  }
  if (bias != 0) {
    low = f32x4.add(low, v128.load(bias));
    high = f32x4.add(high, v128.load(bias, 16));
  }
  v128.store(c, low);
  v128.store(c, high, 16);
}

function finishFew(c: usize, ldc: usize, sums: usize, rows: i32, columns: i32, accumulate: bool, bias: usize): void {
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < <usize>columns << 2; j += 4) {
      let sum = load<f32>(sums + j);
      if (accumulate) sum = load<f32>(c + j) + sum;
      if (bias != 0) sum += load<f32>(bias + j);
      store<f32>(c + j, sum);
    }
    sums += 32;
    c += ldc;
  }
}
