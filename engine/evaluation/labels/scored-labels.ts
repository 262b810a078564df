// What is scored of a model that gives labels: which labels each sample has, and the probability of each.

export interface ScoredLabels {
  readonly count: number;
  readonly labels: number;
  /** [labels] a label is said where its probability is at least this. */
  readonly thresholds: ArrayLike<number>;
  /** [count, labels] 1 where the sample has the label, else 0. */
  readonly truth: Float64Array;
  /** [count, labels] */
  readonly probabilities: Float64Array;
}

/** Of one label over all samples. */
export interface LabelFigures {
  /** Samples that have it; of these those that are said to, and of the others those that are. */
  readonly samples: number;
  readonly hits: number;
  readonly falseAlarms: number;
  /** NaN where it was never said, or never true. */
  readonly precision: number;
  readonly recall: number;
  /** 0 where it is absent from truth and answers. */
  readonly f1: number;
}

export function labelFigures(scored: ScoredLabels): LabelFigures[] {
  return Array.from({ length: scored.labels }, (_, label) => figuresOf(scored, label));
}

function figuresOf(
  { count, labels, thresholds, truth, probabilities }: ScoredLabels,
  label: number,
): LabelFigures {
  let samples = 0;
  let hits = 0;
  let falseAlarms = 0;
  for (let at = label; at < count * labels; at += labels) {
    const isSaid = probabilities[at]! >= thresholds[label]!;
    if (truth[at] === 1) {
      samples += 1;
      if (isSaid) hits += 1;
    } else if (isSaid) falseAlarms += 1;
  }
  return {
    samples,
    hits,
    falseAlarms,
    precision: hits / (hits + falseAlarms),
    recall: hits / samples,
    f1: f1Of({ samples, hits, falseAlarms }),
  };
}

/** 0 where there is nothing to find and nothing was said. */
export function f1Of({
  samples,
  hits,
  falseAlarms,
}: Pick<LabelFigures, 'samples' | 'hits' | 'falseAlarms'>): number {
  const both = samples + hits + falseAlarms;
  return both === 0 ? 0 : (2 * hits) / both;
}

/** The samples with these indices, which may come several times. */
export function chosenLabels(all: ScoredLabels, rows: ArrayLike<number>): ScoredLabels {
  const { labels } = all;
  const truth = new Float64Array(rows.length * labels);
  const probabilities = new Float64Array(rows.length * labels);
  for (let index = 0; index < rows.length; index++) {
    const from = rows[index]! * labels;
    truth.set(all.truth.subarray(from, from + labels), index * labels);
    probabilities.set(all.probabilities.subarray(from, from + labels), index * labels);
  }
  return { ...all, count: rows.length, truth, probabilities };
}

const EVEN = 0.5;

/**
 * Of each label the probability that gives its best F1 on these samples, half-way between two neighbouring ones; of equally good ones the
 * nearest to 0.5, which is also that of a label that none or all of them have.
 */
export function bestThresholds({ count, labels, truth, probabilities }: ScoredLabels): number[] {
  return Array.from({ length: labels }, (_, label) => {
    const p = (row: number) => probabilities[row * labels + label]!;
    const rows = Array.from({ length: count }, (_one, row) => row).toSorted((a, b) => p(b) - p(a));
    const samples = rows.filter((row) => truth[row * labels + label] === 1).length;
    if (samples === 0 || samples === count) return EVEN;
    let [best, threshold, hits] = [-1, EVEN, 0];
    for (const [taken, row] of rows.entries()) {
      if (truth[row * labels + label] === 1) hits += 1;
      const [above, below] = [p(row), taken + 1 === count ? 0 : p(rows[taken + 1]!)];
      if (above === below) continue;
      const value = f1Of({ samples, hits, falseAlarms: taken + 1 - hits });
      const between = below < EVEN && EVEN <= above ? EVEN : (above + below) / 2;
      const isNearer = Math.abs(between - EVEN) < Math.abs(threshold - EVEN);
      if (value > best || (value === best && isNearer)) [best, threshold] = [value, between];
    }
    return threshold;
  });
}
