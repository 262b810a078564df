// Short jobs of a training process: one question, one answer, end.
import { HindcastError } from '../contract/errors.ts';
import type { FromTrainer, ToTrainer } from '../contract/processes/trainer.ts';
import { describeExit, type Worker } from './worker.ts';

type Answer = Extract<FromTrainer, { type: 'forecast' | 'exported' | 'backends' }>;

/** @throws the job's own HindcastError, `process-died` when the process ends without an answer, `cancelled` by the signal. */
export async function runJob(
  worker: Worker<ToTrainer, FromTrainer>,
  job: ToTrainer,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const answer = Promise.withResolvers<Answer>();
  // Where posting fails, nobody waits for the answer any more.
  answer.promise.catch(() => {});
  const cancel = () => answer.reject(new HindcastError('cancelled', 'The job was cancelled.'));
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  worker.onMessage((message) => {
    if (message.type === 'failed') answer.reject(HindcastError.fromData(message.error));
    else if (message.type === 'forecast' || message.type === 'exported' || message.type === 'backends')
      answer.resolve(message);
  });
  worker.exited.then((exit) =>
    answer.reject(
      new HindcastError(
        'process-died',
        `The process that worked on it ended (${describeExit(exit)}) without an answer.`,
      ),
    ),
  );
  try {
    worker.post(job);
    return await answer.promise;
  } finally {
    signal?.removeEventListener('abort', cancel);
    worker.kill();
  }
}
