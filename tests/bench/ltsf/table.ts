// Scores of the baselines under a protocol: standardized, over all channels, in the two ways of counting that published tables
// use.
import { ExperimentSchema } from '../../../engine/contract/experiment/experiment.ts';
import {
  asForecastExperiment,
  type ForecastExperiment,
} from '../../../engine/contract/tasks/forecast-experiment.ts';
import type { Series } from '../../../engine/data/series.ts';
import type { Baseline } from '../../../engine/evaluation/baselines/baseline.ts';
import { createLinear } from '../../../engine/evaluation/baselines/linear.ts';
import { BASELINES } from '../../../engine/evaluation/baselines/registry.ts';
import { fitBaselines, scoreBaselines } from '../../../engine/evaluation/score-baselines.ts';
import { prepareForecast } from '../../../engine/tasks/forecast/preparation/prepare.ts';
import type { Protocol } from './protocols.ts';

/** Of the table's column: one ridge for all horizons, as it is. */
const TABLE_RIDGE = 1e-3;

export interface LtsfCase {
  readonly protocol: Protocol;
  readonly horizon: number;
  readonly lookback: number;
  /** Drops the last partial batch of the test part, as the published tables did; null: scores all windows. */
  readonly dropBatchOf: number | null;
}

export interface LtsfScore {
  readonly subject: string;
  readonly mse: number;
  readonly mae: number;
}

export const LTSF_BASELINES: readonly Baseline[] = BASELINES.map((baseline) => {
  const table = createLinear({ ridge: TABLE_RIDGE });
  return baseline.subject === table.subject ? table : baseline;
});

export function scoreBaselinesOf(
  series: Series,
  wanted: LtsfCase,
  baselines: readonly Baseline[] = LTSF_BASELINES,
): LtsfScore[] {
  const experiment = experimentOf(series, wanted);
  const prepared = prepareForecast(experiment, [series], series.name);
  const fitted = fitBaselines(prepared, experiment, baselines);
  const pass = scoreBaselines(prepared, 'test', { experiment, baselines: fitted });
  let step = pass.next();
  while (!step.done) step = pass.next();
  const overall = step.value.filter(({ target }) => target === null);
  return fitted.map(({ subject }) => {
    const of = (metric: string): number =>
      overall.find((score) => score.subject === subject && score.metric === metric)?.value ?? Number.NaN;
    return { subject, mse: of('mse'), mae: of('mae') };
  });
}

/** All channels in and out. No model is trained: the one of the experiment is only there since an experiment has one. */
function experimentOf(
  series: Series,
  { protocol, horizon, lookback, dropBatchOf }: LtsfCase,
): ForecastExperiment {
  const experiment = ExperimentSchema.parse({
    name: `${series.name} ${horizon}`,
    dataset: { name: series.name },
    task: {
      kind: 'forecast',
      targets: series.columns.map(({ name }) => name),
      lookback,
      horizon,
      metrics: ['mse', 'mae'],
    },
    split: protocol.split(series.times.length),
    pipeline: [{ step: 'standardize' }],
    model: { kind: 'gru', units: 8 },
    evaluation: {
      scale: 'standardized',
      ...(dropBatchOf === null ? {} : { dropPartialBatchOf: dropBatchOf }),
    },
  });
  return asForecastExperiment(experiment);
}
