// What the recurrent cores (lstm, gru, rnn) share: the description of a call, the inputs of a step, and the state before and
// after it. The gradients of the weights are in steps.ts.
//
// A piece of work is a block of batch rows over the whole sequence: rows do not depend on each other, so threads need no barrier
// between steps. Buffers that only the kernels see are time-major [time, batch, ...], which keeps a step's block contiguous; x
// and the outputs are batch-major [batch, time, ...], as models have them.
import { arg, scratch, setArg } from './control';
import { bytes, load4, store4, store8, sum4 } from './lanes';
import { KC } from './matmul';
import { packColumns, packRows } from './pack';
import { panels, rowsTimes, stridesAlias } from './tile';

// Argument words of every recurrent call.
export const BATCH = 0, TIME = 1, FEATURES = 2, UNITS = 3, X = 4, OUTPUTS = 5, HIDDEN0 = 6, MASK = 7, REVERSE = 8;
/** Rows of a piece, workspace of a piece, packed weights. */
export const ROWS = 9, WORK = 10, WORK_BYTES = 11, PACKED = 12;
/** First word that a core may use for itself. */
export const OWN = 16;

export function describe(
  batch: i32, time: i32, features: i32, units: i32, x: usize, outputs: usize, hidden0: usize, mask: usize,
  reverse: i32, rows: i32, work: usize, workBytes: i32, packed: usize,
): void {
  setArg(BATCH, batch); setArg(TIME, time); setArg(FEATURES, features); setArg(UNITS, units);
  setArg(X, <i32>x); setArg(OUTPUTS, <i32>outputs); setArg(HIDDEN0, <i32>hidden0); setArg(MASK, <i32>mask);
  setArg(REVERSE, reverse); setArg(ROWS, rows); setArg(WORK, <i32>work); setArg(WORK_BYTES, workBytes);
  setArg(PACKED, <i32>packed);
}

export function pieceCount(): i32 {
  return (arg(BATCH) + arg(ROWS) - 1) / arg(ROWS);
}

// @ts-ignore: decorator
@inline
export function firstRow(piece: i32): i32 {
  return piece * arg(ROWS);
}

// @ts-ignore: decorator
@inline
export function rowsOf(piece: i32): i32 {
  return min(arg(ROWS), arg(BATCH) - firstRow(piece));
}

// @ts-ignore: decorator
@inline
export function workOf(piece: i32): usize {
  return <usize>arg(WORK) + <usize>piece * <usize>arg(WORK_BYTES);
}

// @ts-ignore: decorator
@inline
export function packed(): usize {
  return <usize>arg(PACKED);
}

/** Index in time of the step taken as number `count`. */
// @ts-ignore: decorator
@inline
export function stepAt(count: i32): i32 {
  return arg(REVERSE) ? arg(TIME) - 1 - count : count;
}

/** Index in time of the step before t; negative or `time` before the first. */
// @ts-ignore: decorator
@inline
function previous(t: i32): i32 {
  return arg(REVERSE) ? t + 1 : t - 1;
}

// @ts-ignore: decorator
@inline
export function isFirst(t: i32): bool {
  return t == stepAt(0);
}

/** True where step t of batch row b is padding. */
// @ts-ignore: decorator
@inline
export function isPadding(b: i32, t: i32): bool {
  const mask = <usize>arg(MASK);
  return mask != 0 && load<f32>(mask + bytes(b * arg(TIME) + t)) == 0;
}

// @ts-ignore: decorator
@inline
export function outputAt(b: i32, t: i32): usize {
  return <usize>arg(OUTPUTS) + bytes((b * arg(TIME) + t) * arg(UNITS));
}

/** Address of the hidden state before step t of row b; 0 stands for zeros. */
// @ts-ignore: decorator
@inline
export function hiddenBefore(b: i32, t: i32): usize {
  if (!isFirst(t)) return outputAt(b, previous(t));
  const start = <usize>arg(HIDDEN0);
  return start == 0 ? 0 : start + bytes(b * arg(UNITS));
}

/**
 * Packs `columns` columns of kernel, bias and recurrent kernel below each other, [features + 1 + units, columns] in panels of
 * 8 columns, `row` bytes from row to row of the sources. The bias is multiplied by an input that is always 1. A source
 * of 0 is left out, and its rows in the panels too.
 */
export function packWeights(target: usize, kernel: usize, bias: usize, recurrent: usize, columns: i32, row: usize): void {
  const features = kernel == 0 ? 0 : arg(FEATURES), units = recurrent == 0 ? 0 : arg(UNITS), one = bias == 0 ? 0 : 1;
  const panel = bytes(8 * (features + one + units));
  packColumns(target, panel, kernel, columns, features, 4, row);
  packColumns(target + bytes(8 * features), panel, bias, columns, one, 4, row);
  packColumns(target + bytes(8 * (features + one)), panel, recurrent, columns, units, 4, row);
}

// The inputs of a piece are rows [x | 1 | h], features + 1 + units floats: products with all of it, or with its beginning
// [x | 1] or its end [1 | h].

/** Bytes of a row of inputs. */
// @ts-ignore: decorator
@inline
export function inputRow(): usize {
  return bytes(arg(FEATURES) + 1 + arg(UNITS));
}

/** Address of h in a row of inputs; that of the one before it is 4 bytes less. */
// @ts-ignore: decorator
@inline
export function hiddenPart(inputs: usize): usize {
  return inputs + bytes(arg(FEATURES) + 1);
}

/** Floats of a row of inputs that are multiplied at the step taken as number `count`: not the zeros of a state that is absent. */
// @ts-ignore: decorator
@inline
export function depthAt(count: i32): i32 {
  const inputs = arg(FEATURES) + 1;
  return count == 0 && arg(HIDDEN0) == 0 ? inputs : inputs + arg(UNITS);
}

/** Fills the rows of ones, and those of h with the state before the first step. */
export function beginInputs(inputs: usize, b: i32, rows: i32): void {
  for (let row = b; row < b + rows; row++) {
    store<f32>(hiddenPart(inputs) - 4, 1);
    pass(hiddenPart(inputs), hiddenBefore(row, stepAt(0)), arg(UNITS));
    inputs += inputRow();
  }
}

/** Copies x at step t, rows b .. b + rows. */
export function nextInputs(inputs: usize, b: i32, rows: i32, t: i32): void {
  const features = arg(FEATURES), stride = bytes(arg(TIME) * features);
  let x = <usize>arg(X) + <usize>b * stride + bytes(t * features);
  for (; rows > 0; rows--) {
    for (let j = 0; j < features; j += 4) store4(inputs + bytes(j), load4(x + bytes(j), features - j), features - j);
    inputs += inputRow();
    x += stride;
  }
}

/** Copies `units` floats; an address of 0 stands for zeros. */
export function pass(to: usize, from: usize, units: i32): void {
  if (from == 0) memory.fill(to, 0, bytes(units));
  else memory.copy(to, from, bytes(units));
}

/** As load4 at element u, where an address of 0 stands for zeros. */
// @ts-ignore: decorator
@inline
export function loadOrZero(from: usize, u: i32, left: i32): v128 {
  return from == 0 ? f32x4.splat(0) : load4(from + bytes(u), left);
}

/** Copies the outputs after the last step to finalHidden. */
export function passFinal(finalHidden: usize, b: i32, rows: i32): void {
  const units = arg(UNITS), last = stepAt(arg(TIME) - 1);
  for (let row = b; row < b + rows; row++) pass(finalHidden + bytes(row * units), outputAt(row, last), units);
}

/** Gradient of the outputs at step t of row b; 0 stands for zeros. */
// @ts-ignore: decorator
@inline
export function outputGradient(dOutputs: usize, b: i32, t: i32): usize {
  return dOutputs == 0 ? 0 : dOutputs + bytes((b * arg(TIME) + t) * arg(UNITS));
}

/** dh += the outputs' gradient of one row; an address of 0 stands for zeros. */
export function addOutputGradient(dh: usize, dOutput: usize, units: i32): void {
  if (dOutput == 0) return;
  let u = 0;
  for (; u + 8 <= units; u += 8) {
    const to = dh + bytes(u), from = dOutput + bytes(u);
    store8(to, f32x4.add(v128.load(to), v128.load(from)), f32x4.add(v128.load(to, 16), v128.load(from, 16)));
  }
  for (; u < units; u += 4) {
    const at = bytes(u), left = units - u;
    store4(dh + at, f32x4.add(load4(dh + at, left), load4(dOutput + at, left)), left);
  }
}

/** Squares of a row's values, summed lane by lane. */
export function rowSquares(from: usize, count: i32): v128 {
  let sum = f32x4.splat(0);
  for (let i = 0; i < count; i += 4) {
    const x = load4(from + bytes(i), count - i);
    sum = f32x4.add(sum, f32x4.mul(x, x));
  }
  return sum;
}

/** Begins a piece's dL/dh (or dL/dc) with the gradient of the final state. */
export function passIncoming(to: usize, from: usize, b: i32, rows: i32): void {
  const units = arg(UNITS);
  pass(to, from == 0 ? 0 : from + bytes(b * units), rows * units);
}

/** dh [rows, units] += D [rows, depth] V, where row i of D begins at d + i * dRow bytes and V [depth, units] is packed. */
export function addProduct(dh: usize, rows: i32, d: usize, dRow: usize, depth: i32, weights: usize, weightsDepth: i32): void {
  const units = arg(UNITS), spare = scratch(), packedRows = spare + 128;
  for (let k = 0; k < depth; k += KC) {
    const part = min(KC, depth - k), from = d + bytes(k), b = weights + bytes(8 * k), panel = bytes(8 * weightsDepth);
    if (stridesAlias(dRow)) {
      packRows(packedRows, bytes(4 * part), from, rows, part, dRow, 4);
      panels(rows, units, part, packedRows, bytes(4 * part), b, panel, dh, bytes(units), true, spare);
    } else rowsTimes(rows, units, part, from, dRow, b, panel, dh, bytes(units), true, spare);
  }
}

/** Stores the sum of squares of a step's row for stepNorms, [kind, time, batch]. */
export function storeSquares(norms: usize, kind: i32, t: i32, b: i32, squares: v128): void {
  store<f32>(norms + bytes((kind * arg(TIME) + t) * arg(BATCH) + b), sum4(squares));
}

export { packSteps, packStepsOf, stepsPackPiece, stepsProduct, stepsProductPiece } from './steps';
