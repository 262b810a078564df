// The priority of a worker process, by the first that it is asked.
import { constants, setPriority } from 'node:os';
import type { JobKinds } from '../../contract/processes/jobs/job.ts';
import { JOB_KINDS } from '../../contract/processes/jobs/table.ts';
import type { ToWorker } from './trainer.ts';

const { PRIORITY_NORMAL, PRIORITY_BELOW_NORMAL } = constants.priority;
const KINDS: JobKinds = JOB_KINDS;

/**
 * Trainings and jobs share the time that windows and the engine leave. Jobs do not wait for trainings: a user waits for them, and below
 * two trainings a forecast once took minutes. A resident process answers while a hand moves or types, so it comes before them.
 */
export function priorityFor(message: ToWorker): number {
  const isResident = message.type === 'job' && KINDS[message.name]?.isResident === true;
  return isResident ? PRIORITY_NORMAL : PRIORITY_BELOW_NORMAL;
}

/** Begins at the normal one: a process may lower its priority, and on most systems not raise it again. */
export function takePriority(message: ToWorker): void {
  if (priorityFor(message) === PRIORITY_NORMAL) return;
  try {
    setPriority(PRIORITY_BELOW_NORMAL);
  } catch {
    // Some systems refuse it; the work is the same, only less polite.
  }
}
