// What a model says of all tokens of some stretches: of each -ln of its probability. Long stretches are cut into pieces that are read side
// by side; each piece reads the tokens before it first, so that its own have a past.
import type { LanguageModel } from '../../models/language-model.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import { logSoftmax } from '../../ops/log-softmax.ts';
import { readValues } from '../../ops/values.ts';
import type { Documents, Stretch } from './documents.ts';
import { textBatch } from './text-batch.ts';
import type { WindowTokens } from './training-windows.ts';

interface Piece {
  /** Index of its first token among all tokens of the stretches. */
  readonly first: number;
  readonly row: number;
  /** Read from `start`, said from `from` to below `to`. */
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

export interface CostOptions {
  readonly model: LanguageModel;
  readonly window: number;
}

/** Tokens of a piece that a recurrent model says, beside those that it reads first. */
const LONG_PIECE = 1_024;
/** Numbers of one answer, [batch, time, tokens]. */
const MOST_CELLS = 2 ** 22;
const MOST_ROWS = 64;

/** [tokens of the stretches] in their order; each `next` does a batch. */
export function* tokenCosts(
  documents: Documents,
  stretches: readonly Stretch[],
  { model, window }: CostOptions,
  weight: WeightLookup,
): Generator<void, Float64Array, void> {
  const pieces = piecesOf(stretches, model.state.layers > 0, window);
  const costs = new Float64Array(pieces.reduce((sum, { from, to }) => sum + to - from, 0));
  const tokens = model.specs.at(-1)!.shape[0]!;
  // Alike ones together, the longest first: it decides how many fit.
  const ordered = pieces.toSorted((a, b) => b.to - b.start - (a.to - a.start) || a.first - b.first);
  for (let at = 0; at < ordered.length; ) {
    const { start, to } = ordered[at]!;
    const fitting = Math.floor(MOST_CELLS / ((to - start + 8) * tokens));
    const some = ordered.slice(at, at + Math.max(1, Math.min(MOST_ROWS, fitting)));
    costBatch(documents, some, { model, weight, costs });
    at += some.length;
    yield;
  }
  return costs;
}

function piecesOf(stretches: readonly Stretch[], hasState: boolean, window: number): Piece[] {
  // Attention sees its window alone: half of it is said, half read before.
  const said = hasState ? Math.max(LONG_PIECE, window) : Math.max(1, Math.ceil(window / 2));
  const before = hasState ? window : Math.floor(window / 2);
  const pieces: Piece[] = [];
  let first = 0;
  for (const { row, from, to } of stretches) {
    for (let at = from; at < to; at += said) {
      // What fits into one window is said as it was learned.
      const isWhole = at === from && to - from <= (hasState ? said : window);
      const end = isWhole ? to : Math.min(to, at + said);
      pieces.push({
        first,
        row,
        start: Math.max(0, isWhole && !hasState ? from - 1 : at - 1 - before),
        from: at,
        to: end,
      });
      first += end - at;
      if (isWhole) break;
    }
  }
  return pieces;
}

interface Costing {
  readonly model: LanguageModel;
  readonly weight: WeightLookup;
  readonly costs: Float64Array;
}

function costBatch(documents: Documents, pieces: readonly Piece[], { model, weight, costs }: Costing): void {
  const windows: WindowTokens[] = pieces.map(({ row, start, to }) => {
    const tokens = documents.tokensOf(row);
    return { inputs: tokens.subarray(start, to - 1), targets: tokens.subarray(start + 1, to) };
  });
  const batch = textBatch(windows);
  const [, time] = batch.x.shape;
  const logs = readValues(() =>
    logSoftmax(model.answer({ x: batch.x, mask: batch.mask }, { weight, pass: {} }).logits),
  );
  const tokens = logs.length / (pieces.length * time);
  for (const [index, { first, start, from, to }] of pieces.entries()) {
    const { targets } = windows[index]!;
    for (let at = from; at < to; at++) {
      const step = at - 1 - start;
      costs[first + at - from] = -logs[(index * time + step) * tokens + targets[step]!]!;
    }
  }
  batch.dispose();
}
