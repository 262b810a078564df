// Alternating measurements of several contestants.
import type { Peer, TrainingCase } from './cases.ts';

export interface Measured {
  readonly name: string;
  /** Median of the steps, in milliseconds. */
  readonly medianMs: number;
  readonly bestMs: number;
  readonly steps: number;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

export interface Effort {
  /** Steps before measuring, for compilers and caches. */
  readonly warmups: number;
  readonly rounds: number;
  /** A contestant whose step takes longer than this takes part in every tenth round only. */
  readonly slowMs: number;
}

/** Each round takes one step of every contestant in turn, so that the machine's load falls on all alike. */
export async function alternate(
  peers: readonly Peer[],
  what: TrainingCase,
  effort: Effort,
): Promise<Measured[]> {
  const contestants: { name: string; step: () => Promise<number>; times: number[]; slow: boolean }[] = [];
  for (const peer of peers) {
    const step = await peer.prepare(what);
    if (!step) continue;
    const first = await step();
    const slow = first > effort.slowMs;
    if (!slow) for (let count = 1; count < effort.warmups; count++) await step();
    contestants.push({ name: peer.name, step, times: [], slow });
  }
  for (let round = 0; round < effort.rounds; round++) {
    for (const contestant of contestants) {
      if (!contestant.slow || round % 10 === 0) contestant.times.push(await contestant.step());
    }
  }
  return contestants.map(({ name, times }) => ({
    name,
    medianMs: median(times),
    bestMs: Math.min(...times),
    steps: times.length,
  }));
}

/** Median time of a function in milliseconds, after some calls for the compiler. */
export function timeOf(run: () => void, rounds: number, warmups = 5): number {
  for (let count = 0; count < warmups; count++) run();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    run();
    times.push(performance.now() - start);
  }
  return median(times);
}
