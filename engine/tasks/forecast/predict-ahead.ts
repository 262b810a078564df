// Forecasts of what comes after the last rows, of the run's own data or of new data, by the weights of a run.
import { ForecastFrame } from '../../contract/forecast.ts';
import type { ForecastExperiment } from '../../contract/tasks/forecast-experiment.ts';
import { createParameterSet } from '../../models/parameters.ts';
import { decodeWeights } from '../../training/weights.ts';
import { type Ahead, seriesOf } from '../task-kind.ts';
import { onNewData, prepareFuture } from './future.ts';
import { modelFor } from './model.ts';
import { forecastFrame, futureSubject, requireRoom } from './predictions.ts';
import { validationBatchSize } from './training.ts';

export async function predictAhead(
  asked: ForecastExperiment,
  { data, isNew, trained, selectBackend }: Ahead,
): Promise<Uint8Array<ArrayBuffer>> {
  const experiment = isNew ? onNewData(asked) : asked;
  const subject = futureSubject(prepareFuture(experiment, trained.fitted, seriesOf(data).series));
  requireRoom(subject);
  const model = modelFor(experiment, subject.data);
  await selectBackend();
  const parameters = createParameterSet(model.specs, decodeWeights(trained.weights));
  try {
    const { weight } = parameters;
    const size = validationBatchSize(experiment.training.batchSize);
    return ForecastFrame.encode(forecastFrame(subject, 'future', { model, weight, size }));
  } finally {
    parameters.dispose();
  }
}
