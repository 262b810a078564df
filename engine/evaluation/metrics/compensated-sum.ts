// A running sum that does not lose small addends (Neumaier's variant of Kahan's). The order of the additions decides the last bit.

export class CompensatedSum {
  #sum = 0;
  #lost = 0;

  add(term: number): void {
    const before = this.#sum;
    const after = before + term;
    this.#lost += Math.abs(before) >= Math.abs(term) ? before - after + term : term - after + before;
    this.#sum = after;
  }

  /** An infinite or NaN addend shows in it. */
  total(): number {
    // Past an infinity the compensation is NaN, the sum itself is right.
    return Number.isFinite(this.#sum) ? this.#sum + this.#lost : this.#sum;
  }
}
