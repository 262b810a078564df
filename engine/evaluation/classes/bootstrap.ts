// Intervals of scores by bootstrap (Efron 1979): samples are drawn again and again, whole groups where there are groups, and the middle
// 95 % of the resulting scores are given. Seeded: the same scores have the same interval.
import { createNumbers } from '../../data/generated/random.ts';
import type { ClassMetric } from './class-metrics.ts';
import { chosenSamples, type ScoredClasses } from './scored-classes.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const SEED = 20_240_601;
const REPLICATES = 1_000;
const FEWEST_REPLICATES = 200;
/** Probabilities that are gone through in all: about two seconds. */
const MOST_WORK = 1e7;

/**
 * By metric, in their order.
 * @param groups [count] of samples that are drawn together; empty: each by itself
 */
export const intervalsOf = (
  scored: ScoredClasses,
  metrics: readonly ClassMetric[],
  groups: readonly string[],
): Interval[] =>
  intervalsFrom({
    count: scored.count,
    width: scored.classes,
    groups,
    valuesOf(rows) {
      const drawn = chosenSamples(scored, rows);
      return metrics.map((metric) => metric.value(drawn));
    },
  });

interface Drawn {
  readonly count: number;
  /** Numbers of a sample. */
  readonly width: number;
  readonly groups: readonly string[];
  /** Scores of the samples with these indices, which may come several times. */
  valuesOf(rows: readonly number[]): readonly number[];
}

/** By score, in their order. */
export function intervalsFrom({ count, width, groups, valuesOf }: Drawn): Interval[] {
  const units = [
    ...Map.groupBy(
      Array.from({ length: count }, (_, row) => row),
      (row) => groups[row] || `row ${row}`,
    ).values(),
  ];
  const replicates = Math.max(
    FEWEST_REPLICATES,
    Math.min(REPLICATES, Math.floor(MOST_WORK / Math.max(1, count * width))),
  );
  const { integer } = createNumbers(SEED);
  const drawn = Array.from({ length: replicates }, () =>
    valuesOf(Array.from(units, () => units[integer(units.length)]!).flat()),
  );
  return (drawn[0] ?? []).map((_, index) => intervalFrom(drawn.map((values) => values[index]!)));
}

function intervalFrom(values: readonly number[]): Interval {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  if (sorted.length === 0) return { low: Number.NaN, high: Number.NaN };
  return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}

/** Linear between neighbours. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}
