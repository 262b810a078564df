// C[batch, m, n] = A B with any strides (so any transpose), packed and split into blocks for the caches, with an optional bias[n]
// and activation. Phase 1 packs B once; phase 2 computes blocks of C, each on one thread. Scheme: Goto and van de Geijn, Anatomy
// of high-performance matrix multiplication, 2008.
// If the rows of A are contiguous, A is read directly: 1 to 5 % faster than packing, most for a narrow C. The exception is
// strides at which the rows alias in the first-level cache.
// A block is computed in strips of few rows over all columns, so that rows of C are written from end to end, which suits hardware
// prefetching. Going through the panels of B one by one, down all rows of the block, took 10 to 15 % longer with 64 to 136
// multiplications per float of C, and 30 % longer where C comes from memory.
import { geluInPlace } from './gelu';
import { activate } from './math';
import { arg, parallel, scratch, setArg } from './control';
import { JOB_MATMUL, JOB_MATMUL_PACK } from './jobs';
import { packColumns, packRows } from './pack';
import { panels, rowsTimes, stridesAlias } from './tile';

/** Rows of a piece, packed at a time, and depth of a block: 60 x 512 floats are 120 KiB of a thread's scratch. */
const MC = 60;
export const KC = 512;
/** Rows of a strip: two tiles of the most rows. */
const STRIP = 12;
/** Columns that one piece packs. */
const PACK_COLUMNS = 128;
/** Rows that it packs at a time. */
const PACK_ROWS = 64;

// Argument words.
const M = 0, N = 1, K = 2, A = 3, A_BATCH = 4, A_ROW = 5, A_COLUMN = 6, B = 7, B_BATCH = 8, B_ROW = 9, B_COLUMN = 10;
const C = 11, PACKED = 12, BIAS = 13, ACTIVATION = 14, ROW_BLOCKS = 15, COLUMN_BLOCKS = 16, COLUMNS = 17;
const PACK_BLOCKS = 18, C_BATCH = 19, C_ROW = 20, SLOPE = 21;
/** Number of GELU among the activations (engine/kernels/codes.ts). */
const GELU = 4;

// @ts-ignore: decorator
@inline
function bytes(elements: i32): usize {
  return <usize>elements << 2;
}

/** Bytes of one packed matrix B[k, n]. */
// @ts-ignore: decorator
@inline
function packedBytes(n: i32, k: i32): usize {
  return bytes(((n + 7) & ~7) * k);
}

/**
 * Strides in elements; a batch stride of 0 repeats the matrix. `packed` holds the packed B of every batch entry. `slope`, laid out as C,
 * takes the derivative of the activation GELU unless it is 0.
 */
export function matmul(
  batch: i32, m: i32, n: i32, k: i32, a: usize, aBatch: i32, aRow: i32, aColumn: i32, b: usize, bBatch: i32,
  bRow: i32, bColumn: i32, c: usize, cBatch: i32, cRow: i32, packed: usize, bias: usize, activation: i32, slope: usize,
): void {
  setArg(SLOPE, <i32>slope);
  setArg(M, m); setArg(N, n); setArg(K, k);
  setArg(A, <i32>a); setArg(A_BATCH, aBatch); setArg(A_ROW, aRow); setArg(A_COLUMN, aColumn);
  setArg(B, <i32>b); setArg(B_BATCH, bBatch); setArg(B_ROW, bRow); setArg(B_COLUMN, bColumn);
  setArg(C, <i32>c); setArg(C_BATCH, cBatch); setArg(C_ROW, cRow); setArg(PACKED, <i32>packed);
  setArg(BIAS, <i32>bias); setArg(ACTIVATION, activation);
  const packBlocks = (n + PACK_COLUMNS - 1) / PACK_COLUMNS;
  const rowBlocks = (m + MC - 1) / MC;
  const columns = batch * rowBlocks >= 8 ? n : PACK_COLUMNS;
  const columnBlocks = (n + columns - 1) / columns;
  setArg(PACK_BLOCKS, packBlocks); setArg(ROW_BLOCKS, rowBlocks);
  setArg(COLUMNS, columns); setArg(COLUMN_BLOCKS, columnBlocks);
  parallel(JOB_MATMUL_PACK, (bBatch == 0 ? 1 : batch) * packBlocks);
  parallel(JOB_MATMUL, batch * rowBlocks * columnBlocks);
}

export function matmulPackPiece(piece: i32): void {
  const entry = piece / arg(PACK_BLOCKS);
  const first = (piece % arg(PACK_BLOCKS)) * PACK_COLUMNS;
  const k = arg(K);
  const src = <usize>arg(B) + bytes(entry * arg(B_BATCH) + first * arg(B_COLUMN));
  const dst = <usize>arg(PACKED) + <usize>entry * packedBytes(arg(N), k) + bytes(first * k);
  const columns = min(PACK_COLUMNS, arg(N) - first);
  // In strips of rows: a walk down all of a tall matrix, four columns at a time, would touch every page again and again.
  for (let k0 = 0; k0 < k; k0 += PACK_ROWS) {
    const from = src + bytes(k0 * arg(B_ROW)), to = dst + bytes(8 * k0);
    packColumns(to, bytes(8 * k), from, columns, min(PACK_ROWS, k - k0), bytes(arg(B_COLUMN)), bytes(arg(B_ROW)));
  }
}

export function matmulPiece(piece: i32): void {
  const m = arg(M), n = arg(N), k = arg(K);
  const columnBlock = piece % arg(COLUMN_BLOCKS);
  const rest = piece / arg(COLUMN_BLOCKS);
  const firstRow = (rest % arg(ROW_BLOCKS)) * MC;
  const entry = rest / arg(ROW_BLOCKS);
  const firstColumn = columnBlock * arg(COLUMNS);
  const rows = min(MC, m - firstRow), columns = min(arg(COLUMNS), n - firstColumn);
  const a = <usize>arg(A) + bytes(entry * arg(A_BATCH) + firstRow * arg(A_ROW));
  const b = <usize>arg(PACKED) + (arg(B_BATCH) == 0 ? 0 : <usize>entry * packedBytes(n, k)) + bytes(firstColumn * k);
  const c = <usize>arg(C) + bytes(entry * arg(C_BATCH) + firstRow * arg(C_ROW) + firstColumn);
  const spare = scratch(), block = spare + 128;
  const bias = arg(BIAS) == 0 ? 0 : <usize>arg(BIAS) + bytes(firstColumn), ldc = bytes(arg(C_ROW));
  const lda = bytes(arg(A_ROW)), inRows = arg(A_COLUMN) == 1, inPlace = inRows && !stridesAlias(lda);
  for (let k0 = 0; k0 < k || k0 == 0; k0 += KC) {
    const depth = min(KC, k - k0), deep = bytes(4 * depth), panel = b + bytes(8 * k0);
    const from = a + bytes(k0 * arg(A_COLUMN)), addend = k0 + KC < k ? 0 : bias;
    if (!inPlace) {
      if (inRows) fetch(from, bytes(depth), rows, lda);
      packRows(block, deep, from, rows, depth, lda, bytes(arg(A_COLUMN)));
    }
    for (let row = 0; row < rows; row += STRIP) {
      const some = min(STRIP, rows - row), strip = from + <usize>row * lda, to = c + <usize>row * ldc;
      if (inPlace) {
        fetch(strip, bytes(depth), some, lda);
        rowsTimes(some, columns, depth, strip, lda, panel, bytes(8 * k), to, ldc, k0 > 0, spare, addend);
      } else panels(some, columns, depth, block + <usize>(row >> 2) * deep, deep, panel, bytes(8 * k), to, ldc, k0 > 0, spare, addend);
    }
  }
  if (arg(ACTIVATION) == 0) return;
  const slope = arg(SLOPE) == 0 ? 0 : <usize>arg(SLOPE) + (c - <usize>arg(C));
  for (let i = 0; i < rows; i++) {
    const down = bytes(i * arg(C_ROW));
    if (arg(ACTIVATION) == GELU) geluInPlace(c + down, slope == 0 ? 0 : slope + down, columns);
    else epilogue(c + down, columns, arg(ACTIVATION));
  }
}

/** Reads a float of every cache line of rows, so that many wait for memory together. */
function fetch(source: usize, width: usize, rows: i32, row: usize): void {
  for (; rows > 0; rows--) {
    for (let at: usize = 0; at < width; at += 64) load<f32>(source + at);
    source += row;
  }
}

function epilogue(c: usize, n: i32, activation: i32): void {
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    v128.store(c, activate(activation, v128.load(c)));
    c += 16;
  }
  for (; j < n; j++) {
    store<f32>(c, f32x4.extract_lane(activate(activation, f32x4.splat(load<f32>(c))), 0));
    c += 4;
  }
}
