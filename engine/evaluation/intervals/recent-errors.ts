// The last errors of one cell, in order of size: how wide they lie now.

/** Errors that are remembered: with 50 a single far one does not decide the spread between 0.05 and 0.95. */
const RECENT = 50;

export class RecentErrors {
  readonly #arrived = new Float64Array(RECENT);
  /** The first `#count` of them, rising. */
  readonly #rising = new Float64Array(RECENT);
  #count = 0;
  #oldest = 0;

  add(error: number): void {
    if (this.#count === RECENT) this.#forgetOldest();
    this.#arrived[this.#oldest] = error;
    this.#oldest = (this.#oldest + 1) % RECENT;
    let at = this.#count;
    for (; at > 0 && this.#rising[at - 1]! > error; at -= 1) this.#rising[at] = this.#rising[at - 1]!;
    this.#rising[at] = error;
    this.#count += 1;
  }

  #forgetOldest(): void {
    const at = this.#rising.indexOf(this.#arrived[this.#oldest]!);
    this.#rising.copyWithin(at, at + 1);
    this.#count -= 1;
  }

  /** From the quantile of the one level to that of the other; null while there are too few errors to say. */
  spread(low: number, high: number): number | null {
    if (this.#count < RECENT) return null;
    const at = (level: number): number =>
      this.#rising[Math.min(RECENT, Math.max(1, Math.round(level * (RECENT + 1)))) - 1]!;
    return at(high) - at(low);
  }
}
