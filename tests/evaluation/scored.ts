// Scores of the baselines on the test part, all at once.
import type { Score } from '../../engine/contract/runs/run.ts';
import type { ForecastExperiment } from '../../engine/contract/tasks/forecast-experiment.ts';
import type { PreparedForecast } from '../../engine/data/prepared.ts';
import type { Baseline } from '../../engine/evaluation/baselines/baseline.ts';
import { fitBaselines, scoreBaselines } from '../../engine/evaluation/score-baselines.ts';

export function scored(
  prepared: PreparedForecast,
  experiment: ForecastExperiment,
  baselines?: readonly Baseline[],
): Score[] {
  const fitted = fitBaselines(prepared, experiment, baselines);
  const pass = scoreBaselines(prepared, 'test', { experiment, baselines: fitted });
  for (;;) {
    const next = pass.next();
    if (next.done) return next.value;
  }
}
