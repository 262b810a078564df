// Shares the cores among the running trainings. Each training process uses at most its share, and fewer if its model is small
// (engine/training/step-work.ts).
import { availableParallelism } from 'node:os';
import type { ThreadShare } from '../../contract/processes/trainer.ts';
import type { Workspace } from '../../store/workspace.ts';

/** Threads of each training process; null or not there: the cores are shared. */
export const THREADS_KEY = 'training.threads';

/** @param runs that train at present, with the one in question; at least 1 */
export function threadShare(
  { settings }: Workspace,
  runs: number,
  cores = availableParallelism(),
): ThreadShare {
  const chosen = settings.get(THREADS_KEY) as number | null | undefined;
  if (typeof chosen === 'number') return { now: chosen, most: chosen, fixed: true };
  return { now: sharedThreads(cores, runs), most: cores, fixed: false };
}

/** Threads of each of `runs` (at least 1) that share the cores. */
export const sharedThreads = (cores: number, runs: number): number => Math.max(1, Math.floor(cores / runs));
