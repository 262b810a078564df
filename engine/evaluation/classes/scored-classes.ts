// What is scored of a classifier: the true class of each sample and the probabilities of all classes.

export interface ScoredClasses {
  readonly count: number;
  readonly classes: number;
  /** Index of the class that counts as positive where there are two. */
  readonly positive: number;
  /** Of two classes: the positive one is said where its probability is at least this. Absent: the most probable class is said. */
  readonly threshold?: number | undefined;
  /** [count] */
  readonly truth: Int32Array;
  /** [count, classes]; a row sums to 1. */
  readonly probabilities: Float64Array;
}

/** [count] what is said of each sample: by the threshold where there is one, else the most probable class. */
export function saidBy(scored: Omit<ScoredClasses, 'truth'>): Int32Array {
  const { count, classes, positive, threshold, probabilities } = scored;
  if (threshold === undefined || classes !== 2) return mostProbable(scored);
  return Int32Array.from({ length: count }, (_, row) =>
    probabilities[2 * row + positive]! >= threshold ? positive : 1 - positive,
  );
}

/** [count] the most probable class of each sample; of equal ones the first. */
export function mostProbable({
  count,
  classes,
  probabilities,
}: Pick<ScoredClasses, 'count' | 'classes' | 'probabilities'>): Int32Array {
  const said = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    let best = 0;
    for (let one = 1; one < classes; one++)
      if (probabilities[row * classes + one]! > probabilities[row * classes + best]!) best = one;
    said[row] = best;
  }
  return said;
}

/** [classes, classes] samples by their true class, then by the class that was said. */
export function confusionOf({ count, classes, truth }: ScoredClasses, said: Int32Array): Float64Array {
  const cells = new Float64Array(classes * classes);
  for (let row = 0; row < count; row++) cells[truth[row]! * classes + said[row]!]! += 1;
  return cells;
}

export interface ClassFigures {
  /** NaN where the class was never said, or never true. */
  readonly precision: number;
  readonly recall: number;
  /** 0 where the class is absent from truth and answers. */
  readonly f1: number;
  readonly samples: number;
}

/** Of each class. */
export function figuresOf(confusion: Float64Array, classes: number): ClassFigures[] {
  return Array.from({ length: classes }, (_, one) => {
    const hits = confusion[one * classes + one]!;
    let samples = 0;
    let said = 0;
    for (let other = 0; other < classes; other++) {
      samples += confusion[one * classes + other]!;
      said += confusion[other * classes + one]!;
    }
    const both = samples + said;
    return {
      precision: hits / said,
      recall: hits / samples,
      f1: both === 0 ? 0 : (2 * hits) / both,
      samples,
    };
  });
}

/** The samples with these indices, which may come several times. */
export function chosenSamples(all: ScoredClasses, rows: ArrayLike<number>): ScoredClasses {
  const { classes, positive, threshold } = all;
  const truth = new Int32Array(rows.length);
  const probabilities = new Float64Array(rows.length * classes);
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!;
    truth[index] = all.truth[row]!;
    for (let one = 0; one < classes; one++)
      probabilities[index * classes + one] = all.probabilities[row * classes + one]!;
  }
  return { count: rows.length, classes, positive, threshold, truth, probabilities };
}
