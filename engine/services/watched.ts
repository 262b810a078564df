// Calls whose progress can be asked for while they are made, by the names that their clients gave them.
import type { JobProgress } from '../contract/processes/jobs/job.ts';
import type { CallProgress } from '../contract/values/progress.ts';

export interface Watched<Progress> {
  /** Null where no call of that name is made, or nothing is known of it yet. */
  progress(watch: string): Progress | null;
  /** The answer of `call`, which says how far it is; its progress is forgotten at its end. */
  during<Answer>(
    watch: string | undefined,
    call: (reached: (progress: Progress) => void) => Promise<Answer>,
  ): Promise<Answer>;
}

export function createWatched<Progress>(): Watched<Progress> {
  const known = new Map<string, Progress>();
  return {
    progress: (watch) => known.get(watch) ?? null,
    async during(watch, call) {
      if (watch === undefined) return call(() => {});
      try {
        return await call((progress) => void known.set(watch, progress));
      } finally {
        known.delete(watch);
      }
    },
  };
}

/** Of the whole: before, the time that is left is a guess. */
const JUDGED_FROM = 0.05;

/** Of a job, with the time that is left: it is counted from the first message, when what it needs is loaded. */
export function timedProgress(
  nowMs: () => number,
  reached: (progress: CallProgress) => void,
): (progress: JobProgress) => void {
  let first: { readonly atMs: number; readonly fraction: number } | undefined;
  return (progress) => {
    const { fraction } = progress;
    first ??= { atMs: nowMs(), fraction };
    const done = fraction - first.fraction;
    const seconds = (nowMs() - first.atMs) / 1000;
    reached({ ...progress, secondsLeft: done < JUDGED_FROM ? null : (seconds / done) * (1 - fraction) });
  };
}
