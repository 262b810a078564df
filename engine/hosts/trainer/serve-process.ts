// What every process that trains or answers jobs does: takes its priority, serves its host, and ends.
import { constants, setPriority } from 'node:os';
import { connectToHost } from '../node/host-port.ts';
import { type FromWorker, serveWorker, type ToWorker, type WorkerOptions } from './trainer.ts';

/**
 * Trainings and jobs share the time that windows and the engine leave. Jobs do not wait for trainings: a user waits for them, and below
 * two trainings a forecast once took minutes.
 */
function giveWayToWindows(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some systems refuse it; the work is the same, only less polite.
  }
}

export async function serveProcess(given: Pick<WorkerOptions, 'openSource' | 'threadEntry'>): Promise<never> {
  giveWayToWindows();
  const port = connectToHost<ToWorker, FromWorker>();
  // Without a host nothing receives what this process computes.
  port.onClose(() => process.exit(1));
  await serveWorker({
    ...given,
    port,
    now: () => performance.now(),
    memoryBytes: () => process.memoryUsage.rss(),
  });
  // The threads of the kernels would keep the process alive.
  process.exit(0);
}
