// The job `forecast`: forecasts of a trained model as one frame.
import { selectBackend } from '../../../backends/select.ts';
import { ForecastFrame } from '../../../contract/forecast.ts';
import type { ForecastJob, Jobs } from '../../../contract/processes/jobs.ts';
import { prepareFuture } from '../../../data/future.ts';
import { prepareForecast } from '../../../data/prepare.ts';
import { createParameterSet } from '../../../models/parameters.ts';
import { modelFor } from '../../../training/experiment-model.ts';
import { validationBatchSize } from '../../../training/task-forecast.ts';
import { decodeWeights } from '../../../training/weights.ts';
import { fillFrame, futureSubject, onNewData, partSubject, requireRoom } from '../forecast-frame.ts';
import { type OpenSource, readSeries } from '../prepare-job.ts';
import type { Job } from './job.ts';

export const forecastJob: Job<Jobs['forecast']> = {
  run: async (input, { openSource }) => ForecastFrame.encode(await forecast(input, openSource)),
};

/** @throws HindcastError for data that does not suit the experiment, for damaged weights, and for more rows than a frame can hold. */
export async function forecast(job: ForecastJob, openSource: OpenSource): Promise<ForecastFrame> {
  const { threads } = job;
  const experiment = job.series ? onNewData(job.experiment) : job.experiment;
  const { series, datasetName } = job.series
    ? { series: job.series, datasetName: experiment.dataset.name }
    : await readSeries(job, openSource);
  const subject =
    job.part === 'future'
      ? futureSubject(prepareFuture(experiment, job.model.fitted, series))
      : partSubject(prepareForecast(experiment, series, datasetName), job.part);
  requireRoom(subject);
  const model = modelFor(experiment, subject.data);
  await selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads });
  const parameters = createParameterSet(model.specs, decodeWeights(job.model.weights));
  try {
    const size = validationBatchSize(experiment.training.batchSize);
    const { data, set } = subject;
    return fillFrame(subject, job.part, { data, set, model, weight: parameters.weight, size });
  } finally {
    parameters.dispose();
  }
}
