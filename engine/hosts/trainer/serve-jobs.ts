// A worker process that answers jobs, one after the other. The table of jobs is a parameter, so that a test can bring its own.
import { HindcastError } from '../../contract/errors.ts';
import type { JobKinds, JobReply, JobRequest } from '../../contract/processes/jobs.ts';
import type { HostPort } from '../node/host-port.ts';
import type { Job, JobEnvironment, JobHandlers } from './jobs/job.ts';

/** A process that has grown beyond this gives its memory back by ending. */
const MOST_KEPT_BYTES = 512 * 2 ** 20;

export interface JobServerOptions<Kinds extends JobKinds> {
  readonly port: Pick<HostPort<JobRequest, JobReply>, 'post' | 'onMessage'>;
  readonly handlers: JobHandlers<Kinds>;
  readonly environment: JobEnvironment;
  /** Of the process at present. */
  memoryBytes(): number;
}

/** Settles after an answer that was the last; otherwise the host ends the process. */
export function serveJobs<Kinds extends JobKinds>(options: JobServerOptions<Kinds>): Promise<void> {
  const { port, handlers, environment, memoryBytes } = options;
  return new Promise((resolve) => {
    port.onMessage(async ({ id, name, input }) => {
      const { output, error, endsProcess } = await answer(handlers, { name, input }, environment);
      const last = endsProcess || memoryBytes() > MOST_KEPT_BYTES;
      await port.post(
        error ? { type: 'refused', id, error: error.toData(), last } : { type: 'answered', id, output, last },
      );
      if (last) resolve();
    });
  });
}

interface Answer {
  readonly output?: unknown;
  readonly error?: HindcastError;
  readonly endsProcess: boolean;
}

async function answer<Kinds extends JobKinds>(
  handlers: JobHandlers<Kinds>,
  { name, input }: Pick<JobRequest, 'name' | 'input'>,
  environment: JobEnvironment,
): Promise<Answer> {
  let endsProcess = false;
  try {
    const load = handlers[name];
    if (!load) throw new HindcastError('internal', `There is no job "${name}".`);
    const job: Job<Kinds[string]> = await load();
    endsProcess = job.endsProcess ?? false;
    // The pool that sent it has the same table of types.
    return { output: await job.run(input as Parameters<typeof job.run>[0], environment), endsProcess };
  } catch (cause) {
    return { error: HindcastError.wrap(cause, `The job ${name} failed`), endsProcess };
  }
}
