// A study in one row: mean and deviation of what its runs reached, and how its runs stand.
import { ACTIVE_STATES, type RunState, type RunSummary } from '../contract/runs/run.ts';
import type { Spread } from '../contract/studies/study.ts';

/** Of the finite ones among the values; null where there are none. The deviation is that of a sample: n - 1. */
export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const finite = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  const count = finite.length;
  if (count === 0) return null;
  const mean = finite.reduce((sum, value) => sum + value / count, 0);
  const squares = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : null, count };
}

type StandingRun = Pick<RunSummary, 'state'>;

/** States of runs that ended in another way than they were meant to, the worst first. */
const UNFINISHED: readonly RunState[] = ['damaged', 'failed', 'diverged', 'interrupted', 'stopped'];

/** `3 completed`, `1 running, 2 completed`: the states that need attention first. */
export function statesText(runs: readonly StandingRun[]): string {
  const counts = [...Map.groupBy(runs, ({ state }) => state)].map(
    ([state, members]) => [state, members.length] as const,
  );
  if (counts.length === 0) return 'no runs';
  const active = counts.filter(([state]) => ACTIVE_STATES.includes(state));
  const ended = counts.filter(([state]) => !ACTIVE_STATES.includes(state));
  return [...active, ...ended].map(([state, count]) => `${count} ${state}`).join(', ');
}

/** `3 of 5 done` while one is active, `2 failed, 3 completed` when all have ended. */
export function standText(runs: readonly StandingRun[]): string {
  const ended = runs.filter(({ state }) => !ACTIVE_STATES.includes(state));
  if (ended.length === runs.length || new Set(runs.map(({ state }) => state)).size === 1) {
    return statesText(runs.toSorted((a, b) => rankOf(a.state) - rankOf(b.state)));
  }
  const unfinished = ended.filter(({ state }) => UNFINISHED.includes(state)).length;
  const done = `${ended.length} of ${runs.length} done`;
  return unfinished === 0 ? done : `${done}, ${unfinished} not completed`;
}

/** The state that stands for all of them: of one that trains, else of one that waits, else the worst end. */
export function leadingState(runs: readonly StandingRun[]): RunState {
  const order: readonly RunState[] = ['running', 'paused', 'queued', ...UNFINISHED];
  return order.find((wanted) => runs.some(({ state }) => state === wanted)) ?? 'completed';
}

const rankOf = (state: RunState): number =>
  UNFINISHED.includes(state) ? UNFINISHED.indexOf(state) : UNFINISHED.length + (state === 'held' ? 1 : 0);

/** `1–3` of consecutive numbers, `1, 4` of others. */
export function seedsText(seeds: readonly number[]): string {
  const sorted = [...new Set(seeds)].toSorted((a, b) => a - b);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return '';
  const isRow = sorted.length > 2 && last - first === sorted.length - 1;
  return isRow ? `${first}–${last}` : sorted.join(', ');
}
