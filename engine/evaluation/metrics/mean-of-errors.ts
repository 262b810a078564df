// The state of metrics that are a mean over cells: a compensated sum (Neumaier) and a count.
import type { MetricState } from './metric.ts';

/** `ofError`: what each cell adds to the sum. `ofMean`: the value from the mean. */
export function meanOfErrors(
  ofError: (error: number) => number,
  ofMean: (mean: number) => number = (mean) => mean,
): () => MetricState {
  return () => new MeanState(ofError, ofMean);
}

/** A class, since there is one for each step, target and metric, and every scored cell goes through it. */
class MeanState implements MetricState {
  #sum = 0;
  #lost = 0;
  #count = 0;
  readonly #ofError: (error: number) => number;
  readonly #ofMean: (mean: number) => number;

  constructor(ofError: (error: number) => number, ofMean: (mean: number) => number) {
    this.#ofError = ofError;
    this.#ofMean = ofMean;
  }

  add(forecast: number, actual: number, scale: number): void {
    this.#addTerm(this.#ofError((forecast - actual) / scale));
    this.#count += 1;
  }

  merge(other: MetricState): void {
    // States of one metric are of one class.
    const { total, count } = (other as MeanState).#content();
    this.#addTerm(total);
    this.#count += count;
  }

  value(): number {
    const { total, count } = this.#content();
    return this.#ofMean(total / count);
  }

  #addTerm(term: number): void {
    const before = this.#sum;
    const after = before + term;
    this.#lost += Math.abs(before) >= Math.abs(term) ? before - after + term : term - after + before;
    this.#sum = after;
  }

  #content(): { readonly total: number; readonly count: number } {
    // Past an infinity the compensation is NaN, the sum itself is right.
    const total = Number.isFinite(this.#sum) ? this.#sum + this.#lost : this.#sum;
    return { total, count: this.#count };
  }
}
