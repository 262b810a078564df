// A job on files that may be made to do harm. It runs in a thread, so that its process can watch it, hears when the host is gone, and
// can say why the job was ended.
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { JobKinds, JobProgress, JobRequest, LimitedJob } from '../../contract/processes/jobs/job.ts';
import { HindcastError, type HindcastErrorData } from '../../contract/values/errors.ts';
import { type Answer, answer } from './answer-job.ts';
import type { JobEnvironment, JobHandlers } from './jobs/job.ts';

const LOOK_EVERY_MS = 50;
const MEGABYTE = 2 ** 20;

type FromThread =
  | { readonly type: 'progress'; readonly reached?: JobProgress | undefined }
  | { readonly type: 'answered'; readonly output: unknown }
  | { readonly type: 'refused'; readonly error: HindcastErrorData };

export interface Watch {
  /** What the thread runs: it calls `serveJobThread`. */
  readonly entry: URL;
  /** Of the process at present. */
  memoryBytes(): number;
  /** Hears what the job says of its progress. */
  progress(reached?: JobProgress): void;
}

/** The process must end after it: a thread that was ended may have left anything. */
export async function runLimited(
  { name, input }: JobRequest,
  limited: LimitedJob,
  { entry, memoryBytes, progress }: Watch,
): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const refuse = (error: HindcastError) => resolve({ error, endsProcess: true });
  const thread = new Worker(entry, {
    workerData: { name, input },
    resourceLimits: { maxOldGenerationSizeMb: limited.megabytes },
  });
  /** Null while the thread loads what it runs: that takes as long as the machine needs. */
  let lastProgressMs: number | null = null;
  thread.on('message', (message: FromThread) => {
    if (message.type === 'progress') {
      lastProgressMs = performance.now();
      progress(message.reached);
    } else if (message.type === 'answered') resolve({ output: message.output, endsProcess: true });
    else refuse(HindcastError.fromData(message.error));
  });
  thread.on('error', (cause: NodeJS.ErrnoException) => refuse(faultOf(cause, limited)));
  thread.on('exit', () => refuse(given(limited, 'it ended without an answer')));
  // With the copy of the input that the thread was given.
  const mostBytes = memoryBytes() + limited.megabytes * MEGABYTE;
  const timer = setInterval(() => {
    if (memoryBytes() > mostBytes) refuse(given(limited, tooMuchMemory(limited)));
    else if (lastProgressMs !== null && performance.now() - lastProgressMs > limited.idleSeconds * 1000)
      refuse(given(limited, `it made no progress for ${limited.idleSeconds} seconds`));
  }, LOOK_EVERY_MS);
  try {
    return await promise;
  } finally {
    clearInterval(timer);
    void thread.terminate();
  }
}

function faultOf(cause: NodeJS.ErrnoException, limited: LimitedJob): HindcastError {
  const isMemory = cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isMemory
    ? given(limited, tooMuchMemory(limited))
    : HindcastError.wrap(cause, `${limited.what} failed`);
}

const tooMuchMemory = ({ megabytes }: LimitedJob): string =>
  `it needed more than ${megabytes.toLocaleString('en-US')} MB of memory`;

const given = ({ what, remedy }: LimitedJob, why: string): HindcastError =>
  new HindcastError('file-unreadable', `${what} was ended, because ${why}; ${remedy}.`);

/** The thread's side. */
export async function serveJobThread<Kinds extends JobKinds>(
  handlers: JobHandlers<Kinds>,
  environment: Omit<JobEnvironment, 'progress'>,
): Promise<void> {
  const post = (message: FromThread) => parentPort!.postMessage(message);
  const request = workerData as Pick<JobRequest, 'name' | 'input'>;
  post({ type: 'progress' });
  const { output, error } = await answer(handlers, request, {
    ...environment,
    progress: (reached) => post({ type: 'progress', reached }),
  });
  post(error ? { type: 'refused', error: error.toData() } : { type: 'answered', output });
}
