// The weight gradients of a linear layer over many rows: kernel[m, n] = x^T dy, and bias[n] = sum of the rows of dy. The long sum
// is split into shards, whose number depends only on the sizes, and these into chunks whose packed panels fit the second-level
// cache; shards and then chunks are added in order. Tried: packing all of dy first, as matmul.ts does (a fifth slower, because dy
// goes to memory and back).
import { arg, parallel, scratch, setArg } from './control';
import { JOB_GRADIENT_PRODUCT } from './jobs';
import { bytes, store8 } from './lanes';
import { columnSums } from './linear';
import { packColumns, packRows } from './pack';
import { panels } from './tile';

const ROWS = 0, M = 1, N = 2, X = 3, DY = 4, KERNEL = 5, BIAS = 6, SHARDS = 7, M_BLOCKS = 8, N_BLOCKS = 9;

/** Rows of a chunk, and most columns of x and dy of a piece: their panels fill three quarters of a thread's scratch. */
const CHUNK = 256, M_MOST = 512, N_MOST = 256;

/** Fewest rows of a shard, most shards, most floats of all shards' results. */
const SHARD_ROWS = 512, MOST_SHARDS = 8, MOST_FLOATS = 524288;

/** Number of shards; `partials` of gradientProduct holds shards * (m + 1) * n floats where there are several. */
export function gradientShards(rows: i32, m: i32, n: i32): i32 {
  return max(1, min(min(rows / SHARD_ROWS, MOST_SHARDS), MOST_FLOATS / (m * n)));
}

/** x [rows, m], dy [rows, n] -> kernel [m, n], bias [n] or 0 where it is not wanted; zeros where there are no rows. */
export function gradientProduct(rows: i32, m: i32, n: i32, x: usize, dy: usize, kernel: usize, bias: usize, partials: usize): void {
  if (rows == 0) {
    memory.fill(kernel, 0, bytes(m * n));
    if (bias != 0) memory.fill(bias, 0, bytes(n));
    return;
  }
  const shards = gradientShards(rows, m, n), mBlocks = (m + M_MOST - 1) / M_MOST, nBlocks = (n + N_MOST - 1) / N_MOST;
  const sums = partials + bytes(shards * m * n);
  setArg(ROWS, rows); setArg(M, m); setArg(N, n); setArg(X, <i32>x); setArg(DY, <i32>dy);
  setArg(KERNEL, <i32>(shards > 1 ? partials : kernel)); setArg(BIAS, <i32>(shards > 1 && bias != 0 ? sums : bias));
  setArg(SHARDS, shards); setArg(M_BLOCKS, mBlocks); setArg(N_BLOCKS, nBlocks);
  parallel(JOB_GRADIENT_PRODUCT, shards * mBlocks * nBlocks);
  if (shards == 1) return;
  columnSums(shards, m * n, partials, kernel);
  if (bias != 0) columnSums(shards, n, sums, bias);
}

export function gradientProductPiece(piece: i32): void {
  const m = arg(M), n = arg(N), rows = arg(ROWS), shards = arg(SHARDS), shard = piece % shards, block = piece / shards;
  const firstM = (block / arg(N_BLOCKS)) * M_MOST, firstN = (block % arg(N_BLOCKS)) * N_MOST;
  const wide = min(M_MOST, m - firstM), broad = min(N_MOST, n - firstN);
  const first = <i32>(<i64>rows * shard / shards), end = <i32>(<i64>rows * (shard + 1) / shards);
  const kernel = <usize>arg(KERNEL) + bytes((shard * m + firstM) * n + firstN);
  const sums = arg(BIAS) == 0 || firstM > 0 ? 0 : <usize>arg(BIAS) + bytes(shard * n + firstN);
  const spare = scratch(), a = spare + 128, b = a + bytes(CHUNK * ((wide + 3) & ~3));
  if (sums != 0) memory.fill(sums, 0, bytes(broad));
  for (let row = first; row < end; row += CHUNK) {
    const depth = min(CHUNK, end - row), dy = <usize>arg(DY) + bytes(row * n + firstN);
    fetch(<usize>arg(X) + bytes(row * m + firstM), wide, depth, bytes(m));
    fetch(dy, broad, depth, bytes(n));
    packRows(a, bytes(4 * depth), <usize>arg(X) + bytes(row * m + firstM), wide, depth, 4, bytes(m));
    packColumns(b, bytes(8 * depth), dy, broad, depth, 4, bytes(n));
    if (sums != 0) addRows(sums, b, broad, depth);
    panels(wide, broad, depth, a, bytes(4 * depth), b, bytes(8 * depth), kernel, bytes(n), row > first, spare);
  }
}

/** Reads a float of every cache line, in the order of addresses that hardware foresees. */
function fetch(source: usize, columns: i32, rows: i32, row: usize): void {
  for (; rows > 0; rows--) {
    for (let at: usize = 0; at < bytes(columns); at += 64) load<f32>(source + at);
    source += row;
  }
}

/** sums[columns] += the rows of packed panels of eight columns, in order. */
function addRows(sums: usize, packed: usize, columns: i32, rows: i32): void {
  for (let j = 0; j < columns; j += 8) {
    let low = f32x4.splat(0), high = low;
    for (let left = rows; left > 0; left--) {
      low = f32x4.add(low, v128.load(packed));
      high = f32x4.add(high, v128.load(packed, 16));
      packed += 32;
    }
    const to = sums + bytes(j);
    if (columns - j >= 8) {
      store8(to, f32x4.add(v128.load(to), low), f32x4.add(v128.load(to, 16), high));
    } else addFew(to, low, high, columns - j);
  }
}

function addFew(to: usize, low: v128, high: v128, count: i32): void {
  const spare = scratch();
  store8(spare, low, high);
  for (let i: usize = 0; i < <usize>count << 2; i += 4) store<f32>(to + i, load<f32>(to + i) + load<f32>(spare + i));
}
