// Layer normalisation (Ba et al. 2016) of rows, or of sums of two rows: y = (x - mean) / sqrt(variance + epsilon) gain + bias,
// and its gradient. The gradients of gain and bias are summed in pieces of rows whose size depends only on the number of rows.
import { arg, argf, parallel, setArg, setArgf } from './control';
import { JOB_LAYER_NORM, JOB_LAYER_NORM_GRADIENT } from './jobs';
import { bytes, load4, store4, store8, sum4 } from './lanes';
import { columnSums } from './linear';

const ROWS = 0, COLUMNS = 1, X = 2, GAIN = 3, BIAS = 4, Y = 5, MEANS = 6, SCALES = 7, EPSILON = 8, DY = 9, DX = 10, PARTIALS = 11;
const PIECE_ROWS = 12, ADDEND = 13, SUM = 14;
const PIECE = 64;

/**
 * x, y [rows, columns]; gain and bias [columns] or 0; means and scales (1 / deviation) [rows] are kept for the gradient. Unless `addend` is
 * 0, it is added to x first, and `sum` takes what comes out, both [rows, columns]: the gradient's x.
 */
export function layerNorm(
  rows: i32, columns: i32, x: usize, addend: usize, sum: usize, gain: usize, bias: usize, epsilon: f32, y: usize, means: usize,
  scales: usize,
): void {
  setArg(ROWS, rows); setArg(COLUMNS, columns); setArg(X, <i32>x); setArg(GAIN, <i32>gain); setArg(BIAS, <i32>bias);
  setArgf(EPSILON, epsilon); setArg(Y, <i32>y); setArg(MEANS, <i32>means); setArg(SCALES, <i32>scales);
  setArg(ADDEND, <i32>addend); setArg(SUM, <i32>sum);
  parallel(JOB_LAYER_NORM, (rows + PIECE - 1) / PIECE);
}

export function layerNormPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(ROWS)), columns = arg(COLUMNS);
  for (let i = first; i < end; i++) {
    const down = bytes(i * columns), y = <usize>arg(Y) + down;
    let x = <usize>arg(X) + down;
    if (arg(ADDEND) != 0) {
      addRows(x, <usize>arg(ADDEND) + down, <usize>arg(SUM) + down, columns);
      x = <usize>arg(SUM) + down;
    }
    const mean = meanOf(x, columns), scale = <f32>(1 / Math.sqrt(<f64>varianceOf(x, columns, mean) + <f64>argf(EPSILON)));
    store<f32>(<usize>arg(MEANS) + bytes(i), mean);
    store<f32>(<usize>arg(SCALES) + bytes(i), scale);
    const shift = f32x4.splat(mean), factor = f32x4.splat(scale);
    const gain = <usize>arg(GAIN), bias = <usize>arg(BIAS);
    let j = 0;
    if (gain != 0 && bias != 0) {
      for (; j + 8 <= columns; j += 8) {
        const at = bytes(j);
        const a = f32x4.mul(f32x4.sub(v128.load(x + at), shift), factor), b = f32x4.mul(f32x4.sub(v128.load(x + at, 16), shift), factor);
        const c = f32x4.add(f32x4.mul(a, v128.load(gain + at)), v128.load(bias + at));
        const d = f32x4.add(f32x4.mul(b, v128.load(gain + at, 16)), v128.load(bias + at, 16));
        store8(y + at, c, d);
      }
    }
    for (; j < columns; j += 4) {
      const at = bytes(j), left = columns - j;
      let value = f32x4.mul(f32x4.sub(load4(x + at, left), shift), factor);
      if (gain != 0) value = f32x4.mul(value, load4(gain + at, left));
      if (bias != 0) value = f32x4.add(value, load4(bias + at, left));
      store4(y + at, value, left);
    }
  }
}

function addRows(a: usize, b: usize, sum: usize, columns: i32): void {
  let left = columns;
  for (; left >= 8; left -= 8) {
    const low = f32x4.add(v128.load(a), v128.load(b)), high = f32x4.add(v128.load(a, 16), v128.load(b, 16));
    store8(sum, low, high);
    a += 32;
    b += 32;
    sum += 32;
  }
  for (; left > 0; left -= 4) {
    store4(sum, f32x4.add(load4(a, left), load4(b, left)), left);
    a += 16;
    b += 16;
    sum += 16;
  }
}

function meanOf(x: usize, columns: i32): f32 {
  let a = f32x4.splat(0), b = a, j = 0;
  for (; j + 8 <= columns; j += 8) {
    a = f32x4.add(a, v128.load(x + bytes(j)));
    b = f32x4.add(b, v128.load(x + bytes(j), 16));
  }
  for (; j < columns; j += 4) a = f32x4.add(a, load4(x + bytes(j), columns - j));
  return sum4(f32x4.add(a, b)) / <f32>columns;
}

function varianceOf(x: usize, columns: i32, mean: f32): f32 {
  const shift = f32x4.splat(mean);
  let a = f32x4.splat(0), b = a, j = 0;
  for (; j + 8 <= columns; j += 8) {
    const u = f32x4.sub(v128.load(x + bytes(j)), shift), v = f32x4.sub(v128.load(x + bytes(j), 16), shift);
    a = f32x4.add(a, f32x4.mul(u, u));
    b = f32x4.add(b, f32x4.mul(v, v));
  }
  let sum = sum4(f32x4.add(a, b));
  for (; j < columns; j++) {
    const u = load<f32>(x + bytes(j)) - mean;
    sum += u * u;
  }
  return sum / <f32>columns;
}

/** Rows whose shares of the gradients of gain and bias are summed as one. */
export function layerNormGradientRows(rows: i32): i32 {
  return max(PIECE, (rows + 1023) / 1024);
}

/** dx [rows, columns], which may be x itself; dGain and dBias [columns] or 0; `partials` has room for 2 columns floats for every piece of rows. */
export function layerNormGradient(
  rows: i32, columns: i32, x: usize, gain: usize, means: usize, scales: usize, dy: usize, dx: usize, dGain: usize, dBias: usize, partials: usize,
): void {
  const pieceRows = layerNormGradientRows(rows), pieces = (rows + pieceRows - 1) / pieceRows;
  setArg(ROWS, rows); setArg(COLUMNS, columns); setArg(X, <i32>x); setArg(GAIN, <i32>gain); setArg(MEANS, <i32>means);
  setArg(SCALES, <i32>scales); setArg(DY, <i32>dy); setArg(DX, <i32>dx); setArg(PARTIALS, <i32>partials); setArg(PIECE_ROWS, pieceRows);
  parallel(JOB_LAYER_NORM_GRADIENT, pieces);
  if (dGain != 0) columnSums(pieces, columns, partials, dGain);
  if (dBias != 0) columnSums(pieces, columns, partials + bytes(pieces * columns), dBias);
}

export function layerNormGradientPiece(piece: i32): void {
  const rows = arg(ROWS), pieceRows = arg(PIECE_ROWS), columns = arg(COLUMNS);
  const first = piece * pieceRows, end = min(first + pieceRows, rows), pieces = (rows + pieceRows - 1) / pieceRows;
  const ofGain = <usize>arg(PARTIALS) + bytes(piece * columns), ofBias = ofGain + bytes(pieces * columns);
  memory.fill(ofGain, 0, bytes(columns));
  memory.fill(ofBias, 0, bytes(columns));
  for (let i = first; i < end; i++) rowGradient(i, columns, ofGain, ofBias);
}

/** dx = scale (g - mean(g) - z mean(g z)) with z the normalised row and g = gain dy. Whole vectors first, without checks. */
function rowGradient(row: i32, columns: i32, ofGain: usize, ofBias: usize): void {
  const x = <usize>arg(X) + bytes(row * columns), dy = <usize>arg(DY) + bytes(row * columns), dx = <usize>arg(DX) + bytes(row * columns);
  const shift = f32x4.splat(load<f32>(<usize>arg(MEANS) + bytes(row))), factor = f32x4.splat(load<f32>(<usize>arg(SCALES) + bytes(row)));
  const gain = <usize>arg(GAIN);
  let sums = f32x4.splat(0), products = sums, others = sums, otherProducts = sums, j = 0;
  if (gain != 0) {
    for (; j + 8 <= columns; j += 8) {
      const at = bytes(j), in0 = v128.load(dy + at), in1 = v128.load(dy + at, 16);
      const z0 = f32x4.mul(f32x4.sub(v128.load(x + at), shift), factor), z1 = f32x4.mul(f32x4.sub(v128.load(x + at, 16), shift), factor);
      const g0 = f32x4.mul(in0, v128.load(gain + at)), g1 = f32x4.mul(in1, v128.load(gain + at, 16));
      sums = f32x4.add(sums, g0);
      others = f32x4.add(others, g1);
      products = f32x4.add(products, f32x4.mul(g0, z0));
      otherProducts = f32x4.add(otherProducts, f32x4.mul(g1, z1));
      const a0 = f32x4.add(v128.load(ofGain + at), f32x4.mul(in0, z0)), a1 = f32x4.add(v128.load(ofGain + at, 16), f32x4.mul(in1, z1));
      const b0 = f32x4.add(v128.load(ofBias + at), in0), b1 = f32x4.add(v128.load(ofBias + at, 16), in1);
      store8(ofGain + at, a0, a1);
      store8(ofBias + at, b0, b1);
    }
  }
  sums = f32x4.add(sums, others);
  products = f32x4.add(products, otherProducts);
  for (; j < columns; j += 4) {
    const at = bytes(j), left = columns - j;
    const z = f32x4.mul(f32x4.sub(load4(x + at, left), shift), factor), incoming = load4(dy + at, left);
    const g = gain == 0 ? incoming : f32x4.mul(incoming, load4(gain + at, left));
    sums = f32x4.add(sums, g);
    products = f32x4.add(products, f32x4.mul(g, z));
    store4(ofGain + at, f32x4.add(load4(ofGain + at, left), f32x4.mul(incoming, z)), left);
    store4(ofBias + at, f32x4.add(load4(ofBias + at, left), incoming), left);
  }
  const mean = f32x4.splat(sum4(sums) / <f32>columns), slope = f32x4.splat(sum4(products) / <f32>columns);
  j = 0;
  if (gain != 0) {
    for (; j + 8 <= columns; j += 8) {
      const at = bytes(j);
      const z0 = f32x4.mul(f32x4.sub(v128.load(x + at), shift), factor), z1 = f32x4.mul(f32x4.sub(v128.load(x + at, 16), shift), factor);
      const g0 = f32x4.mul(v128.load(dy + at), v128.load(gain + at)), g1 = f32x4.mul(v128.load(dy + at, 16), v128.load(gain + at, 16));
      store8(
        dx + at,
        f32x4.mul(factor, f32x4.sub(f32x4.sub(g0, mean), f32x4.mul(z0, slope))),
        f32x4.mul(factor, f32x4.sub(f32x4.sub(g1, mean), f32x4.mul(z1, slope))),
      );
    }
  }
  for (; j < columns; j += 4) {
    const at = bytes(j), left = columns - j;
    const z = f32x4.mul(f32x4.sub(load4(x + at, left), shift), factor), incoming = load4(dy + at, left);
    const g = gain == 0 ? incoming : f32x4.mul(incoming, load4(gain + at, left));
    store4(dx + at, f32x4.mul(factor, f32x4.sub(f32x4.sub(g, mean), f32x4.mul(z, slope))), left);
  }
}
