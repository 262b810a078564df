// Work in steps, done in one go where nothing else has to have its turn in between.

/** The result of a generator, run to its end. */
export function finished<Result>(work: Generator<void, Result, void>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
