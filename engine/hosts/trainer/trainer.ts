// A worker process. Its first message says whether it trains one run or answers jobs. Everything outside the process comes in
// through the options, so that a test can be the host.

import type { JobReply, JobRequest } from '../../contract/processes/jobs/job.ts';
import type { FromTrainer, ToTrainer } from '../../contract/processes/trainer.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { HostPort } from '../node/host-port.ts';
import { JOBS } from './jobs/index.ts';
import type { JobEnvironment } from './jobs/job.ts';
import { serveJobs } from './serve-jobs.ts';

export type ToWorker = ToTrainer | JobRequest;
export type FromWorker = FromTrainer | JobReply;

export interface WorkerOptions {
  readonly port: Pick<HostPort<ToWorker, FromWorker>, 'post' | 'onMessage'>;
  /** Hears the first message before its work begins. */
  begins(message: ToWorker): void;
  readonly openSource: JobEnvironment['openSource'];
  /** What the thread of a job with limits runs. */
  readonly threadEntry: URL;
  /** Milliseconds of a clock that does not jump. */
  now(): number;
  /** Of this process at present. */
  memoryBytes(): number;
}

type TrainMessage = Extract<ToTrainer, { type: 'train' }>;

/** Settles when the run has ended, or after the last answer; a failure is an answer too. */
export async function serveWorker(options: WorkerOptions): Promise<void> {
  const { port, openSource, threadEntry, memoryBytes } = options;
  const early: ToWorker[] = [];
  let listener = (message: ToWorker): void => {
    early.push(message);
  };
  const first = Promise.withResolvers<JobRequest | TrainMessage>();
  let hasBegun = false;
  port.onMessage((message) => {
    if (!hasBegun) options.begins(message);
    hasBegun = true;
    if (message.type === 'job' || message.type === 'train') first.resolve(message);
    if (message.type === 'prepare') void loadTraining();
    else listener(message);
  });
  /** From here on every message goes to this listener, those before included. */
  const listen = (next: (message: ToWorker) => void) => {
    listener = next;
    for (const message of early.splice(0)) next(message);
  };
  const message = await first.promise;
  if (message.type === 'train') return serveTraining(message, options, listen);
  return serveJobs({
    port: {
      post: port.post,
      onMessage: (next) => listen((one) => one.type === 'job' && next(one)),
    },
    handlers: JOBS,
    environment: { openSource },
    threadEntry,
    memoryBytes,
  });
}

/** TensorFlow.js comes with these. */
const loadTraining = () =>
  Promise.all([import('./outbox.ts'), import('./train-job.ts'), import('../../backends/simd/index.ts')]);

async function serveTraining(
  job: TrainMessage,
  { port, openSource, now }: WorkerOptions,
  listen: (next: (message: ToWorker) => void) => void,
): Promise<void> {
  const [{ createOutbox }, { runTrainJob }, { limitSimdThreads }] = await loadTraining();
  const outbox = createOutbox((message) => port.post(message));
  let stops = 0;
  let threads = job.threads.now;
  listen((message) => {
    if (message.type === 'stop') stops++;
    else if (message.type === 'stored') outbox.stored(message.message);
    else if (message.type === 'threads') {
      threads = message.now;
      limitSimdThreads(threads);
    }
  });
  const stopRequests = () => stops;
  try {
    await runTrainJob({ job, outbox, openSource, now, stopRequests, threadsNow: () => threads });
  } catch (cause) {
    const error = HindcastError.wrap(cause, 'The training process could not do its job (train)');
    await port.post({ type: 'failed', error: error.toData() });
  }
}
