// The weights' gradients of a recurrent core as one product over all steps and rows:
// [h | x | 1]^T [time * batch, m] times D [time * batch, n], in chunks whose panels fit the second cache, summed in order.
import { arg, parallel, scratch, setArg } from './control';
import { JOB_STEPS_PACK, JOB_STEPS_PRODUCT } from './jobs';
import { bytes } from './lanes';
import { pack4, packColumns, packRows } from './pack';
import { BATCH, FEATURES, hiddenBefore, isFirst, TIME, UNITS, X } from './recurrent';
import { panels } from './tile';

/** Steps times rows of one chunk of the long sum: its panels fit the second cache. */
const CHUNK = 256;
/** Columns of one piece. */
const COLUMNS = 64;
// Argument words of the product; they lie above those of the cores.
const STEPS_PACKED = 48, D = 49, D_ROW = 50, N = 51, TO_RECURRENT = 52, TO_KERNEL = 53, TO_BIAS = 54, TO_ROW = 55;
const SPARE = 56, STEPS_HIDDEN = 57, STEPS_HIDDEN_ROW = 58;

// @ts-ignore: decorator
@inline
function stepsInChunk(): i32 {
  return max(1, CHUNK / arg(BATCH));
}

// @ts-ignore: decorator
@inline
function rowBlocks(): i32 {
  return (arg(BATCH) + CHUNK - 1) / CHUNK;
}

function chunkCount(): i32 {
  return (arg(TIME) + stepsInChunk() - 1) / stepsInChunk() * rowBlocks();
}

// @ts-ignore: decorator
@inline
function hiddenPanels(): i32 {
  return (arg(UNITS) + 3) >> 2;
}

// @ts-ignore: decorator
@inline
function inputPanels(): i32 {
  return (arg(FEATURES) + 4) >> 2;
}

// A chunk is `steps` steps of `rows` rows, beginning at step t and row b.
// @ts-ignore: decorator
@inline
function chunkStep(chunk: i32): i32 {
  return chunk / rowBlocks() * stepsInChunk();
}

// @ts-ignore: decorator
@inline
function chunkSteps(chunk: i32): i32 {
  return min(stepsInChunk(), arg(TIME) - chunkStep(chunk));
}

// @ts-ignore: decorator
@inline
function chunkRow(chunk: i32): i32 {
  return chunk % rowBlocks() * CHUNK;
}

// @ts-ignore: decorator
@inline
function chunkRows(chunk: i32): i32 {
  return min(CHUNK, arg(BATCH) - chunkRow(chunk));
}

function chunkPanels(chunk: i32): usize {
  const before = chunkStep(chunk) * arg(BATCH) + chunkRow(chunk) * chunkSteps(chunk);
  return <usize>arg(STEPS_PACKED) + <usize>before * <usize>((hiddenPanels() + inputPanels()) << 4);
}

/** Packs [h before | x | 1] of all steps once; `target` holds 16 (ceil(units/4) + ceil((features+1)/4)) bytes a step and row. */
export function packSteps(target: usize): void {
  packStepsOf(target, 0, 0);
}

/** As packSteps with another array in place of h: [time, batch, ...], `row` floats from row to row. */
export function packStepsOf(target: usize, hidden: usize, row: i32): void {
  setArg(STEPS_PACKED, <i32>target); setArg(STEPS_HIDDEN, <i32>hidden); setArg(STEPS_HIDDEN_ROW, row);
  parallel(JOB_STEPS_PACK, chunkCount());
}

export function stepsPackPiece(chunk: i32): void {
  const t0 = chunkStep(chunk), steps = chunkSteps(chunk), b = chunkRow(chunk), rows = chunkRows(chunk);
  const panel = bytes(4 * steps * rows);
  let target = chunkPanels(chunk);
  for (let step = 0; step < steps; step++) {
    packStep(target + bytes(4 * step * rows), panel, t0 + step, b, rows);
  }
}

function packStep(target: usize, panel: usize, t: i32, b: i32, rows: i32): void {
  const units = arg(UNITS), features = arg(FEATURES), time = arg(TIME);
  let hidden = hiddenBefore(b, t), hiddenStride = isFirst(t) ? bytes(units) : bytes(time * units);
  if (arg(STEPS_HIDDEN) != 0) {
    hiddenStride = bytes(arg(STEPS_HIDDEN_ROW));
    hidden = <usize>arg(STEPS_HIDDEN) + <usize>(t * arg(BATCH) + b) * hiddenStride;
  }
  if (hidden != 0) packRows(target, panel, hidden, units, rows, 4, hiddenStride);
  for (let lane = 0; lane < units; lane += 4) {
    if (hidden == 0) memory.fill(target, 0, bytes(4 * rows));
    target += panel;
  }
  const x = <usize>arg(X) + bytes((b * time + t) * features);
  for (let lane = 0; lane <= features; lane += 4) {
    pack4(target, 16, x + bytes(lane), rows, min(4, features - lane), 4, bytes(time * features));
    if (features - lane < 4) {
      for (let row = 0; row < rows; row++) store<f32>(target + bytes(4 * row + features - lane), 1);
    }
    target += panel;
  }
}

/**
 * recurrent[units, n] = sum h^T D, kernel[features, n] = sum x^T D, bias[n] = sum D, for D [time, batch, n] with `dRow`
 * elements from row to row; a target of 0 is left out. `toRow` is the targets' row length. Needs packSteps before.
 * `spare`: (units + (features + 1), each rounded up to 4) * n floats.
 */
export function stepsProduct(
  d: usize, dRow: i32, n: i32, recurrent: usize, kernel: usize, bias: usize, toRow: i32, spare: usize,
): void {
  setArg(D, <i32>d); setArg(D_ROW, dRow); setArg(N, n); setArg(TO_RECURRENT, <i32>recurrent);
  setArg(TO_KERNEL, <i32>kernel); setArg(TO_BIAS, <i32>bias); setArg(TO_ROW, toRow); setArg(SPARE, <i32>spare);
  parallel(JOB_STEPS_PRODUCT, (n + COLUMNS - 1) / COLUMNS);
}

export function stepsProductPiece(piece: i32): void {
  const first = piece * COLUMNS, n = arg(N), columns = min(COLUMNS, n - first), features = arg(FEATURES);
  const hidden = 4 * hiddenPanels(), height = hidden + 4 * inputPanels(); // of [h | x | 1]^T D
  const from = arg(TO_RECURRENT) == 0 ? hidden : 0, to = arg(TO_KERNEL) == 0 && arg(TO_BIAS) == 0 ? hidden : height;
  const spare = scratch(), packed = spare + 128, sums = <usize>arg(SPARE) + bytes(first * height), row = bytes(columns);
  for (let chunk = 0, chunks = chunkCount(); chunk < chunks; chunk++) {
    const depth = chunkSteps(chunk) * chunkRows(chunk), panel = bytes(4 * depth), wide = bytes(8 * depth);
    packGradient(packed, wide, chunk, first, columns);
    const a = chunkPanels(chunk) + bytes(from * depth);
    panels(to - from, columns, depth, a, panel, packed, wide, sums + <usize>from * row, row, chunk > 0, spare);
  }
  passRows(arg(TO_RECURRENT), first, sums, row, arg(UNITS));
  passRows(arg(TO_KERNEL), first, sums + <usize>hidden * row, row, features);
  passRows(arg(TO_BIAS), first, sums + <usize>(hidden + features) * row, row, 1);
}

/** Copies `count` rows of `row` bytes to a target's columns from `first` on. */
function passRows(target: i32, first: i32, from: usize, row: usize, count: i32): void {
  if (target == 0) return;
  let to = <usize>target + bytes(first);
  for (; count > 0; count--) {
    memory.copy(to, from, row);
    from += row;
    to += bytes(arg(TO_ROW));
  }
}

function packGradient(target: usize, panel: usize, chunk: i32, first: i32, columns: i32): void {
  const t0 = chunkStep(chunk), steps = chunkSteps(chunk), b = chunkRow(chunk), rows = chunkRows(chunk);
  const row = bytes(arg(D_ROW));
  for (let step = 0; step < steps; step++) {
    const source = <usize>arg(D) + <usize>((t0 + step) * arg(BATCH) + b) * row + bytes(first);
    packColumns(target + bytes(8 * step * rows), panel, source, columns, rows, 4, row);
  }
}
