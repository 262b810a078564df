// The quantiles of a model's forecasts: calibrated on the rows that are held back for that.
import { quantileLevels } from '../../contract/tasks/forecast.ts';
import type { ForecastExperiment } from '../../contract/tasks/forecast-experiment.ts';
import type { PreparedForecast, WindowSet } from '../../data/prepared.ts';
import {
  type Calibration,
  calibrationSet,
  createCalibrator,
} from '../../evaluation/intervals/calibration.ts';
import type { IntervalMaker } from '../../evaluation/intervals/interval-method.ts';
import { intervalsOfPart } from '../../evaluation/intervals/of-part.ts';
import { intervalMethod } from '../../evaluation/intervals/registry.ts';
import type { Quantiles } from '../../evaluation/score-keeper.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import type { ScoredPart } from '../task-kind.ts';
import { type ForecastBatch, forecastBatches, type PredictingModel } from './training/pass.ts';
import { validationBatchSize } from './training/training.ts';

export interface TrainedForecast {
  readonly experiment: Pick<ForecastExperiment, 'task' | 'training'>;
  readonly prepared: PreparedForecast;
  readonly model: PredictingModel;
  readonly weight: WeightLookup;
}

/** Null where the task calibrates nothing. Each `next` forecasts some windows. */
export function* calibrateModel(trained: TrainedForecast): Generator<void, Calibration | null, void> {
  const { experiment, prepared, model, weight } = trained;
  const levels = quantileLevels(experiment.task);
  if (levels === null || intervalMethod(experiment.task) === null) return null;
  const set = calibrationSet(prepared);
  const calibrator = createCalibrator(prepared, set, levels);
  const size = validationBatchSize(experiment.training.batchSize);
  for (const batch of forecastBatches({ data: prepared, set, model, weight, size })) {
    const forecasts = prepared.toOriginal(set, batch.indices, batch.forecasts);
    calibrator.add({ indices: batch.indices, forecasts, quantiles: ownQuantiles(prepared, set, batch) });
    yield;
  }
  return calibrator.finish();
}

/** To be asked for every window of the part, in their order; null where values alone are forecast. */
export type QuantileMaker = (batch: ForecastBatch, forecasts: Float64Array) => Quantiles | null;

export function* modelQuantiles(
  trained: TrainedForecast,
  part: ScoredPart,
): Generator<void, QuantileMaker, void> {
  const { experiment, prepared } = trained;
  const calibration = yield* calibrateModel(trained);
  const maker = intervalsOfPart(prepared, part, { task: experiment.task, calibration });
  return quantileMaker(prepared, prepared.windows[part], maker);
}

export function quantileMaker(
  data: Pick<PreparedForecast, 'toOriginal'>,
  set: Pick<WindowSet, 'series' | 'origin'>,
  maker: IntervalMaker | null,
): QuantileMaker {
  return (batch, forecasts) => {
    const own = ownQuantiles(data, set, batch);
    return maker === null ? own : maker.of(batch.indices, forecasts, own);
  };
}

/** Those that the model itself forecasts, in original units. */
function ownQuantiles(
  { toOriginal }: Pick<PreparedForecast, 'toOriginal'>,
  set: Pick<WindowSet, 'series' | 'origin'>,
  { indices, quantiles }: ForecastBatch,
): Quantiles | null {
  return quantiles?.map((level) => toOriginal(set, indices, level)) ?? null;
}
