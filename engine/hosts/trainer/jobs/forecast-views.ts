// The jobs `forecast-origins`, `forecast-errors` and `forecast-result`: what screens show of a run's forecasts. Prepared data and
// fitted baselines are kept while the process lives, since the next question is usually about the same run.
import { createHash } from 'node:crypto';
import { selectBackend } from '../../../backends/select.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import type { ForecastViewJob } from '../../../contract/processes/jobs/version.ts';
import {
  asForecastExperiment,
  type ForecastExperiment,
} from '../../../contract/tasks/forecast-experiment.ts';
import type { PreparedForecast } from '../../../data/prepared.ts';
import type { Calibration } from '../../../evaluation/intervals/calibration.ts';
import { type BaselineForecaster, fitBaselines } from '../../../evaluation/score-baselines.ts';
import { createParameterSet } from '../../../models/parameters.ts';
import { finished } from '../../../tasks/finished.ts';
import { originLosses } from '../../../tasks/forecast/duel/origin-losses.ts';
import { calibrateModel } from '../../../tasks/forecast/intervals.ts';
import { prepareForecast } from '../../../tasks/forecast/preparation/prepare.ts';
import { modelFor } from '../../../tasks/forecast/training/model.ts';
import { intervalResult } from '../../../tasks/forecast/views/interval-result.ts';
import { residualsOf } from '../../../tasks/forecast/views/residuals.ts';
import type { PartForecasts } from '../../../tasks/forecast/views/result.ts';
import { resultFrame } from '../../../tasks/forecast/views/result-frame.ts';
import {
  errorsByHorizon,
  forecastsAt,
  forecastsOfPart,
  type ViewedForecast,
} from '../../../tasks/forecast/views/views.ts';
import { seriesOf } from '../../../tasks/task-kind.ts';
import { decodeWeights } from '../../../training/weights.ts';
import { type OpenSource, readTaskData } from '../prepare-job.ts';
import type { Job } from './job.ts';

export const forecastOriginsJob: Job<Jobs['forecast-origins']> = {
  run: (input, { openSource }) =>
    withWeights(input, openSource, (viewed) => forecastsAt(viewed, input.choice, input)),
};

export const forecastErrorsJob: Job<Jobs['forecast-errors']> = {
  run: (input, { openSource }) => withWeights(input, openSource, errorsByHorizon),
};

export const forecastLossesJob: Job<Jobs['forecast-losses']> = {
  run: (input, { openSource }) =>
    withWeights(input, openSource, (viewed) => originLosses(forecastsOfPart(viewed), input.isSquared)),
};

export const forecastResidualsJob: Job<Jobs['forecast-residuals']> = {
  run: async (input, { openSource }) =>
    residualsOf(await partForecasts(input, openSource), input.choice, input.runId),
};

export const forecastIntervalsJob: Job<Jobs['forecast-intervals']> = {
  run: async (input, { openSource }) => intervalResult(await partForecasts(input, openSource), input.runId),
};

export const forecastResultJob: Job<Jobs['forecast-result']> = {
  run: async (input, { openSource }) => resultFrame(await partForecasts(input, openSource), input),
};

/** Another series, target or range of the same result is asked for next. */
let keptForecasts: { readonly key: string; readonly forecasts: PartForecasts } | undefined;
const MOST_KEPT_BYTES = 128 * 2 ** 20;

async function partForecasts(
  job: ForecastViewJob & { readonly key: string },
  openSource: OpenSource,
): Promise<PartForecasts> {
  const key = JSON.stringify([job.workspacePath, job.key]);
  if (keptForecasts?.key === key) return keptForecasts.forecasts;
  keptForecasts = undefined;
  const forecasts = await withWeights(job, openSource, forecastsOfPart);
  const bytes = forecasts.values.byteLength * (1 + (forecasts.quantiles?.length ?? 0));
  if (bytes <= MOST_KEPT_BYTES) keptForecasts = { key, forecasts };
  return forecasts;
}

async function withWeights<Answer>(
  job: ForecastViewJob,
  openSource: OpenSource,
  look: (viewed: ViewedForecast) => Answer,
): Promise<Answer> {
  const experiment = asForecastExperiment(job.experiment);
  const { prepared, baselines } = await prepare(job, experiment, openSource);
  const { backend, allowBackendFallback: allowFallback } = experiment;
  await selectBackend(backend, { allowFallback, threads: job.threads });
  const parameters = createParameterSet(
    modelFor(experiment, prepared).specs,
    decodeWeights(job.model.weights),
  );
  try {
    const { weight } = parameters;
    const calibration = () => calibrationOf(job, { experiment, prepared, weight });
    return look({ experiment, prepared, baselines, part: job.part, weight, calibration });
  } finally {
    parameters.dispose();
  }
}

/** Of the last weights: every block of origins needs it. */
let keptCalibration:
  | {
      readonly prepared: PreparedForecast;
      readonly weights: string;
      readonly calibration: Calibration | null;
    }
  | undefined;

function calibrationOf(
  job: ForecastViewJob,
  viewed: Pick<ViewedForecast, 'experiment' | 'prepared' | 'weight'>,
): Calibration | null {
  const { prepared } = viewed;
  const weights = createHash('sha256').update(job.model.weights).digest('hex');
  if (keptCalibration?.prepared === prepared && keptCalibration.weights === weights) {
    return keptCalibration.calibration;
  }
  const model = modelFor(viewed.experiment, prepared);
  const calibration = finished(calibrateModel({ ...viewed, model }));
  keptCalibration = { prepared, weights, calibration };
  return calibration;
}

interface Kept {
  readonly key: string;
  readonly prepared: PreparedForecast;
  /** Fitting them can take a second. */
  readonly baselines: readonly BaselineForecaster[];
}

let kept: Kept | undefined;

async function prepare(
  job: ForecastViewJob,
  experiment: ForecastExperiment,
  openSource: OpenSource,
): Promise<Kept> {
  const key = JSON.stringify([job.workspacePath, job.datasetVersionId, experiment]);
  if (kept?.key === key) return kept;
  kept = undefined;
  const { series, name } = seriesOf(await readTaskData(job, openSource));
  const prepared = prepareForecast(experiment, series, name);
  kept = { key, prepared, baselines: fitBaselines(prepared, experiment) };
  return kept;
}
