// The probability from which on the positive of two classes is said, so that macro-F1 is best: chosen on validation, never on the test part.
import type { ScoredClasses } from './scored-classes.ts';

const EVEN = 0.5;

/**
 * Half-way between two neighbouring probabilities; of equally good ones the nearest to 0.5. Undefined where there are not two classes, or the
 * samples have only one of them.
 */
export function bestThreshold({
  count,
  classes,
  positive,
  truth,
  probabilities,
}: ScoredClasses): number | undefined {
  if (classes !== 2) return undefined;
  const p = (row: number) => probabilities[2 * row + positive]!;
  const rows = Array.from({ length: count }, (_, row) => row).toSorted((a, b) => p(b) - p(a));
  const own = rows.filter((row) => truth[row] === positive).length;
  if (own === 0 || own === count) return undefined;
  let [best, threshold] = [-1, EVEN];
  for (let [taken, hits] = [0, 0]; taken <= count; taken++) {
    if (taken > 0 && truth[rows[taken - 1]!] === positive) hits += 1;
    const [above, below] = [taken === 0 ? 1 : p(rows[taken - 1]!), taken === count ? 0 : p(rows[taken]!)];
    if (above === below) continue;
    const value = macroF1({ count, own, taken, hits });
    const between = below < EVEN && EVEN < above ? EVEN : (above + below) / 2;
    const isNearer = Math.abs(between - EVEN) < Math.abs(threshold - EVEN);
    if (value > best || (value === best && isNearer)) [best, threshold] = [value, between];
  }
  return threshold;
}

interface Taken {
  readonly count: number;
  /** Samples of the positive class. */
  readonly own: number;
  /** Samples of which the positive class is said, and how many of them are of it. */
  readonly taken: number;
  readonly hits: number;
}

function macroF1({ count, own, taken, hits }: Taken): number {
  const others = count - own - (taken - hits);
  return hits / (own + taken) + others / (2 * count - own - taken);
}
