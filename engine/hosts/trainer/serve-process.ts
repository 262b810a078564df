// What every process that trains or answers jobs does: takes its priority, serves its host, and ends.
import { constants, setPriority } from 'node:os';
import { connectToHost } from '../node/host-port.ts';
import { type FromWorker, serveWorker, type ToWorker, type WorkerOptions } from './trainer.ts';

/** Training takes the time that windows and the engine leave, and jobs the time that training leaves. */
const { PRIORITY_BELOW_NORMAL: TRAINING, PRIORITY_LOW: JOB } = constants.priority;

function takePriority(priority: number): void {
  try {
    setPriority(priority);
  } catch {
    // Some systems refuse it; the work is the same, only less polite.
  }
}

export async function serveProcess(given: Pick<WorkerOptions, 'openSource' | 'threadEntry'>): Promise<never> {
  takePriority(TRAINING);
  const port = connectToHost<ToWorker, FromWorker>();
  // Without a host nothing receives what this process computes.
  port.onClose(() => process.exit(1));
  await serveWorker({
    ...given,
    port,
    now: () => performance.now(),
    memoryBytes: () => process.memoryUsage.rss(),
    yieldToTraining: () => takePriority(JOB),
  });
  // The threads of the kernels would keep the process alive.
  process.exit(0);
}
