// What every process that trains or answers jobs does: serves its host, takes the priority that suits its work, and ends.
import { connectToHost } from '../node/host-port.ts';
import { takePriority } from './priority.ts';
import { type FromWorker, serveWorker, type ToWorker, type WorkerOptions } from './trainer.ts';

export async function serveProcess(given: Pick<WorkerOptions, 'openSource' | 'threadEntry'>): Promise<never> {
  const port = connectToHost<ToWorker, FromWorker>();
  // Without a host nothing receives what this process computes.
  port.onClose(() => process.exit(1));
  await serveWorker({
    ...given,
    port,
    begins: takePriority,
    now: () => performance.now(),
    memoryBytes: () => process.memoryUsage.rss(),
  });
  // The threads of the kernels would keep the process alive.
  process.exit(0);
}
