// Short jobs of a training process: one question, one answer, end.
import type { FromTrainer, ToTrainer } from '../../contract/processes/trainer.ts';
import { askWorker } from './ask-worker.ts';
import type { Worker } from './worker.ts';

type Answer = Extract<FromTrainer, { type: 'forecast' | 'exported' | 'backends' }>;

const WHAT: Readonly<Partial<Record<ToTrainer['type'], string>>> = {
  forecast: 'The forecast',
  'forecast-exported': 'The forecast',
  export: 'The export',
  'describe-backends': 'The look at the backends',
};

/** @throws what `askWorker` throws. */
export const runJob = (
  worker: Worker<ToTrainer, FromTrainer>,
  job: ToTrainer,
  signal: AbortSignal | undefined,
): Promise<Answer> =>
  askWorker(worker, {
    what: WHAT[job.type] ?? 'The job',
    request: job,
    signal,
    listen: (message) =>
      message.type === 'forecast' || message.type === 'exported' || message.type === 'backends'
        ? message
        : undefined,
  });
