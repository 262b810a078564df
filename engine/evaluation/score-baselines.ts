// Scores the baselines on one part, exactly as the model is scored. A model that does not beat them is worth nothing.
import type { Score } from '../contract/run.ts';
import type { ForecastExperiment } from '../contract/tasks/forecast-experiment.ts';
import type { PreparedForecast } from '../data/prepared.ts';
import type { Baseline, BaselineData, BaselineOptions, Fill } from './baselines/baseline.ts';
import { BASELINES } from './baselines/registry.ts';
import { createScoreKeeper, type ScoredPart } from './score-keeper.ts';

/** Windows forecast at a time. */
const BATCH_WINDOWS = 64;

export interface BaselineForecaster {
  readonly subject: string;
  readonly fill: Fill;
}

/** The baselines that these data allow, fitted. */
export function fitBaselines(
  data: BaselineData,
  experiment: BaselineOptions,
  baselines: readonly Baseline[] = BASELINES,
): BaselineForecaster[] {
  return baselines
    .filter((baseline) => baseline.missing(data, experiment) === null)
    .map((baseline) => ({ subject: baseline.subject, fill: baseline.fit(data, experiment) }));
}

/** A sentence for each reason why these data do not allow a baseline, or several. */
export function baselineNotes(
  data: BaselineData,
  experiment: BaselineOptions,
  baselines: readonly Baseline[] = BASELINES,
): string[] {
  const missing = baselines.flatMap((baseline) => {
    const reason = baseline.missing(data, experiment);
    return reason === null ? [] : [{ subject: baseline.subject, reason }];
  });
  return [...Map.groupBy(missing, ({ reason }) => reason)].map(
    ([reason, members]) => `No ${members.map(({ subject }) => subject).join(', no ')} baseline: ${reason}.`,
  );
}

/** Scores of fitted baselines, one after the other; each `next` scores some windows of one. */
export function* scoreBaselines(
  prepared: PreparedForecast,
  part: ScoredPart,
  {
    experiment,
    baselines,
  }: { readonly experiment: ForecastExperiment; readonly baselines: readonly BaselineForecaster[] },
): Generator<void, Score[], void> {
  const scores: Score[] = [];
  for (const { subject, fill } of baselines) {
    const keeper = createScoreKeeper(prepared, part, experiment.evaluation, experiment.task);
    for (const { indices, forecasts } of baselineBatches(prepared, part, fill)) {
      keeper.add(indices, forecasts);
      yield;
    }
    scores.push(...keeper.finish(subject));
  }
  return scores;
}

/** Forecasts of a part's windows in their order, [indices.length, horizon, targets]; the next batch overwrites the array. */
export function* baselineBatches(
  prepared: PreparedForecast,
  part: ScoredPart,
  fill: Fill,
): Generator<{ readonly indices: Int32Array; readonly forecasts: Float64Array }, void, void> {
  const set = prepared.windows[part];
  const cells = prepared.horizon * prepared.targetNames.length;
  const forecasts = new Float64Array(BATCH_WINDOWS * cells);
  for (let first = 0; first < set.count; first += BATCH_WINDOWS) {
    const size = Math.min(BATCH_WINDOWS, set.count - first);
    const indices = Int32Array.from({ length: size }, (_, index) => first + index);
    indices.forEach((window, index) => {
      fill(set.series[window]!, set.origin[window]!, forecasts, index * cells);
    });
    yield { indices, forecasts };
  }
}
