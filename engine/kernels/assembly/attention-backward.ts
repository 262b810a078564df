// Gradient of attention (attention.ts): the weights are computed again from the scores and the kept logarithms, block by block.
// With P the weights, D the sum over a query's outputs of output times its gradient:
//   dV = P^T dO, dP = dO V^T, dS = P (dP - D), dQ = scale dS K, dK = scale dS^T Q.
// A piece of work is one head of one batch entry: blocks of 96 queries, within them blocks of 128 keys, in order. Here scores are
// [query][8 keys]: a panel of weights is then at once the packed operand of dV^T and dK^T, and only dQ reads it the other way.
// Tried: [key][8 queries] as in the forward pass, with weights and dS transposed for dV and dK (12 % slower); blocks of 64 and of 128
// queries (1 to 2 % slower).
import {
  BATCH, DIM, depth, dropped, fetch, HEADS, headOf, KEY, KEY_ROW, keepRows, KEYS, LOG2E, LOGS, maskOf, OUTPUT, QUERIES, QUERY, QUERY_ROW,
  SCALE, scale, storeQueries, VALUE, VALUE_ROW, visibleKeys, work, CAUSAL,
} from './attention';
import { blockTiles, slopeTiles, weightTiles } from './attention-tiles';
import { arg, argf, parallel, setArg } from './control';
import { JOB_ATTENTION_BACKWARD } from './jobs';
import { bytes, load4, store8, sum4 } from './lanes';
import { pack4, packColumns, packRows } from './pack';
import { tiles } from './tile';

// Argument words beside those of attention.ts.
const D_OUTPUT = 26, D_QUERY = 27, D_KEY = 28, D_VALUE = 29;

const ROWS = 96;
const PANELS = 16;
/** Floats of a panel of dS: a cache line more than its rows, or all panels would lie in the same sets of the first cache. */
const PANEL = ROWS * 8 + 16;

/** After attentionDescribe, with the outputs and logarithms of the forward pass; the gradients lie as their tensors do. */
export function attentionBackward(dOutput: usize, dQuery: usize, dKey: usize, dValue: usize): void {
  setArg(D_OUTPUT, <i32>dOutput); setArg(D_QUERY, <i32>dQuery); setArg(D_KEY, <i32>dKey); setArg(D_VALUE, <i32>dValue);
  parallel(JOB_ATTENTION_BACKWARD, arg(BATCH) * arg(HEADS));
}

// Workspace of a thread in floats: logarithms and D of a block of queries, factors; weights, dropped weights and factors of a panel
// of eight keys, [query][8]; dS of the panels of a block of keys.
const LOG = 0, DOT = ROWS, FACTOR = 2 * ROWS, WEIGHTS = FACTOR + 8, USED = WEIGHTS + 8 * ROWS, KEEP = USED + 8 * ROWS;
const D_SCORES = KEEP + 8 * ROWS, REST = D_SCORES + PANELS * PANEL;

export function attentionBackwardPiece(pair: i32): void {
  const keys = arg(KEYS), dim = arg(DIM), deep = depth(), mask = maskOf(pair), base = work();
  const dim8 = (dim + 7) & ~7, keys8 = (keys + 7) & ~7, outputRow = arg(HEADS) * dim;
  // Keys and values as panels of eight keys, keys as panels of eight dimensions; dK^T and dV^T, [panel][depth][8]; then what belongs
  // to a block of queries.
  const across = base + bytes(REST), values = across + bytes(keys8 * deep), along = values + bytes(keys8 * deep);
  const dKeys = along + bytes(keys8 * dim8), dValues = dKeys + bytes(keys8 * deep), block = dValues + bytes(keys8 * deep);
  const key = headOf(KEY, arg(KEY_ROW), keys, pair), value = headOf(VALUE, arg(VALUE_ROW), keys, pair);
  fetch(key, arg(KEY_ROW), keys);
  fetch(value, arg(VALUE_ROW), keys);
  packKeys(across, key, arg(KEY_ROW), mask);
  packKeys(values, value, arg(VALUE_ROW), mask);
  packDimensions(along, key, mask);
  memory.fill(dKeys, 0, bytes(2 * keys8 * deep));
  for (let query = 0; query < arg(QUERIES); query += ROWS) {
    queriesPiece(pair, query, base, block, across, values, along, dKeys, dValues, mask);
  }
  const factor = base + bytes(FACTOR);
  storeKeys(headOf(D_KEY, arg(KEY_ROW), keys, pair), arg(KEY_ROW), dKeys, mask, factor, argf(SCALE));
  storeKeys(headOf(D_VALUE, arg(VALUE_ROW), keys, pair), arg(VALUE_ROW), dValues, mask, factor, 1);
}

/** A block of queries against all keys. */
function queriesPiece(
  pair: i32, query: i32, base: usize, block: usize, across: usize, values: usize, along: usize, dKeys: usize, dValues: usize, mask: usize,
): void {
  const keys = arg(KEYS), dim = arg(DIM), deep = depth(), queries = arg(QUERIES), count = min(ROWS, queries - query);
  const dim8 = (dim + 7) & ~7, row = arg(QUERY_ROW), outputRow = arg(HEADS) * dim, fours = (count + 3) >> 2;
  // Queries and gradients as panels of four rows [depth][4] and of four dimensions [row][4]; dQ [dim8 / 8][row][8].
  const panels = block, dPanels = panels + bytes(ROWS * deep), rows = dPanels + bytes(ROWS * deep), dRows = rows + bytes(ROWS * deep);
  const dQueries = dRows + bytes(ROWS * deep);
  const source = headOf(QUERY, row, queries, pair) + bytes(query * row), shift = bytes(query * outputRow);
  const gradient = headOf(D_OUTPUT, outputRow, queries, pair) + shift;
  const output = headOf(OUTPUT, outputRow, queries, pair) + shift;
  fetch(source, row, count);
  fetch(gradient, outputRow, count);
  fetch(output, outputRow, count);
  packQueries(panels, rows, source, row, count);
  scale(panels, fours * deep, argf(SCALE) * LOG2E);
  packQueries(dPanels, dRows, gradient, outputRow, count);
  describeQueries(base, pair, query, count, gradient, output);
  memory.fill(dQueries, 0, bytes(ROWS * dim8));
  const visible = visibleKeys(query + count - 1);
  for (let first = 0; first < visible; first += 8 * PANELS) {
    const eights = min(PANELS, (visible - first + 7) >> 3);
    for (let panel = 0; panel < eights; panel++) {
      const key = first + 8 * panel, from = firstRow(query, key), left = fours - (from >> 2), offset = bytes(key * deep);
      const dScores = base + bytes(D_SCORES + panel * PANEL), weights = base + bytes(WEIGHTS + 8 * from), slopes = dScores + bytes(8 * from);
      memory.fill(dScores, 0, bytes(8 * from));
      weightTiles(panels + bytes(from * deep), left, across + offset, deep, weights, base + bytes(LOG + from));
      hide(weights, query + from, count - from, key, mask);
      let used = weights;
      if (dropped()) {
        used = base + bytes(USED + 8 * from);
        const keep = base + bytes(KEEP + 8 * from);
        keepRows(keep, pair, query + from, count - from, key);
        tiles(dPanels + bytes(from * deep), bytes(4 * deep), left, values + offset, deep, slopes, 32, false);
        differentiate(weights, used, slopes, keep, base + bytes(DOT + from), 4 * left);
      } else slopeTiles(dPanels + bytes(from * deep), left, values + offset, deep, slopes, weights, base + bytes(DOT + from));
      const far = bytes(4 * ROWS), start = bytes(4 * from);
      tiles(dRows + start, far, deep >> 2, used, count - from, dValues + offset, 32, query > 0);
      tiles(rows + start, far, deep >> 2, slopes, count - from, dKeys + offset, 32, query > 0);
    }
    for (let d = 0; d < dim8; d += 8) {
      blockTiles(base + bytes(D_SCORES), bytes(PANEL), eights, fours, along + bytes(d * ((keys + 7) & ~7) + 8 * first), dQueries + bytes(d * ROWS));
    }
  }
  storeDQueries(headOf(D_QUERY, row, queries, pair) + bytes(query * row), row, dQueries, count);
}

/** First of a block's rows, a multiple of 4, whose query may see the key. */
// @ts-ignore: decorator
@inline
function firstRow(query: i32, key: i32): i32 {
  return arg(CAUSAL) == 0 ? 0 : max(0, key - (arg(KEYS) - arg(QUERIES)) - query) & ~3;
}

/** Rows of a head as panels of eight keys, [depth][8]; zeros at padding and beyond the last key. */
function packKeys(target: usize, source: usize, row: i32, mask: usize): void {
  const keys = arg(KEYS), dim = arg(DIM), deep = depth();
  if (deep > dim) memory.fill(target, 0, bytes(((keys + 7) & ~7) * deep));
  packColumns(target, bytes(8 * deep), source, keys, dim, bytes(row), 4);
  if (mask == 0) return;
  for (let key = 0; key < keys; key++) {
    if (load<f32>(mask + bytes(key)) != 0) continue;
    const lane = target + bytes((key & ~7) * deep + (key & 7));
    for (let i = 0; i < dim; i++) store<f32>(lane + bytes(8 * i), 0);
  }
}

/** Keys as panels of eight dimensions, [key][8]; zeros at padding and beyond the last key. */
function packDimensions(target: usize, source: usize, mask: usize): void {
  const keys = arg(KEYS), keys8 = (keys + 7) & ~7, dim = arg(DIM);
  packColumns(target, bytes(8 * keys8), source, dim, keys, 4, bytes(arg(KEY_ROW)));
  for (let d = 0; d < dim; d += 8) {
    memory.fill(target + bytes(8 * keys), 0, bytes(8 * (keys8 - keys)));
    if (mask != 0) {
      for (let key = 0; key < keys; key++) {
        if (load<f32>(mask + bytes(key)) == 0) memory.fill(target + bytes(8 * key), 0, 32);
      }
    }
    target += bytes(8 * keys8);
  }
}

/** `count` rows as panels of four rows [depth][4], zeros beyond, and as panels of four dimensions [ROWS][4]. */
function packQueries(panels: usize, rows: usize, source: usize, row: i32, count: i32): void {
  const dim = arg(DIM), deep = depth();
  if (deep > dim) memory.fill(panels, 0, bytes(ROWS * deep));
  packRows(panels, bytes(4 * deep), source, count, dim, bytes(row), 4);
  for (let i = 0; i < dim; i += 4) pack4(rows + bytes(i * ROWS), 16, source + bytes(i), count, min(4, dim - i), 4, bytes(row));
}

/** Logarithms (infinite for lanes without a query: all their weights are 0) and D of a block of queries. */
function describeQueries(base: usize, pair: i32, query: i32, count: i32, gradient: usize, output: usize): void {
  const logs = <usize>arg(LOGS) + bytes(pair * arg(QUERIES) + query), row = bytes(arg(HEADS) * arg(DIM)), dim = arg(DIM);
  for (let i = 0; i < ((count + 3) & ~3); i++) {
    store<f32>(base + bytes(LOG + i), i < count ? load<f32>(logs + bytes(i)) : Infinity);
    let sum = f32x4.splat(0);
    if (i < count) {
      const a = gradient + <usize>i * row, b = output + <usize>i * row;
      for (let d = 0; d < dim; d += 4) sum = f32x4.add(sum, f32x4.mul(load4(a + bytes(d), dim - d), load4(b + bytes(d), dim - d)));
    }
    store<f32>(base + bytes(DOT + i), sum4(sum));
  }
}

/** Weights [row][8] of the keys from `key` on become 0 where the mask, the order of time or the end hides a key. */
function hide(weights: usize, query: i32, count: i32, key: i32, mask: usize): void {
  const exist = min(8, arg(KEYS) - key);
  for (let lane = 0; lane < 8; lane++) {
    if (lane < exist && (mask == 0 || load<f32>(mask + bytes(key + lane)) != 0)) continue;
    for (let i = 0; i < count; i++) store<f32>(weights + bytes(8 * i + lane), 0);
  }
  if (arg(CAUSAL) == 0) return;
  for (let i = 0; i < count; i++) {
    const seen = visibleKeys(query + i) - key;
    if (seen >= 8) return;
    for (let lane = max(0, seen); lane < 8; lane++) store<f32>(weights + bytes(8 * i + lane), 0);
  }
}

/** With the factors of dropout: used = P factor, dS = P (dP factor - D) written over dP; all [rows][8]. */
function differentiate(weights: usize, used: usize, slopes: usize, keep: usize, dots: usize, rows: i32): void {
  for (; rows > 0; rows--) {
    const dot = v128.load32_splat(dots);
    for (let half: usize = 0; half < 32; half += 16) {
      const p = v128.load(weights + half), factor = v128.load(keep + half);
      v128.store(used + half, f32x4.mul(p, factor));
      v128.store(slopes + half, f32x4.mul(p, f32x4.sub(f32x4.mul(v128.load(slopes + half), factor), dot)));
    }
    weights += 32; used += 32; slopes += 32; keep += 32; dots += 4;
  }
}

/** dQ [dim8 / 8][ROWS][8] to its rows, multiplied by the scale. */
function storeDQueries(target: usize, row: i32, source: usize, count: i32): void {
  const dim = arg(DIM), factor = argf(SCALE), by = f32x4.splat(factor);
  for (let first = 0; first < dim; first += 8) {
    const width = min(8, dim - first);
    for (let i = 0; i < count; i++) {
      const from = source + bytes(8 * i), to = target + bytes(i * row + first);
      let d = 0;
      for (; d + 4 <= width; d += 4) v128.store(to + bytes(d), f32x4.mul(v128.load(from + bytes(d)), by));
      for (; d < width; d++) store<f32>(to + bytes(d), load<f32>(from + bytes(d)) * factor);
    }
    source += bytes(8 * ROWS);
  }
}

/** Sums [panel][depth][8 keys] to the keys' rows, multiplied by `by`; 0 at padding. */
function storeKeys(target: usize, row: i32, source: usize, mask: usize, factor: usize, by: f32): void {
  const keys = arg(KEYS);
  store8(factor, f32x4.splat(by), f32x4.splat(by));
  for (let key = 0; key < keys; key += 8) {
    storeQueries(target + bytes(key * row), row, source + bytes(key * depth()), min(8, keys - key), factor);
  }
  if (mask == 0) return;
  for (let key = 0; key < keys; key++) {
    if (load<f32>(mask + bytes(key)) == 0) memory.fill(target + bytes(key * row), 0, bytes(arg(DIM)));
  }
}
