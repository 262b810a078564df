// Errors by steps after the origin, of the model and of the baselines, over all targets and for each.
import type { HorizonErrors } from '../../../contract/results/forecast-errors.ts';
import type { ForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import type { PreparedForecast } from '../../../data/prepared.ts';
import { scoredWindows } from '../../../data/windows.ts';
import { type BaselineForecaster, baselineBatches } from '../../../evaluation/score-baselines.ts';
import { createScoreKeeper, type Quantiles, type ScoreKeeper } from '../../../evaluation/score-keeper.ts';
import type { ScoredPart } from '../../task-kind.ts';

export interface HorizonErrorsOptions {
  readonly experiment: ForecastExperiment;
  readonly prepared: PreparedForecast;
  readonly part: ScoredPart;
  readonly baselines: readonly BaselineForecaster[];
}

interface ForecastsOfWindows {
  readonly indices: ArrayLike<number>;
  /** [indices.length, horizon, targets] original units. */
  readonly forecasts: Float64Array;
  /** Likewise, by level; null: values alone are forecast. */
  readonly quantiles?: Quantiles | null;
}

/** `ofModel`: its forecasts of every window of the part, batch by batch, each read before the next one is made. */
export function horizonErrors(
  { experiment, prepared, part, baselines }: HorizonErrorsOptions,
  ofModel: Iterable<ForecastsOfWindows>,
): HorizonErrors {
  const { task, evaluation } = experiment;
  const subjects = [
    { subject: 'model', batches: ofModel },
    ...baselines.map((baseline) => ({
      subject: baseline.subject,
      batches: baselineBatches(prepared, part, { baseline, task }),
    })),
  ];
  return {
    horizon: prepared.horizon,
    origins: scoredWindows(prepared.windows[part], evaluation),
    unit: evaluation.scale,
    subjects: subjects.flatMap(({ subject, batches }) => {
      const keeper = createScoreKeeper(prepared, part, evaluation, task);
      for (const batch of batches) keeper.add(batch.indices, batch.forecasts, batch.quantiles);
      return keeper.targets.map((target) => ({ subject, target, ...stepsOf(keeper, target, task.metrics) }));
    }),
  };
}

function stepsOf(keeper: ScoreKeeper, target: string | null, metrics: readonly string[]) {
  const steps = keeper.byHorizon(target);
  const byStep = metrics.map((metric) => [metric, steps.map(({ values }) => values[metric]!)] as const);
  return { byStep: Object.fromEntries(byStep), counts: steps.map(({ count }) => count) };
}
