// Processes for questions of two sorts: those of a moment share some; those about one thing have their own, which stay longer and keep it.
import type { JobKinds } from '../../contract/processes/jobs/job.ts';
import { createJobPool, type JobPool, type JobPoolOptions } from './job-pool.ts';

const MOMENT_IDLE_MS = 30_000;
const RESIDENT_IDLE_MS = 120_000;
/** Of each sort, beside training, however many runs a screen asks about at once. */
const MOST = 2;

export function createJobPools<Kinds extends JobKinds>(
  options: Pick<JobPoolOptions<Kinds>, 'kinds' | 'start'>,
): JobPool<Kinds> {
  const shared = createJobPool({ ...options, most: MOST, idleMs: MOMENT_IDLE_MS });
  const resident = createJobPool({ ...options, most: MOST, idleMs: RESIDENT_IDLE_MS, isResident: true });
  return {
    run: (name, input, more) => (options.kinds[name]?.isResident ? resident : shared).run(name, input, more),
    close: async () => void (await Promise.all([shared.close(), resident.close()])),
  };
}
