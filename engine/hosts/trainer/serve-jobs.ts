// A worker process that answers jobs, one after the other. The table of jobs is a parameter, so that a test can bring its own.
import type { JobKinds, JobProgress, JobReply, JobRequest } from '../../contract/processes/jobs/job.ts';
import type { HostPort } from '../node/host-port.ts';
import { answer } from './answer-job.ts';
import type { JobEnvironment, JobHandlers } from './jobs/job.ts';
import { runLimited } from './limited-job.ts';

const SAID_EVERY_MS = 100;

/** A process that has grown beyond this gives its memory back by ending. */
const MOST_KEPT_BYTES = 512 * 2 ** 20;

export interface JobServerOptions<Kinds extends JobKinds> {
  readonly port: Pick<HostPort<JobRequest, JobReply>, 'post' | 'onMessage'>;
  readonly handlers: JobHandlers<Kinds>;
  readonly environment: Omit<JobEnvironment, 'progress'>;
  /** What the thread of a job with limits runs. */
  readonly threadEntry: URL;
  /** Of the process at present. */
  memoryBytes(): number;
}

/** Settles after an answer that was the last; otherwise the host ends the process. */
export function serveJobs<Kinds extends JobKinds>(options: JobServerOptions<Kinds>): Promise<void> {
  const { port, handlers, threadEntry, memoryBytes } = options;
  /** Passes on how far a job is, but not more often than anyone would look. */
  const reporter = (id: number): JobEnvironment['progress'] => {
    let saidAtMs = Number.NEGATIVE_INFINITY;
    return (reached?: JobProgress) => {
      if (!reached || performance.now() - saidAtMs < SAID_EVERY_MS) return;
      saidAtMs = performance.now();
      void port.post({ type: 'progress', id, ...reached });
    };
  };
  return new Promise((resolve) => {
    port.onMessage(async (request) => {
      const { id, limited } = request;
      const progress = reporter(id);
      const { output, error, endsProcess } = limited
        ? await runLimited(request, limited, { entry: threadEntry, memoryBytes, progress })
        : await answer(handlers, request, { ...options.environment, progress });
      const last = endsProcess || memoryBytes() > MOST_KEPT_BYTES;
      await port.post(
        error ? { type: 'refused', id, error: error.toData(), last } : { type: 'answered', id, output, last },
      );
      if (last) resolve();
    });
  });
}
