// Scores the baselines on one part, exactly as the model is scored. A model that does not beat them is worth nothing.
import type { Score } from '../contract/runs/run.ts';
import { type IntervalChoice, quantileLevels } from '../contract/tasks/forecast.ts';
import type { ForecastExperiment } from '../contract/tasks/forecast-experiment.ts';
import type { PreparedForecast, WindowSet } from '../data/prepared.ts';
import type { Baseline, BaselineData, BaselineOptions, Fill } from './baselines/baseline.ts';
import { BASELINES } from './baselines/registry.ts';
import { type Calibration, calibrationSet, createCalibrator } from './intervals/calibration.ts';
import { intervalsOfPart } from './intervals/of-part.ts';
import { createScoreKeeper, type Quantiles, type ScoredPart } from './score-keeper.ts';

/** Windows forecast at a time. */
const BATCH_WINDOWS = 64;

export interface BaselineForecaster {
  readonly subject: string;
  readonly fill: Fill;
  /** Of a task that forecasts quantiles; baselines are calibrated as the model is. Default: null. */
  readonly calibration?: Calibration | null;
}

/** The baselines that these data allow, fitted and, where the task forecasts quantiles, calibrated. */
export function fitBaselines(
  data: PreparedForecast,
  experiment: Pick<ForecastExperiment, 'task' | 'evaluation'>,
  baselines: readonly Baseline[] = BASELINES,
): BaselineForecaster[] {
  const levels = quantileLevels(experiment.task);
  return baselines
    .filter((baseline) => baseline.missing(data, experiment) === null)
    .map((baseline) => {
      const fill = baseline.fit(data, experiment);
      const calibration = levels && calibrateBaseline(data, fill, levels);
      return { subject: baseline.subject, fill, calibration };
    });
}

/** No baseline looks at the validation part, so all of it could calibrate; what is held back for the model serves both alike. */
function calibrateBaseline(prepared: PreparedForecast, fill: Fill, levels: readonly number[]): Calibration {
  const set = calibrationSet(prepared);
  const calibrator = createCalibrator(prepared, set, levels);
  for (const batch of batchesOfFill(prepared, set, fill)) calibrator.add({ ...batch, quantiles: null });
  return calibrator.finish();
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
  for (const baseline of baselines) {
    const keeper = createScoreKeeper(prepared, part, experiment.evaluation, experiment.task);
    for (const batch of baselineBatches(prepared, part, { baseline, task: experiment.task })) {
      keeper.add(batch.indices, batch.forecasts, batch.quantiles);
      yield;
    }
    scores.push(...keeper.finish(baseline.subject));
  }
  return scores;
}

interface BatchOfBaseline {
  readonly indices: Int32Array;
  /** [indices.length, horizon, targets] original units; the next batch overwrites the array. */
  readonly forecasts: Float64Array;
}

/** Forecasts of a part's windows in their order, with their quantiles where the task has some. */
export function* baselineBatches(
  prepared: PreparedForecast,
  part: ScoredPart,
  { baseline, task }: { readonly baseline: BaselineForecaster; readonly task: IntervalChoice },
): Generator<BatchOfBaseline & { readonly quantiles: Quantiles | null }, void, void> {
  const { fill, calibration = null } = baseline;
  const maker = intervalsOfPart(prepared, part, { task, calibration });
  for (const batch of batchesOfFill(prepared, prepared.windows[part], fill)) {
    yield { ...batch, quantiles: maker?.of(batch.indices, batch.forecasts, null) ?? null };
  }
}

function* batchesOfFill(
  prepared: PreparedForecast,
  set: WindowSet,
  fill: Fill,
): Generator<BatchOfBaseline, void, void> {
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
