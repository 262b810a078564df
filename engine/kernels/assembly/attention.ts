// Scaled dot-product attention of several heads without the matrix of weights (after Dao et al., FlashAttention, 2022): what
// is kept for the backward pass is the logarithm of every query's sum of exponentials. Scores are multiplied by log2(e) too, so
// that exponentials and logarithms are to the base 2: fewer steps for the same weights.
//
// Everything is transposed: scores are computed as [key][8 queries], one query a lane, so that softmax runs down the columns
// without a horizontal step, and the weights are at once the packed operand of the product with the values. A piece of work is
// one head of one batch entry and a chunk of its queries; queries do not depend on each other.
import { arg, argf, parallel, scratch, setArg, setArgf, threadIndex } from './control';
import { ALL, clearOthers, longestSoFar, smallLanes } from './attention-small';
import { powers } from './attention-tiles';
import { exp2Below4, exp2Rows8 } from './exponential';
import { JOB_ATTENTION_FORWARD } from './jobs';
import { bytes, store8 } from './lanes';
import { INFINITE, k, LOG2_E, log4, MINUS_INFINITE, ONE, ZERO } from './math';
import { pack4, packColumns, packRows } from './pack';
import { keep4, philox4 } from './random';
import { tiles } from './tile';

// Argument words.
export const BATCH = 0, HEADS = 1, QUERIES = 2, KEYS = 3, DIM = 4, QUERY = 5, QUERY_ROW = 6, KEY = 7, KEY_ROW = 8, VALUE = 9, VALUE_ROW = 10;
export const OUTPUT = 11, LOGS = 12, MASK = 13, CAUSAL = 14, SCALE = 15, WORK = 16, WORK_BYTES = 17;
const SEED = 18, STREAM = 19, STEP = 20, THRESHOLD = 21, FACTOR = 22, CHUNK = 23, CHUNKS = 24, WEIGHTS = 25;

/** log2(e) */
export const LOG2E: f32 = 1.44269504088896341;

/** Keys of a block: their scores, [512][8] floats, stay in the first cache. */
const BLOCK = 512;

/**
 * Describes a call. Addresses point to [batch, time, row] with `dim` floats a head, head after head; the queries' time is
 * `queries`, the others' `keys`. `mask` [batch, keys] or 0; `work` has `workBytes` bytes for every thread.
 */
export function attentionDescribe(
  batch: i32, heads: i32, queries: i32, keys: i32, dim: i32, query: usize, queryRow: i32, key: usize, keyRow: i32,
  value: usize, valueRow: i32, output: usize, logs: usize, mask: usize, causal: i32, scale: f32, work: usize, workBytes: i32,
): void {
  setArg(BATCH, batch); setArg(HEADS, heads); setArg(QUERIES, queries); setArg(KEYS, keys); setArg(DIM, dim);
  setArg(QUERY, <i32>query); setArg(QUERY_ROW, queryRow); setArg(KEY, <i32>key); setArg(KEY_ROW, keyRow);
  setArg(VALUE, <i32>value); setArg(VALUE_ROW, valueRow); setArg(OUTPUT, <i32>output); setArg(LOGS, <i32>logs);
  setArg(MASK, <i32>mask); setArg(CAUSAL, causal); setArgf(SCALE, scale); setArg(WORK, <i32>work);
  setArg(WORK_BYTES, workBytes); setArg(THRESHOLD, 0);
}

/** Drops weights whose random 24 bits are below `threshold` and multiplies the others by `factor`; after attentionDescribe. */
export function attentionDropout(seed: i32, stream: i32, step: i32, threshold: i32, factor: f32): void {
  setArg(SEED, seed); setArg(STREAM, stream); setArg(STEP, step); setArg(THRESHOLD, threshold); setArgf(FACTOR, factor);
}

/** Computes the outputs and the logarithms; `weights` [batch, heads, queries, keys] or 0. `chunk`: queries of a piece, a multiple of 8. */
export function attentionForward(chunk: i32, weights: usize): void {
  const chunks = (arg(QUERIES) + chunk - 1) / chunk;
  setArg(CHUNK, chunk); setArg(CHUNKS, chunks); setArg(WEIGHTS, <i32>weights);
  parallel(JOB_ATTENTION_FORWARD, arg(BATCH) * arg(HEADS) * chunks);
}

// @ts-ignore: decorator
@inline
export function work(): usize {
  return <usize>arg(WORK) + <usize>threadIndex() * <usize>arg(WORK_BYTES);
}

/** Address of a head's first float in a tensor [batch, time, row]. */
// @ts-ignore: decorator
@inline
export function headOf(tensor: i32, row: i32, time: i32, pair: i32): usize {
  const entry = pair / arg(HEADS), head = pair % arg(HEADS);
  return <usize>arg(tensor) + bytes(entry * time * row + head * arg(DIM));
}

/** Address of the key mask of a batch entry, or 0. */
// @ts-ignore: decorator
@inline
export function maskOf(pair: i32): usize {
  return arg(MASK) == 0 ? 0 : <usize>arg(MASK) + bytes((pair / arg(HEADS)) * arg(KEYS));
}

// @ts-ignore: decorator
@inline
export function dropped(): bool {
  return arg(THRESHOLD) != 0;
}

/** Floats of a head, rounded up to whole vectors: the depth of packed panels. */
// @ts-ignore: decorator
@inline
export function depth(): i32 {
  return (arg(DIM) + 3) & ~3;
}

/** Rows of a head as panels of four keys, [depth][4]; zeros at padding, so that its values have no influence. */
export function packAcross(target: usize, source: usize, row: i32, mask: usize): void {
  const keys = arg(KEYS), dim = arg(DIM), deep = depth();
  if (deep > dim) memory.fill(target, 0, bytes(((keys + 3) & ~3) * deep));
  packRows(target, bytes(4 * deep), source, keys, dim, bytes(row), 4);
  if (mask == 0) return;
  for (let key = 0; key < keys; key++) {
    if (load<f32>(mask + bytes(key)) != 0) continue;
    const lane = target + bytes((key >> 2) * 4 * deep + (key & 3));
    for (let i = 0; i < dim; i++) store<f32>(lane + bytes(4 * i), 0);
  }
}

/** Rows of a head as panels of four dimensions, [key][4]; zeros at padding. */
export function packAlong(target: usize, source: usize, row: i32, mask: usize): void {
  const keys = arg(KEYS), dim = arg(DIM);
  for (let i = 0; i < dim; i += 4) {
    pack4(target, 16, source + bytes(i), keys, min(4, dim - i), 4, bytes(row));
    if (mask != 0) {
      for (let key = 0; key < keys; key++) {
        if (load<f32>(mask + bytes(key)) == 0) v128.store(target + <usize>key * 16, f32x4.splat(0));
      }
    }
    target += bytes(4 * keys);
  }
}

/** Up to eight queries as a panel, [depth][8], multiplied by `factor`. */
function packQueries(target: usize, source: usize, row: i32, count: i32, factor: f32): void {
  const deep = depth();
  if (deep > arg(DIM)) memory.fill(target, 0, bytes(8 * deep));
  packColumns(target, bytes(8 * deep), source, count, arg(DIM), bytes(row), 4);
  scale(target, 2 * deep, factor);
}

/** Multiplies `vectors` times four floats by a factor. */
export function scale(target: usize, vectors: i32, factor: f32): void {
  const by = f32x4.splat(factor);
  for (; vectors >= 2; vectors -= 2) {
    store8(target, f32x4.mul(v128.load(target), by), f32x4.mul(v128.load(target, 16), by));
    target += 32;
  }
  if (vectors > 0) v128.store(target, f32x4.mul(v128.load(target), by));
}

/**
 * Reads a float of every cache line of a head's rows. Rows lie apart, so that no hardware foresees them; many reads at once wait
 * together where packing would wait for a few at a time.
 */
export function fetch(source: usize, row: i32, count: i32): void {
  const end = bytes(arg(DIM));
  for (; count > 0; count--) {
    for (let at: usize = 0; at < end; at += 64) load<f32>(source + at);
    source += bytes(row);
  }
}

/** Number of keys that the query can see, counted from the first; the last query sees the last key. */
// @ts-ignore: decorator
@inline
export function visibleKeys(query: i32): i32 {
  const keys = arg(KEYS);
  return arg(CAUSAL) == 0 ? keys : max(0, min(keys, query + 1 + keys - arg(QUERIES)));
}

/** Puts `value` into scores or weights [key][8] of keys from `first` on where the mask or the order of time hides a key; true if it did. */
function hide(scores: usize, query: i32, first: i32, count: i32, mask: usize, value: f32): bool {
  let some = false;
  if (mask != 0) {
    const never = f32x4.splat(value);
    for (let i = 0; i < count; i++) {
      if (load<f32>(mask + bytes(first + i)) != 0) continue;
      some = true;
      store8(scores + (<usize>i << 5), never, never);
    }
  }
  if (arg(CAUSAL) == 0) return some;
  for (let lane = 0; lane < 8; lane++) {
    for (let i = max(0, visibleKeys(query + lane) - first); i < count; i++) {
      some = true;
      store<f32>(scores + (<usize>i << 5) + bytes(lane), value);
    }
  }
  return some;
}

/** Factors [key][8] of dropout for eight queries and keys from `first` (a multiple of 4) on: 0 or 1 / (1 - rate). */
function keepFactors(target: usize, pair: i32, query: i32, first: i32, count: i32): void {
  const threshold = i32x4.splat(arg(THRESHOLD)), factor = f32x4.splat(argf(FACTOR));
  const a = i32x4.add(i32x4.splat(query), i32x4(0, 1, 2, 3)), b = i32x4.add(a, i32x4.splat(4));
  const step = i32x4.splat(arg(STEP)), c3 = i32x4.splat(pair), words = scratch();
  for (let i = 0; i < count; i += 4) {
    const c1 = i32x4.splat((first + i) >> 2);
    philox4(a, c1, step, c3, arg(SEED), arg(STREAM), words);
    philox4(b, c1, step, c3, arg(SEED), arg(STREAM), words + 64);
    for (let j = 0; j < 4; j++) {
      const at = target + (<usize>(i + j) << 5);
      store8(at, keep4(v128.load(words + (<usize>j << 4)), threshold, factor), keep4(v128.load(words + (<usize>j << 4), 64), threshold, factor));
    }
  }
}

/** The same factors as [query][8] for `count` queries and eight keys from `key` (a multiple of 8) on. */
export function keepRows(target: usize, pair: i32, query: i32, count: i32, key: i32): void {
  const threshold = i32x4.splat(arg(THRESHOLD)), factor = f32x4.splat(argf(FACTOR));
  const step = i32x4.splat(arg(STEP)), c3 = i32x4.splat(pair), words = scratch();
  for (let i = 0; i < count; i += 4) {
    const c0 = i32x4.add(i32x4.splat(query + i), i32x4(0, 1, 2, 3));
    for (let half: usize = 0; half < 2; half++) {
      philox4(c0, i32x4.splat((key >> 2) + <i32>half), step, c3, arg(SEED), arg(STREAM), words);
      turn(words + 64, 8, words, 16); // [key][query] -> [query][key]
      for (let j: usize = 0; j < 4; j++) {
        v128.store(target + bytes(8 * i) + (j << 5) + (half << 4), keep4(v128.load(words + 64 + (j << 5)), threshold, factor));
      }
    }
  }
}

function multiplyRows(values: usize, by: usize, count: i32): void {
  for (; count > 0; count--) {
    store8(values, f32x4.mul(v128.load(values), v128.load(by)), f32x4.mul(v128.load(values, 16), v128.load(by, 16)));
    values += 32;
    by += 32;
  }
}

/** Eight queries' results [dim][8] to their rows, multiplied by `factor` [8]; `count` queries exist. */
export function storeQueries(target: usize, row: i32, source: usize, count: i32, factor: usize): void {
  const dim = arg(DIM), a = v128.load(factor), b = v128.load(factor, 16);
  let at = source;
  for (let left = dim; left > 0; left--) {
    store8(at, f32x4.mul(v128.load(at), a), f32x4.mul(v128.load(at, 16), b));
    at += 32;
  }
  for (let i = 0; i < count; i += 4) {
    const lanes = min(4, count - i);
    if (lanes == 4) {
      for (let d = 0; d + 4 <= dim; d += 4) turn(target + bytes(i * row + d), row, source + bytes(8 * d + i), 32);
    }
    for (let lane = 0; lane < lanes; lane++) {
      for (let d = lanes == 4 ? dim & ~3 : 0; d < dim; d++) {
        store<f32>(target + bytes((i + lane) * row + d), load<f32>(source + bytes(8 * d + i + lane)));
      }
    }
  }
}

/** A block of 4 x 4 from rows `from` bytes apart to rows of `row` floats, transposed. */
// @ts-ignore: decorator
@inline
function turn(target: usize, row: i32, source: usize, from: usize): void {
  const r0 = v128.load(source), r1 = v128.load(source + from), r2 = v128.load(source + 2 * from), r3 = v128.load(source + 3 * from);
  const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const t2 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7), t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<i64>(t0, t1, 0, 2));
  v128.store(target + bytes(row), v128.shuffle<i64>(t0, t1, 1, 3));
  v128.store(target + bytes(2 * row), v128.shuffle<i64>(t2, t3, 0, 2));
  v128.store(target + bytes(3 * row), v128.shuffle<i64>(t2, t3, 1, 3));
}

// Offsets in a thread's workspace, in floats: state of eight queries, queries, results, scores, dropout, keys, values, lengths.
const MOST = 0, SHIFT = 8, TOTAL = 16, SUMS = 24, INVERSE = 32, STATE = 40;

export function attentionForwardPiece(piece: i32): void {
  const keys = arg(KEYS), dim = arg(DIM), queries = arg(QUERIES), queryRow = arg(QUERY_ROW), outputRow = arg(HEADS) * dim, deep = depth();
  const pair = piece / arg(CHUNKS), start = (piece % arg(CHUNKS)) * arg(CHUNK), end = min(queries, start + arg(CHUNK));
  const mask = maskOf(pair), state = work(), fours = (keys + 3) >> 2;
  const panel = state + bytes(STATE), results = panel + bytes(8 * deep), scores = results + bytes(8 * deep);
  const factors = scores + bytes(8 * BLOCK), across = factors + bytes(8 * BLOCK), along = across + bytes(4 * fours * deep);
  const key = headOf(KEY, arg(KEY_ROW), keys, pair), value = headOf(VALUE, arg(VALUE_ROW), keys, pair);
  fetch(key, arg(KEY_ROW), keys);
  fetch(value, arg(VALUE_ROW), keys);
  fetch(headOf(QUERY, queryRow, queries, pair) + bytes(start * queryRow), queryRow, end - start);
  packAcross(across, key, arg(KEY_ROW), mask);
  packAlong(along, value, arg(VALUE_ROW), mask);
  const longest = along + bytes(4 * keys * (deep >> 2));
  longestSoFar(longest, across, fours);
  for (let query = start; query < end; query += 8) {
    const count = min(8, end - query), source = headOf(QUERY, queryRow, queries, pair) + bytes(query * queryRow);
    const target = headOf(OUTPUT, outputRow, queries, pair) + bytes(query * outputRow), logs = <usize>arg(LOGS) + bytes(pair * queries + query);
    packQueries(panel, source, queryRow, count, argf(SCALE) * LOG2E);
    const small = smallLanes(panel, query, longest, state + bytes(SUMS)), visible = visibleKeys(query + count - 1);
    attend(small == ALL, pair, query, visible, mask, state, panel, results, scores, factors, across, along);
    finish(state);
    memory.copy(logs, state + bytes(SUMS), bytes(count));
    storeQueries(target, outputRow, results, count, state + bytes(INVERSE));
    if (small != ALL && (small & ((1 << count) - 1)) != 0) {
      // Only some queries of the panel: computed again, as they are where their neighbours are small too.
      clearOthers(panel, small);
      attend(true, pair, query, visible, mask, state, panel, results, scores, factors, across, along);
      finish(state);
      for (let lane = 0; lane < count; lane++) {
        if ((small & (1 << lane)) != 0) storeLane(target + bytes(lane * outputRow), logs + bytes(lane), state, results, lane);
      }
      if (arg(WEIGHTS) != 0) {
        packQueries(panel, source, queryRow, count, argf(SCALE) * LOG2E);
        memory.copy(state + bytes(SUMS), logs, bytes(count));
      }
    }
    if (arg(WEIGHTS) != 0) storeWeights(pair, query, count, visible, mask, state, panel, scores, across);
  }
}

/** Eight queries against the keys: sums of weighted values [depth][8] in `results`, totals and shifts in the state. */
function attend(
  small: bool, pair: i32, query: i32, visible: i32, mask: usize, state: usize, panel: usize, results: usize, scores: usize, factors: usize,
  across: usize, along: usize,
): void {
  const keys = arg(KEYS), deep = depth();
  begin(state);
  if (visible == 0) memory.fill(results, 0, bytes(8 * deep));
  for (let first = 0; first < visible; first += BLOCK) {
    const n = min(BLOCK, visible - first), from = across + bytes(first * deep);
    if (small) {
      weighSmall(state, from, panel, scores, n);
      if (hide(scores, query, first, n, mask, 0) || (n & 3) != 0) sumAgain(state, scores, n);
      addTotals(state);
    } else {
      tiles(from, bytes(4 * deep), (n + 3) >> 2, panel, deep, scores, 32, false);
      hide(scores, query, first, n, mask, -Infinity);
      weigh(state, scores, n, results, first > 0);
    }
    if (dropped()) {
      keepFactors(factors, pair, query, first, n);
      multiplyRows(scores, factors, n);
    }
    tiles(along + <usize>first * 16, bytes(4 * keys), deep >> 2, scores, n, results, 32, first > 0);
  }
}

/** Output and logarithm of one of eight queries. */
function storeLane(output: usize, log: usize, state: usize, results: usize, lane: i32): void {
  const dim = arg(DIM), factor = load<f32>(state + bytes(INVERSE + lane));
  for (let d = 0; d < dim; d++) store<f32>(output + bytes(d), load<f32>(results + bytes(8 * d + lane)) * factor);
  store<f32>(log, load<f32>(state + bytes(SUMS + lane)));
}

/** Scores of a block of keys -> 2^score, whose sums go to the state. */
// @ts-ignore: decorator
@inline
function weighSmall(state: usize, keys: usize, panel: usize, scores: usize, count: i32): void {
  memory.fill(state + bytes(SUMS), 0, 32);
  powers(keys, (count + 3) >> 2, panel, depth(), scores, state + bytes(SUMS));
}

/** The sums of weights of which some were hidden. */
function sumAgain(state: usize, weights: usize, count: i32): void {
  let a = f32x4.splat(0), b = a;
  for (; count > 0; count--) {
    a = f32x4.add(a, v128.load(weights));
    b = f32x4.add(b, v128.load(weights, 16));
    weights += 32;
  }
  store8(state + bytes(SUMS), a, b);
}

// @ts-ignore: decorator
@inline
function addTotals(state: usize): void {
  const total = state + bytes(TOTAL), sums = state + bytes(SUMS);
  store8(total, f32x4.add(v128.load(total), v128.load(sums)), f32x4.add(v128.load(total, 16), v128.load(sums, 16)));
}

function begin(state: usize): void {
  memory.fill(state + bytes(SHIFT), 0, 32);
  store8(state + bytes(MOST), k(MINUS_INFINITE), k(MINUS_INFINITE));
  store8(state + bytes(TOTAL), f32x4.splat(0), f32x4.splat(0));
}

/** Scores -> exponentials below the largest so far; what was summed under a smaller largest score is scaled down. */
function weigh(state: usize, scores: usize, count: i32, results: usize, later: bool): void {
  const oldA = v128.load(state + bytes(MOST)), oldB = v128.load(state + bytes(MOST), 16);
  let mostA = oldA, mostB = oldB, at = scores;
  for (let left = count; left > 0; left--) {
    mostA = f32x4.max(mostA, v128.load(at));
    mostB = f32x4.max(mostB, v128.load(at, 16));
    at += 32;
  }
  store8(state + bytes(MOST), mostA, mostB);
  // A query that sees nothing yet is not shifted: its exponentials are 0 then, not NaN.
  const shiftA = v128.andnot(mostA, f32x4.eq(mostA, k(MINUS_INFINITE))), shiftB = v128.andnot(mostB, f32x4.eq(mostB, k(MINUS_INFINITE)));
  store8(state + bytes(SHIFT), shiftA, shiftB);
  exp2Rows8(scores, count, state + bytes(SHIFT), state + bytes(SUMS));
  const downA = fade(oldA, shiftA), downB = fade(oldB, shiftB);
  const total = state + bytes(TOTAL), sums = state + bytes(SUMS);
  store8(
    total,
    f32x4.add(f32x4.mul(v128.load(total), downA), v128.load(sums)),
    f32x4.add(f32x4.mul(v128.load(total, 16), downB), v128.load(sums, 16)),
  );
  if (!later) return;
  for (let left = depth(); left > 0; left--) {
    store8(results, f32x4.mul(v128.load(results), downA), f32x4.mul(v128.load(results, 16), downB));
    results += 32;
  }
}

/** 2^(old - shift), 1 where nothing changed. */
// @ts-ignore: decorator
@inline
function fade(old: v128, shift: v128): v128 {
  return exp2Below4(f32x4.sub(old, shift));
}

/** 1 / total (0 for a query that sees nothing) and the logarithm log2(total) + largest (plus infinity there), at SUMS. */
function finish(state: usize): void {
  for (let half: usize = 0; half < 32; half += 16) {
    const total = v128.load(state + bytes(TOTAL) + half);
    const blind = f32x4.eq(total, k(ZERO));
    v128.store(state + bytes(INVERSE) + half, v128.andnot(f32x4.div(k(ONE), total), blind));
    const log = f32x4.add(f32x4.mul(log4(total), k(LOG2_E)), v128.load(state + bytes(SHIFT) + half));
    v128.store(state + bytes(SUMS) + half, v128.bitselect(k(INFINITE), log, blind));
  }
}

/** The weights themselves, computed again from the scores. */
function storeWeights(
  pair: i32, query: i32, count: i32, visible: i32, mask: usize, state: usize, panel: usize, scores: usize, across: usize,
): void {
  const keys = arg(KEYS), deep = depth(), logs = state + bytes(SUMS);
  const target = <usize>arg(WEIGHTS) + bytes((pair * arg(QUERIES) + query) * keys);
  memory.fill(target, 0, bytes(count * keys));
  memory.copy(state + bytes(SHIFT), logs, 32);
  for (let first = 0; first < visible; first += BLOCK) {
    const n = min(BLOCK, visible - first);
    tiles(across + bytes(first * deep), bytes(4 * deep), (n + 3) >> 2, panel, deep, scores, 32, false);
    hide(scores, query, first, n, mask, -Infinity);
    exp2Rows8(scores, n, state + bytes(SHIFT), logs);
    for (let lane = 0; lane < count; lane++) {
      const row = target + bytes(lane * keys + first);
      for (let i = 0; i < n; i++) store<f32>(row + bytes(i), load<f32>(scores + (<usize>i << 5) + bytes(lane)));
    }
  }
}
