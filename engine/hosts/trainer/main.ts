// Entry of a worker process: a forked Node process that trains one run or answers jobs, then ends. Also the entry of a limited job's
// thread.
import { constants, setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { openSeriesSource } from '../../store/series-source.ts';
import { connectToHost } from '../node/host-port.ts';
import { JOBS } from './jobs/index.ts';
import { serveJobThread } from './limited-job.ts';
import { type FromWorker, serveWorker, type ToWorker } from './trainer.ts';

/** Training takes the time that windows and the engine leave, and jobs the time that training leaves. */
const { PRIORITY_BELOW_NORMAL: TRAINING, PRIORITY_LOW: JOB } = constants.priority;

function takePriority(priority: number): void {
  try {
    setPriority(priority);
  } catch {
    // Some systems refuse it; the work is the same, only less polite.
  }
}

async function serveProcess(): Promise<never> {
  takePriority(TRAINING);
  const port = connectToHost<ToWorker, FromWorker>();
  // Without a host nothing receives what this process computes.
  port.onClose(() => process.exit(1));
  await serveWorker({
    port,
    openSource: openSeriesSource,
    threadEntry: new URL(import.meta.url),
    now: () => performance.now(),
    memoryBytes: () => process.memoryUsage.rss(),
    yieldToTraining: () => takePriority(JOB),
  });
  // The threads of the kernels would keep the process alive.
  process.exit(0);
}

if (isMainThread) await serveProcess();
else await serveJobThread(JOBS, { openSource: openSeriesSource });
