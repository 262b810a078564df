// A model of one input and one answer, to be timed and counted.
import { ModelSchema } from '../../contract/experiment/model.ts';
import { createForecastModel, type ForecastModel } from '../../models/forecast-model.ts';

/** @param fields of a model's configuration */
export function sizedModel(fields: object, lookback: number): ForecastModel {
  const shape = { inputs: 1, lookback, horizon: 1, targets: 1, probabilities: false };
  return createForecastModel(ModelSchema.parse(fields), shape);
}
