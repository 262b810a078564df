// One question to a process of its own, one answer, and the process's end, whatever comes.
import { HindcastError, type HindcastErrorData } from '../../contract/errors.ts';
import { describeExit, type Worker } from './worker.ts';

interface Failed {
  readonly type: 'failed';
  readonly error: HindcastErrorData;
}

export interface Question<In, Out, Answer> {
  /** For sentences: "The preview of prices.csv". */
  readonly what: string;
  readonly request: In;
  /** Sees every message but `failed`; the first answer it gives is the answer. */
  readonly listen: (message: Exclude<Out, Failed>) => Answer | undefined;
  readonly signal: AbortSignal | undefined;
}

/** @throws the worker's own HindcastError, `process-died` when it ends without an answer, `cancelled` by the signal. */
export async function askWorker<In, Out extends { readonly type: string }, Answer>(
  worker: Worker<In, Out | Failed>,
  { what, request, listen, signal }: Question<In, Out | Failed, Answer>,
): Promise<Answer> {
  const answer = Promise.withResolvers<Answer>();
  // Where posting fails, nobody waits for the answer any more.
  answer.promise.catch(() => {});
  const cancel = () => answer.reject(new HindcastError('cancelled', `${what} was cancelled.`));
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  worker.onMessage((message) => {
    if (isFailed(message)) return answer.reject(HindcastError.fromData(message.error));
    const found = listen(message as Exclude<Out, Failed>);
    if (found !== undefined) answer.resolve(found);
  });
  worker.exited.then((exit) => {
    const text = `${what} failed: its process ended (${describeExit(exit)}) without an answer.`;
    answer.reject(new HindcastError('process-died', text));
  });
  try {
    worker.post(request);
    return await answer.promise;
  } finally {
    signal?.removeEventListener('abort', cancel);
    worker.kill();
  }
}

const isFailed = (message: { readonly type: string }): message is Failed => message.type === 'failed';
