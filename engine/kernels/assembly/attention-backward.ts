// Gradient of attention (attention.ts): the weights are computed again from the scores and the kept logarithms, block by block.
// With P the weights, D the sum over a query's outputs of output times its gradient:
//   dV = P^T dO, dP = dO V^T, dS = P (dP - D), dQ = scale dS K, dK = scale dS^T Q.
// A piece of work is one head of one batch entry, blocks of 64 queries by blocks of 128 keys, in order.
import {
  DIM, dropped, HEADS, headOf, hide, KEY, KEY_ROW, keepFactors, KEYS, LOG2E, LOGS, maskOf, OUTPUT, packAcross, packAlong,
  packQueries, QUERIES, QUERY, QUERY_ROW, SCALE, storeQueries, VALUE, VALUE_ROW, visibleKeys, work, BATCH,
} from './attention';
import { arg, argf, parallel, setArg } from './control';
import { exp2Below4 } from './exponential';
import { JOB_ATTENTION_BACKWARD } from './jobs';
import { bytes, load4, sum4 } from './lanes';
import { packColumns } from './pack';
import { tiles } from './tile';

// Argument words beside those of attention.ts.
const D_OUTPUT = 26, D_QUERY = 27, D_KEY = 28, D_VALUE = 29;

const ROWS = 64;
const BLOCK = 128;

/** After attentionDescribe, with the outputs and logarithms of the forward pass; the gradients lie as their tensors do. */
export function attentionBackward(dOutput: usize, dQuery: usize, dKey: usize, dValue: usize): void {
  setArg(D_OUTPUT, <i32>dOutput); setArg(D_QUERY, <i32>dQuery); setArg(D_KEY, <i32>dKey); setArg(D_VALUE, <i32>dValue);
  parallel(JOB_ATTENTION_BACKWARD, arg(BATCH) * arg(HEADS));
}

// Workspace of a thread in floats: logarithms and D of 64 queries, factor; scores, dP, dropout of a panel; P and dS turned round.
const LOG = 0, DOT = ROWS, FACTOR = 2 * ROWS, PANELS = FACTOR + 8;
const SCORES = PANELS, D_WEIGHTS = SCORES + 8 * BLOCK, KEEP = D_WEIGHTS + 8 * BLOCK, TURNED = KEEP + 8 * BLOCK;
const D_TURNED = TURNED + ROWS * BLOCK, REST = D_TURNED + ROWS * BLOCK;

export function attentionBackwardPiece(pair: i32): void {
  const keys = arg(KEYS), dim = arg(DIM), queries = arg(QUERIES), mask = maskOf(pair), base = work();
  const dim4 = (dim + 3) & ~3, dim8 = (dim + 7) & ~7, keys4 = (keys + 3) & ~3, row = arg(QUERY_ROW), outputRow = arg(HEADS) * dim;
  // Keys and values in their packed forms, sums of their gradients [keys][dim8], then what belongs to 64 queries.
  const across = base + bytes(REST), along = across + bytes(keys4 * dim), values = along + bytes(dim4 * keys);
  const dKeys = values + bytes(keys4 * dim), dValues = dKeys + bytes(keys4 * dim8), panels = dValues + bytes(keys4 * dim8);
  const dPanels = panels + bytes(ROWS * dim), rows = dPanels + bytes(ROWS * dim), dRows = rows + bytes(ROWS * dim8);
  const dQueries = dRows + bytes(ROWS * dim8);
  packAcross(across, headOf(KEY, arg(KEY_ROW), keys, pair), arg(KEY_ROW), mask);
  packAlong(along, headOf(KEY, arg(KEY_ROW), keys, pair), arg(KEY_ROW), mask);
  packAcross(values, headOf(VALUE, arg(VALUE_ROW), keys, pair), arg(VALUE_ROW), mask);
  memory.fill(dKeys, 0, bytes(2 * keys4 * dim8));
  for (let query = 0; query < queries; query += ROWS) {
    const count = min(ROWS, queries - query);
    const source = headOf(QUERY, row, queries, pair) + bytes(query * row);
    const gradient = headOf(D_OUTPUT, outputRow, queries, pair) + bytes(query * outputRow);
    packQueries(panels, source, row, count, argf(SCALE) * LOG2E);
    packQueries(dPanels, gradient, outputRow, count, 1);
    packColumns(rows, bytes(8 * count), source, dim, count, 4, bytes(row));
    packColumns(dRows, bytes(8 * count), gradient, dim, count, 4, bytes(outputRow));
    describeQueries(base, pair, query, count, gradient, headOf(OUTPUT, outputRow, queries, pair) + bytes(query * outputRow));
    memory.fill(dQueries, 0, bytes(ROWS * dim4));
    const visible = visibleKeys(query + count - 1);
    for (let first = 0; first < visible; first += BLOCK) {
      const n = min(BLOCK, visible - first), fours = (n + 3) >> 2;
      for (let i = 0; i < count; i += 8) {
        const scores = base + bytes(SCORES), dWeights = base + bytes(D_WEIGHTS);
        tiles(across + bytes(first * dim), bytes(4 * dim), fours, panels + bytes(i * dim), dim, scores, 32, false);
        tiles(values + bytes(first * dim), bytes(4 * dim), fours, dPanels + bytes(i * dim), dim, dWeights, 32, false);
        hide(scores, query + i, first, n, mask);
        if (dropped()) keepFactors(base + bytes(KEEP), pair, query + i, first, n);
        differentiate(base, i, fours);
        tiles(along + <usize>first * 16, bytes(4 * keys), dim4 >> 2, dWeights, n, dQueries + bytes(i * dim4), 32, true);
      }
      for (let d = 0; d < dim8; d += 8) {
        const at = bytes(first * dim8 + d);
        tiles(base + bytes(TURNED), bytes(4 * ROWS), fours, dRows + bytes(d * count), count, dValues + at, bytes(dim8), true);
        tiles(base + bytes(D_TURNED), bytes(4 * ROWS), fours, rows + bytes(d * count), count, dKeys + at, bytes(dim8), true);
      }
    }
    const factor = base + bytes(FACTOR), scale = f32x4.splat(argf(SCALE));
    v128.store(factor, scale);
    v128.store(factor, scale, 16);
    for (let i = 0; i < count; i += 8) {
      const target = headOf(D_QUERY, row, queries, pair) + bytes((query + i) * row);
      storeQueries(target, row, dQueries + bytes(i * dim4), min(8, count - i), factor);
    }
  }
  storeRows(headOf(D_KEY, arg(KEY_ROW), keys, pair), arg(KEY_ROW), dKeys, dim8, mask, argf(SCALE));
  storeRows(headOf(D_VALUE, arg(VALUE_ROW), keys, pair), arg(VALUE_ROW), dValues, dim8, mask, 1);
}

/** Logarithms (infinite for lanes without a query: all their weights are 0) and D of up to 64 queries. */
function describeQueries(base: usize, pair: i32, query: i32, count: i32, gradient: usize, output: usize): void {
  const logs = <usize>arg(LOGS) + bytes(pair * arg(QUERIES) + query), row = bytes(arg(HEADS) * arg(DIM)), dim = arg(DIM);
  for (let i = 0; i < ROWS; i++) {
    store<f32>(base + bytes(LOG + i), i < count ? load<f32>(logs + bytes(i)) : Infinity);
    let sum = f32x4.splat(0);
    if (i < count) {
      const a = gradient + <usize>i * row, b = output + <usize>i * row;
      for (let d = 0; d < dim; d += 4) sum = f32x4.add(sum, f32x4.mul(load4(a + bytes(d), dim - d), load4(b + bytes(d), dim - d)));
    }
    store<f32>(base + bytes(DOT + i), sum4(sum));
  }
}

/** Scores and dP [key][8] of the queries from `lane` on -> dS in dP's place, and P and dS as panels of four keys, [query][4]. */
function differentiate(base: usize, lane: i32, fours: i32): void {
  let at = base + bytes(SCORES), to = base + bytes(TURNED + 4 * lane), keep = base + bytes(KEEP);
  const gap = bytes(D_WEIGHTS - SCORES), wide = bytes(D_TURNED - TURNED), drop = dropped();
  for (; fours > 0; fours--) {
    for (let half: usize = 0; half < 2; half++) {
      const log = v128.load(base + bytes(LOG + lane) + half * 16), dot = v128.load(base + bytes(DOT + lane) + half * 16);
      const from = at + half * 16, place = to + half * 64;
      let p0 = exp2Below4(f32x4.sub(v128.load(from), log)), p1 = exp2Below4(f32x4.sub(v128.load(from, 32), log));
      let p2 = exp2Below4(f32x4.sub(v128.load(from, 64), log)), p3 = exp2Below4(f32x4.sub(v128.load(from, 96), log));
      let d0 = v128.load(from + gap), d1 = v128.load(from + gap, 32), d2 = v128.load(from + gap, 64), d3 = v128.load(from + gap, 96);
      let w0 = p0, w1 = p1, w2 = p2, w3 = p3;
      if (drop) {
        const factors = keep + half * 16;
        const f0 = v128.load(factors), f1 = v128.load(factors, 32), f2 = v128.load(factors, 64), f3 = v128.load(factors, 96);
        d0 = f32x4.mul(d0, f0); d1 = f32x4.mul(d1, f1); d2 = f32x4.mul(d2, f2); d3 = f32x4.mul(d3, f3);
        w0 = f32x4.mul(w0, f0); w1 = f32x4.mul(w1, f1); w2 = f32x4.mul(w2, f2); w3 = f32x4.mul(w3, f3);
      }
      d0 = f32x4.mul(p0, f32x4.sub(d0, dot)); d1 = f32x4.mul(p1, f32x4.sub(d1, dot));
      d2 = f32x4.mul(p2, f32x4.sub(d2, dot)); d3 = f32x4.mul(p3, f32x4.sub(d3, dot));
      v128.store(from + gap, d0); v128.store(from + gap, d1, 32); v128.store(from + gap, d2, 64); v128.store(from + gap, d3, 96);
      turn4(place, w0, w1, w2, w3);
      turn4(place + wide, d0, d1, d2, d3);
    }
    at += 128;
    keep += 128;
    to += bytes(4 * ROWS);
  }
}

// @ts-ignore: decorator
@inline
function turn4(to: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
  const t0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const t2 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7), t3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(t0, t1, 0, 2));
  v128.store(to, v128.shuffle<i64>(t0, t1, 1, 3), 16);
  v128.store(to, v128.shuffle<i64>(t2, t3, 0, 2), 32);
  v128.store(to, v128.shuffle<i64>(t2, t3, 1, 3), 48);
}

/** Sums [keys][dim8] to their rows, multiplied by `factor`; 0 at padding. */
function storeRows(target: usize, row: i32, source: usize, dim8: i32, mask: usize, factor: f32): void {
  const dim = arg(DIM), by = f32x4.splat(factor);
  for (let key = 0; key < arg(KEYS); key++) {
    if (mask != 0 && load<f32>(mask + bytes(key)) == 0) memory.fill(target, 0, bytes(dim));
    else {
      let d = 0;
      for (; d + 4 <= dim; d += 4) v128.store(target + bytes(d), f32x4.mul(v128.load(source + bytes(d)), by));
      for (; d < dim; d++) store<f32>(target + bytes(d), load<f32>(source + bytes(d)) * factor);
    }
    target += bytes(row);
    source += bytes(dim8);
  }
}
