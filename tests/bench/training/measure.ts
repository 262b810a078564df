// Measures several contestants alternately.
import { setTimeout } from 'node:timers/promises';
import type { Burst, Peer, TrainingCase } from './cases.ts';

export interface Measured {
  readonly name: string;
  /** Median of the steps, in milliseconds. */
  readonly medianMs: number;
  /** What the fastest twentieth of the steps stay below: the minimum would favour a contestant that takes more steps. */
  readonly bestMs: number;
  readonly steps: number;
}

/** The number below which a share of all numbers lies. */
function quantile(numbers: readonly number[], share: number): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(share * numbers.length)]!;
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** Pause between contestants: OpenMP's threads keep spinning for some milliseconds after their step. */
const PAUSE_MS = 5;

/** A contestant that has taken this long in a case has no further turns in it: on a busy machine OpenMP's barriers take seconds. */
const BUDGET_MS = 8000;

/**
 * Length of a turn: steps follow each other as in training, until threads, clocks and branch predictors have settled. At least
 * LEAST_STEPS; the first is not counted, because another's data and code fill the caches then.
 */
const TURN_MS = 50;
const LEAST_STEPS = 5;
/** Enough for compilers and caches. */
const WARM_MS = 2000;

export interface Contestant {
  readonly name: string;
  readonly burst: Burst;
  /** Takes one step in every tenth round only. */
  readonly slow?: boolean;
}

export interface Effort {
  /** Most steps before measuring, for compilers and caches. */
  readonly warmups: number;
  readonly rounds: number;
}

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

/** Times of the first steps: `most` of them, fewer where they take long. */
async function warmUp({ burst, slow }: Contestant, most: number): Promise<number[]> {
  const times: number[] = [];
  const spent = () => times.reduce((sum, time) => sum + time, 0);
  while (times.length < (slow ? 1 : most) && spent() < WARM_MS)
    times.push(...(await burst(slow ? 1 : LEAST_STEPS)));
  return times;
}

/** Each round gives every contestant its turn, so that the machine's load affects all alike. */
export async function takeTurns(
  contestants: readonly Contestant[],
  { warmups, rounds }: Effort,
): Promise<Measured[]> {
  const entrants: { contestant: Contestant; steps: number; times: number[] }[] = [];
  for (const contestant of contestants) {
    const warm = await warmUp(contestant, warmups);
    const last = median(warm.slice(-LEAST_STEPS));
    entrants.push({ contestant, steps: Math.max(LEAST_STEPS, Math.ceil(TURN_MS / last)), times: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { contestant, steps, times } of entrants) {
      const { burst, slow } = contestant;
      const spent = times.reduce((sum, time) => sum + time, 0);
      if ((slow && round % 10 !== 0) || spent > BUDGET_MS) continue;
      await setTimeout(PAUSE_MS);
      times.push(...(slow ? await burst(1) : (await burst(steps)).slice(1)));
    }
  }
  return entrants.map(({ contestant, times }) => ({
    name: contestant.name,
    medianMs: median(times),
    bestMs: quantile(times, 0.05),
    steps: times.length,
  }));
}

/** Those of the peers that take part in a case. */
export async function alternate(
  peers: readonly Peer[],
  what: TrainingCase,
  effort: Effort,
): Promise<Measured[]> {
  const contestants: Contestant[] = [];
  for (const { name, slow = false, prepare } of peers) {
    const burst = await prepare(what);
    if (burst) contestants.push({ name, burst, slow });
  }
  return takeTurns(contestants, effort);
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
