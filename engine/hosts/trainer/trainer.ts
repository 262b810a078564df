// A training process: takes one job, does it, answers. Everything outside it comes through the options, so that tests can be the host.
import { describeBackends } from '../../backends/describe.ts';
import { limitSimdThreads } from '../../backends/simd/index.ts';
import { HindcastError } from '../../contract/errors.ts';
import { ForecastFrame } from '../../contract/forecast.ts';
import type { FromTrainer, ToTrainer } from '../../contract/processes/trainer.ts';
import type { HostPort } from '../node/host-port.ts';
import { runExportJob } from './export-job.ts';
import { runExportedForecastJob, runForecastJob } from './forecast-job.ts';
import { createOutbox } from './outbox.ts';
import type { OpenSource } from './prepare-job.ts';
import { runTrainJob } from './train-job.ts';

export interface TrainerOptions {
  readonly port: Pick<HostPort<ToTrainer, FromTrainer>, 'post' | 'onMessage'>;
  readonly openSource: OpenSource;
  /** Milliseconds of a clock that does not jump. */
  now(): number;
}

type Job = Extract<
  ToTrainer,
  { type: 'train' | 'forecast' | 'forecast-exported' | 'export' | 'describe-backends' }
>;

/** Settles when the first job is done and answered; a failure is an answer too (`failed`). */
export async function serveTrainer({ port, openSource, now }: TrainerOptions): Promise<void> {
  const outbox = createOutbox((message) => port.post(message));
  const firstJob = Promise.withResolvers<Job>();
  let stops = 0;
  let threads: number | undefined;
  port.onMessage((message) => {
    if (message.type === 'stop') stops++;
    else if (message.type === 'stored') outbox.stored(message.message);
    else if (message.type === 'threads') {
      threads = message.now;
      limitSimdThreads(threads);
    } else firstJob.resolve(message);
  });
  const job = await firstJob.promise;
  try {
    switch (job.type) {
      case 'train':
        return await runTrainJob({
          job,
          outbox,
          openSource,
          now,
          stopRequests: () => stops,
          threadsNow: () => threads ?? job.threads.now,
        });
      case 'forecast':
        return await port.post({
          type: 'forecast',
          frame: ForecastFrame.encode(await runForecastJob(job, openSource)),
        });
      case 'forecast-exported':
        return await port.post({
          type: 'forecast',
          frame: ForecastFrame.encode(await runExportedForecastJob(job)),
        });
      case 'export':
        return await port.post({ type: 'exported', files: await runExportJob(job, openSource) });
      case 'describe-backends':
        return await port.post({ type: 'backends', backends: await describeBackends() });
    }
  } catch (cause) {
    const error = HindcastError.wrap(cause, `The training process could not do its job (${job.type})`);
    await port.post({ type: 'failed', error: error.toData() });
  }
}
