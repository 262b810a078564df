// Final scores of a trained forecasting model on one part, batch by batch so that the caller can yield in between.
import type { Score } from '../../../contract/runs/run.ts';
import type { WeightLookup } from '../../../models/parameters.ts';
import { modelQuantiles, type TrainedForecast } from '../intervals.ts';
import { forecastBatches } from './pass.ts';
import { type ForecastTaskOptions, validationBatchSize } from './training.ts';

type Scoring = Pick<ForecastTaskOptions, 'prepared' | 'batchSize' | 'createScorer'> &
  Pick<TrainedForecast, 'experiment' | 'model'>;

/** Each `next` scores one batch; the last one returns the scores of the subject `model`. */
export function* scoreForecast(
  { experiment, prepared, model, batchSize, createScorer }: Scoring,
  weight: WeightLookup,
  part: 'validation' | 'test',
): Generator<void, Score[], void> {
  const set = prepared.windows[part];
  const scorer = createScorer(part);
  const quantilesOf = yield* modelQuantiles({ experiment, prepared, model, weight }, part);
  const size = validationBatchSize(batchSize);
  for (const batch of forecastBatches({ data: prepared, set, model, weight, size })) {
    const forecasts = prepared.toOriginal(set, batch.indices, batch.forecasts);
    scorer.add(batch.indices, forecasts, quantilesOf(batch, forecasts));
    yield;
  }
  return scorer.finish('model');
}
