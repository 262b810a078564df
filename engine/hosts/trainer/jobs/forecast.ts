// The job `forecast`: what a trained model predicts, on a part of its dataset or after the last rows, as one encoded frame.
import { selectBackend } from '../../../backends/select.ts';
import { ForecastFrame } from '../../../contract/forecast.ts';
import type { ForecastJob, Jobs } from '../../../contract/processes/jobs.ts';
import { asForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import { createParameterSet } from '../../../models/parameters.ts';
import { onNewData, prepareFuture } from '../../../tasks/forecast/future.ts';
import { modelFor } from '../../../tasks/forecast/model.ts';
import { forecastFrame, futureSubject, requireRoom } from '../../../tasks/forecast/predictions.ts';
import { validationBatchSize } from '../../../tasks/forecast/training.ts';
import { decodeWeights } from '../../../training/weights.ts';
import { predictPart } from '../predict-part.ts';
import { type OpenSource, readTaskData } from '../prepare-job.ts';
import type { Job } from './job.ts';

export const forecastJob: Job<Jobs['forecast']> = {
  run: (input, { openSource }) => forecast(input, openSource),
};

/** @throws HindcastError for data that does not suit the experiment, for damaged weights, and for more rows than a frame can hold. */
export async function forecast(job: ForecastJob, openSource: OpenSource): Promise<Uint8Array> {
  const { part } = job;
  return part === 'future' ? forecastFuture(job, openSource) : predictPart({ ...job, part }, openSource);
}

async function forecastFuture(job: ForecastJob, openSource: OpenSource): Promise<Uint8Array> {
  const asked = asForecastExperiment(job.experiment);
  const experiment = job.series ? onNewData(asked) : asked;
  const series = job.series ?? (await readTaskData(job, openSource)).series;
  const subject = futureSubject(prepareFuture(experiment, job.model.fitted, series));
  requireRoom(subject);
  const model = modelFor(experiment, subject.data);
  const { backend, allowBackendFallback: allowFallback, training } = experiment;
  await selectBackend(backend, { allowFallback, threads: job.threads });
  const parameters = createParameterSet(model.specs, decodeWeights(job.model.weights));
  try {
    const { weight } = parameters;
    const size = validationBatchSize(training.batchSize);
    return ForecastFrame.encode(forecastFrame(subject, 'future', { model, weight, size }));
  } finally {
    parameters.dispose();
  }
}
