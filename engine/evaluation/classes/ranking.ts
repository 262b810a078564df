// Scores of a ranking: does a class get higher numbers than the others?

/** Rows by falling score. */
const byScore = (scores: Float64Array): number[] =>
  Array.from(scores, (_, row) => row).sort((a, b) => scores[b]! - scores[a]! || a - b);

/** Area below the ROC curve (Mann and Whitney 1947); pairs of equal scores count half. NaN where there is only one side. */
export function rocArea(scores: Float64Array, isOfClass: (row: number) => boolean): number {
  let inside = 0;
  let outside = 0;
  let pairs = 0;
  forTies(scores, isOfClass, (hits, misses) => {
    pairs += hits * outside + (hits * misses) / 2;
    inside += hits;
    outside += misses;
  });
  // Counted from the highest score on: pairs in the wrong order.
  return inside === 0 || outside === 0 ? Number.NaN : 1 - pairs / (inside * outside);
}

/** Sum over thresholds of precision times the growth of recall. NaN where the class does not occur. */
export function averagePrecision(scores: Float64Array, isOfClass: (row: number) => boolean): number {
  let inside = 0;
  let seen = 0;
  let sum = 0;
  forTies(scores, isOfClass, (hits, misses) => {
    inside += hits;
    seen += hits + misses;
    sum += (hits * inside) / seen;
  });
  return inside === 0 ? Number.NaN : sum / inside;
}

/** Calls `visit` for each score that occurs, from the highest, with its samples in and out of the class. */
function forTies(
  scores: Float64Array,
  isOfClass: (row: number) => boolean,
  visit: (hits: number, misses: number, score: number) => void,
): void {
  const order = byScore(scores);
  for (let at = 0; at < order.length; ) {
    const score = scores[order[at]!]!;
    let hits = 0;
    let misses = 0;
    for (; at < order.length && scores[order[at]!]! === score; at++) {
      if (isOfClass(order[at]!)) hits += 1;
      else misses += 1;
    }
    visit(hits, misses, score);
  }
}
