// Times a function and prints a line for each measurement: the first call (nothing cached), the median, and the best, which a
// busy machine disturbs least.
const REPEATS = 15;

export interface Measured {
  readonly first: number;
  readonly median: number;
  readonly best: number;
}

/** Milliseconds of `repeats` calls, one after another. */
export async function measure(work: () => unknown, repeats = REPEATS): Promise<Measured> {
  const times: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  const sorted = times.toSorted((a, b) => a - b);
  return { first: times[0] ?? 0, median: sorted[sorted.length >> 1] ?? 0, best: sorted[0] ?? 0 };
}

export async function report(
  topic: string,
  name: string,
  work: () => unknown,
  repeats?: number,
): Promise<void> {
  const columns = Object.entries(await measure(work, repeats)).map(
    ([what, ms]: [string, number]) => `${what} ${ms.toFixed(1).padStart(6)} ms`,
  );
  console.log(`${topic}  ${name.padEnd(60)} ${columns.join('  ')}`);
}
