// The arguments with which a forecasting model is opened.
import type { ForecastExperiment } from '../../contract/tasks/forecast-experiment.ts';
import type { PreparedForecast } from '../../data/prepared.ts';

export interface OpenForecast {
  readonly experiment: ForecastExperiment;
  readonly prepared: PreparedForecast;
  /** The same data behind another pipeline. */
  prepareWith(pipeline: ForecastExperiment['pipeline']): PreparedForecast;
}
