// A job is looked up and done; whatever goes wrong is its answer.

import type { JobKinds, JobRequest } from '../../contract/processes/jobs/job.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { Job, JobEnvironment, JobHandlers } from './jobs/job.ts';

export interface Answer {
  readonly output?: unknown;
  readonly error?: HindcastError;
  readonly endsProcess: boolean;
}

export async function answer<Kinds extends JobKinds>(
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
