// Where a run on the pool is, in words.
import { ACTIVE_STATES, type RunDetail } from '../contract/runs/run.ts';

/** Null: this machine trains it. */
export function trainerText({ pool, state }: Pick<RunDetail, 'pool' | 'state'>): string | null {
  if (pool === undefined) return null;
  if (state === 'queued') return 'waits for a worker';
  return pool.worker ?? (ACTIVE_STATES.includes(state) ? 'waits for a worker' : 'no worker had it');
}
