// Forecasts of what comes after the last rows, of the run's own data or of new data, by the weights of a run.
import { ForecastFrame } from '../../../contract/results/forecast.ts';
import { quantileLevels } from '../../../contract/tasks/forecast.ts';
import type { ForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import { intervalMethod } from '../../../evaluation/intervals/registry.ts';
import { createParameterSet, type WeightLookup } from '../../../models/parameters.ts';
import { decodeWeights } from '../../../training/weights.ts';
import { type Ahead, seriesOf } from '../../task-kind.ts';
import { forecastFrame, futureSubject, type QuantilesBeside, requireRoom } from '../exports/predictions.ts';
import { quantileMaker } from '../intervals.ts';
import { prepareForecast } from '../preparation/prepare.ts';
import { modelFor } from '../training/model.ts';
import { validationBatchSize } from '../training/training.ts';
import { type FutureWindows, onNewData, prepareFuture } from './future.ts';
import { intervalsAhead, movesAhead, withoutIntervalsNote } from './future-intervals.ts';

export async function predictAhead(
  asked: ForecastExperiment,
  ahead: Ahead,
): Promise<Uint8Array<ArrayBuffer>> {
  const { data, isNew, trained, selectBackend } = ahead;
  const experiment = isNew ? onNewData(asked) : asked;
  const future = prepareFuture(experiment, trained.fitted, seriesOf(data).series);
  const subject = futureSubject(future);
  requireRoom(subject);
  const model = modelFor(experiment, subject.data);
  await selectBackend();
  const parameters = createParameterSet(model.specs, decodeWeights(trained.weights));
  try {
    const { weight } = parameters;
    const { quantiles, notes } = await quantilesAhead(asked, { ahead, future, weight });
    const size = validationBatchSize(experiment.training.batchSize);
    const beside = { baselines: [], reasons: [], quantiles };
    const { header, columns } = forecastFrame(subject, 'future', { model, weight, size }, beside);
    return ForecastFrame.encode({
      header: { ...header, notes: [...(header.notes ?? []), ...notes] },
      columns,
    });
  } finally {
    parameters.dispose();
  }
}

interface AheadOfRun {
  readonly ahead: Ahead;
  readonly future: FutureWindows;
  readonly weight: WeightLookup;
}

/** Calibrated on the run's own data, as its scores are. */
async function quantilesAhead(
  experiment: ForecastExperiment,
  { ahead, future, weight }: AheadOfRun,
): Promise<{ readonly quantiles: QuantilesBeside | undefined; readonly notes: readonly string[] }> {
  const levels = quantileLevels(experiment.task);
  if (levels === null) return { quantiles: undefined, notes: [] };
  if (intervalMethod(experiment.task) === null) {
    return { quantiles: { levels, of: quantileMaker(future, future.windows, null) }, notes: [] };
  }
  const own = seriesOf(ahead.isNew ? await ahead.ownData() : ahead.data);
  const prepared = prepareForecast(experiment, own.series, own.name);
  const model = modelFor(experiment, prepared);
  const moves = movesAhead({ experiment, prepared, model, weight });
  const maker = moves && intervalsAhead(moves, future);
  const notes = moves ? withoutIntervalsNote(moves, future) : [];
  return { quantiles: { levels, of: quantileMaker(future, future.windows, maker) }, notes };
}
