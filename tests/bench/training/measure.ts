// Alternating measurements of several contestants.
import { setTimeout } from 'node:timers/promises';
import type { Burst, Peer, TrainingCase } from './cases.ts';

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

/** Pause between contestants: OpenMP's threads go on spinning for some milliseconds after their step. */
const PAUSE_MS = 5;

/** A contestant that has taken this long in a case has no further turns in it: on a busy machine OpenMP's barriers take seconds. */
const BUDGET_MS = 8000;

export interface Effort {
  /** Steps before measuring, for compilers and caches. */
  readonly warmups: number;
  readonly rounds: number;
}

/** Steps of a contestant's turn; the first is not counted, because another's data and code fill the caches then. */
const BURST_STEPS = 5;

/** Times each step of a function. */
export function burstOf(step: () => unknown): Burst {
  return async (steps) => {
    const times: number[] = [];
    for (let count = 0; count < steps; count++) {
      const start = performance.now();
      await step();
      times.push(performance.now() - start);
    }
    return times;
  };
}

/** Each round gives every contestant its turn, so that the machine's load falls on all alike. */
export async function alternate(
  peers: readonly Peer[],
  what: TrainingCase,
  effort: Effort,
): Promise<Measured[]> {
  const contestants: { name: string; burst: Burst; times: number[]; slow: boolean }[] = [];
  for (const peer of peers) {
    const burst = await peer.prepare(what);
    if (!burst) continue;
    const slow = peer.slow ?? false;
    await burst(slow ? 1 : effort.warmups);
    contestants.push({ name: peer.name, burst, times: [], slow });
  }
  for (let round = 0; round < effort.rounds; round++) {
    for (const { burst, times, slow } of contestants) {
      const spent = times.reduce((sum, time) => sum + time, 0);
      if ((slow && round % 10 !== 0) || spent > BUDGET_MS) continue;
      await setTimeout(PAUSE_MS);
      times.push(...(slow ? await burst(1) : (await burst(BURST_STEPS)).slice(1)));
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
