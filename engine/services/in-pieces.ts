// Long work on the host's thread, a few milliseconds at a time: calls and messages are answered between.

const MOST_AT_ONCE_MS = 8;

/** Calls `some` until it finds nothing more to do. A call should take a few milliseconds at most. */
export const untilDone = (some: () => boolean): Promise<void> => inPieces(turnsOf(some));

function* turnsOf(some: () => boolean): Generator<void, void> {
  while (some()) yield;
}

/** Steps through `work` to its end. A step should take a few milliseconds at most. */
export async function inPieces(work: Iterator<unknown, unknown>): Promise<void> {
  let startedAt = performance.now();
  while (!work.next().done) {
    if (performance.now() - startedAt < MOST_AT_ONCE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    startedAt = performance.now();
  }
}
