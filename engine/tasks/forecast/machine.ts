// A forecasting model for prepared data: trains, scores and forecasts. The half of the task that needs TensorFlow.js.
import type { Model } from '../../contract/experiment/model.ts';
import { ForecastFrame } from '../../contract/results/forecast.ts';
import { type BaselineForecaster, fitBaselines, scoreBaselines } from '../../evaluation/score-baselines.ts';
import { createScoreKeeper } from '../../evaluation/score-keeper.ts';
import type { TaskMachine } from '../task-kind.ts';
import { partFrame } from './exports/part-frame.ts';
import type { OpenForecast } from './open-forecast.ts';
import { requireKnownTargets } from './preparation/requirements.ts';
import { requireSolvable, solveForecast } from './training/closed-form.ts';
import { modelFor } from './training/model.ts';
import { scoreForecast } from './training/score.ts';
import { requireTrainable } from './training/trainable.ts';
import { createForecastTask, type ForecastTaskOptions, validationBatchSize } from './training/training.ts';

/** @throws HindcastError `invalid-input` for a model whose options do not go together, or not with the data. */
export function openForecast(open: OpenForecast): TaskMachine {
  const { experiment, prepared } = open;
  const { task, training, evaluation } = experiment;
  const model = modelFor(experiment, prepared);
  const ridge = ridgeOf(experiment.model);
  const options: ForecastTaskOptions = {
    prepared,
    model,
    task,
    batchSize: training.batchSize,
    createScorer: (part) => createScoreKeeper(prepared, part, evaluation, task),
    ...(ridge !== undefined && { solve: () => solveForecast({ prepared, model, ridge }) }),
  };
  // Fitted once for all parts.
  let baselines: readonly BaselineForecaster[] | undefined;
  return {
    model,
    requireTrainable() {
      requireTrainable(prepared, experiment);
      if (ridge !== undefined) requireSolvable({ prepared, model }, task.loss);
    },
    training() {
      requireKnownTargets(prepared, evaluation);
      return createForecastTask(options);
    },
    score: (weight, part) => scoreForecast({ ...options, experiment }, weight, part),
    *scoreBaselines(part) {
      baselines ??= fitBaselines(prepared, experiment);
      yield;
      return yield* scoreBaselines(prepared, part, { experiment, baselines });
    },
    predict(weight, part) {
      const size = validationBatchSize(training.batchSize);
      baselines ??= fitBaselines(prepared, experiment);
      return ForecastFrame.encode(
        partFrame({ experiment, prepared, baselines, part }, { model, weight, size }),
      );
    },
    exportModel: async (wanted) =>
      (await import('./exports/export-model.ts')).exportForecastModel(open, wanted),
  };
}

/** Of a model that is solved by ridge regression; undefined: it is trained. */
const ridgeOf = (model: Model): number | null | undefined =>
  'fit' in model && model.fit === 'ridge' ? model.ridge : undefined;
