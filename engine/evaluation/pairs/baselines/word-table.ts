// Each token by its most probable translation, in order. Which token stands for which is learned from all pairs by IBM model 1 (Brown et al.
// 1993): a few rounds of expectation and maximisation. A token that seldom has a translation of its own is left out.
import type { LearnedPair, PairBaseline } from './pair-baseline.ts';

const ROUNDS = 6;
/** Pairs of tokens that a round reads at most: the first pairs of the training part. */
const MOST_CELLS = 20_000_000;
const YIELD_AFTER = 20_000;
/** Translations per occurrence from which a token has one. */
const HALF = 0.5;

export const wordTable: PairBaseline = {
  subject: 'word-table',
  meaning:
    'Each token by its most probable translation in the training pairs (IBM model 1), in the order of the text.',
  follows: 'fit',
  *learn({ train, cut, join }) {
    const table = yield* tableOf(firstPairs(train));
    return (source) => join(cut(source).flatMap((token) => table.get(token) ?? []));
  },
};

type Counts = Map<string, Map<string, number>>;

function firstPairs(train: readonly LearnedPair[]): readonly LearnedPair[] {
  let cells = 0;
  const last = train.findIndex(({ sourceTokens, targetTokens }) => {
    cells += sourceTokens.length * targetTokens.length;
    return cells > MOST_CELLS;
  });
  return last < 0 ? train : train.slice(0, Math.max(1, last));
}

function* tableOf(pairs: readonly LearnedPair[]): Generator<void, ReadonlyMap<string, string>, void> {
  const occurrences = new Map<string, number>();
  for (const { sourceTokens } of pairs)
    for (const token of sourceTokens) occurrences.set(token, (occurrences.get(token) ?? 0) + 1);
  let counts: Counts | null = null;
  for (let round = 0; round < ROUNDS; round++) counts = yield* roundOf(pairs, counts, occurrences);
  const table = new Map<string, string>();
  for (const [token, targets] of counts ?? []) {
    let all = 0;
    let best = '';
    let most = 0;
    for (const [target, count] of targets) {
      all += count;
      if (count > most || (count === most && target < best)) [best, most] = [target, count];
    }
    if (all >= HALF * occurrences.get(token)!) table.set(token, best);
  }
  return table;
}

/** Each token of a target is shared out among the tokens of its source, by what the round before says; at first evenly. */
function* roundOf(
  pairs: readonly LearnedPair[],
  before: Counts | null,
  occurrences: ReadonlyMap<string, number>,
): Generator<void, Counts, void> {
  const counts: Counts = new Map();
  let cells = 0;
  for (const { sourceTokens, targetTokens } of pairs) {
    for (const target of targetTokens) {
      const shares = sourceTokens.map((token) =>
        before ? (before.get(token)?.get(target) ?? 0) / occurrences.get(token)! : 1,
      );
      const sum = shares.reduce((total, share) => total + share, 0);
      if (sum === 0) continue;
      for (const [index, token] of sourceTokens.entries()) {
        const ofToken = counts.get(token) ?? new Map<string, number>();
        counts.set(token, ofToken);
        ofToken.set(target, (ofToken.get(target) ?? 0) + shares[index]! / sum);
      }
    }
    cells += sourceTokens.length * targetTokens.length;
    if (cells > YIELD_AFTER) {
      cells = 0;
      yield;
    }
  }
  return counts;
}
