// Scores at the end of a run: the best weights and the baselines on validation and test, with the hash of those weights.
import type { Experiment } from '../../contract/experiment.ts';
import type { Score } from '../../contract/run.ts';
import type { PreparedForecast } from '../../data/prepared.ts';
import { scoreBaselines } from '../../evaluation/baselines.ts';
import { createParameterSet, type NamedArray } from '../../models/parameters.ts';
import { scoreForecast } from '../../training/score-forecast.ts';
import type { ForecastTaskOptions } from '../../training/task-forecast.ts';

const SCORED_PARTS = ['validation', 'test'] as const;

export interface ScoringOptions {
  readonly experiment: Experiment;
  readonly prepared: PreparedForecast;
  readonly forecasting: ForecastTaskOptions;
  readonly weights: readonly NamedArray[];
  /** Asked between batches: true gives the scoring up. */
  shouldGiveUp(): boolean;
}

/** Null where it was given up. */
export async function scoreRun(options: ScoringOptions): Promise<Score[] | null> {
  const { experiment, prepared, forecasting, weights } = options;
  const parameters = createParameterSet(forecasting.model.specs, weights);
  const scores: Score[] = [];
  try {
    for (const part of SCORED_PARTS) {
      const pass = scoreForecast(forecasting, parameters.weight, part);
      for (let next = pass.next(); ; next = pass.next()) {
        if (next.done) {
          scores.push(...next.value);
          break;
        }
        await new Promise((resolve) => setImmediate(resolve));
        if (options.shouldGiveUp()) return null;
      }
      scores.push(...scoreBaselines(prepared, part, experiment));
    }
    return scores;
  } finally {
    parameters.dispose();
  }
}
