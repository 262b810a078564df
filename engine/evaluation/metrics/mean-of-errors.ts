// The states of metrics that are a mean over cells.
import { CompensatedSum } from './compensated-sum.ts';
import type { MetricState, ScoredCell } from './metric.ts';

const itself = (mean: number): number => mean;

/** `ofError`: what each cell adds to the sum, by its error in the unit of the scores. `ofMean`: the value from the mean. */
export function meanOfErrors(
  ofError: (error: number) => number,
  ofMean: (mean: number) => number = itself,
): () => MetricState {
  return () => new MeanState(ofError, ofMean);
}

/** Classes, since there is a state for each step, target and metric, and every scored cell goes through it. */
class MeanState implements MetricState {
  readonly #sum = new CompensatedSum();
  #count = 0;
  readonly #ofError: (error: number) => number;
  readonly #ofMean: (mean: number) => number;

  constructor(ofError: (error: number) => number, ofMean: (mean: number) => number) {
    this.#ofError = ofError;
    this.#ofMean = ofMean;
  }

  add(forecast: number, actual: number, scale: number): void {
    this.#sum.add(this.#ofError((forecast - actual) / scale));
    this.#count += 1;
  }

  merge(other: MetricState): void {
    // States of one metric are of one class.
    const { total, count } = (other as MeanState).#content();
    this.#sum.add(total);
    this.#count += count;
  }

  value(): number {
    const { total, count } = this.#content();
    return this.#ofMean(total / count);
  }

  #content(): { readonly total: number; readonly count: number } {
    return { total: this.#sum.total(), count: this.#count };
  }
}

/** What a cell adds to the two sums of a ratio. `scale` is what one unit of the scores is in original units. */
export type TermsOfCell = (
  forecast: number,
  actual: number,
  cell: ScoredCell,
  scale: number,
) => readonly [number, number];

/** The sum of the first terms over the sum of the second ones; a mean where each second term is 1. Values in original units. */
export function ratioOfSums(
  termsOf: TermsOfCell,
  ofRatio: (ratio: number) => number = itself,
): () => MetricState {
  return () => new RatioState(termsOf, ofRatio);
}

class RatioState implements MetricState {
  readonly #above = new CompensatedSum();
  readonly #below = new CompensatedSum();
  readonly #termsOf: TermsOfCell;
  readonly #ofRatio: (ratio: number) => number;

  constructor(termsOf: TermsOfCell, ofRatio: (ratio: number) => number) {
    this.#termsOf = termsOf;
    this.#ofRatio = ofRatio;
  }

  add(forecast: number, actual: number, scale: number, cell: ScoredCell): void {
    const [above, below] = this.#termsOf(forecast, actual, cell, scale);
    this.#above.add(above);
    this.#below.add(below);
  }

  merge(other: MetricState): void {
    const { above, below } = (other as RatioState).#content();
    this.#above.add(above);
    this.#below.add(below);
  }

  value(): number {
    const { above, below } = this.#content();
    return this.#ofRatio(above / below);
  }

  #content(): { readonly above: number; readonly below: number } {
    return { above: this.#above.total(), below: this.#below.total() };
  }
}
