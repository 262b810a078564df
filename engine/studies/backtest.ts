// Backtest: one experiment at several origins of the past (rolling origin, Tashman 2000). Each fold is a run that learns on the rows
// before its test rows; the spread over the folds shows how much of a score is the time that was tested.
import { z } from 'zod';
import type { RunSummary } from '../contract/runs/run.ts';
import type { StudyFindings } from '../contract/studies/study.ts';
import { PositiveInt } from '../contract/values/fields.ts';
import { BACKTEST_WINDOWS, backtestSplits, MOST_FOLDS } from '../defaults/backtest.ts';
import { spreadOf } from '../words/studies.ts';
import type { StudyKind } from './study-kind.ts';

const BacktestPlanSchema = z.object({
  kind: z.literal('backtest'),
  folds: z.int().min(2).max(MOST_FOLDS),
  /** Rows of each series that the first fold learns on, and that every fold stops by and tests on. */
  train: PositiveInt,
  validation: PositiveInt,
  test: PositiveInt,
  /** `expanding`: each fold learns on all rows before; `sliding`: on as many as the first one. */
  window: z.enum(BACKTEST_WINDOWS).default('expanding'),
  /** Rows between the parts of a fold that are in none. */
  embargo: z.int().min(0).default(0),
  /** One model tests this many folds, one after the other, before the next is trained. */
  refitEvery: PositiveInt.default(1),
});
export type BacktestPlan = z.infer<typeof BacktestPlanSchema>;

export const backtest: StudyKind<BacktestPlan> = {
  kind: 'backtest',
  plan: BacktestPlanSchema.refine(({ folds, refitEvery }) => refitEvery < folds, {
    path: ['refitEvery'],
    message: 'must be below the number of folds: a single model tested once is no backtest',
  }),
  checksEach: true,
  hasFolds: true,
  next: ({ plan, experiment, issued }) =>
    backtestSplits(plan)
      .slice(issued)
      .map(({ label, split }) => ({ label, experiment: { ...experiment, split } })),
  summary: (_study, runs) => foldFindings(runs),
};

/** Folds are scored on other rows, so their fingerprints differ; metric and unit are one. */
function foldFindings(runs: readonly RunSummary[]): StudyFindings {
  const scored = runs.filter(({ testScore }) => testScore !== null && Number.isFinite(testScore));
  const spread = spreadOf(scored.map(({ testScore }) => testScore));
  const [first] = scored;
  const validation = spreadOf(runs.map(({ bestValidationLoss }) => bestValidationLoss));
  if (!spread || !first) return { test: null, validation, note: null };
  const compared = scored.filter(({ testOutcome }) => testOutcome !== null);
  const ahead = compared.filter(({ testOutcome }) => testOutcome === 'better').length;
  const missing = runs.length - scored.length;
  const note = [
    `Mean and deviation over ${spread.count} ${spread.count === 1 ? 'fold' : 'folds'}, each scored on later rows than the one before.`,
    ...(compared.length > 0 ? [`Better than the best baseline in ${ahead} of ${compared.length}.`] : []),
    ...(missing > 0 ? [`${missing} without a test score.`] : []),
  ].join(' ');
  const test = { ...spread, metric: first.testMetric ?? '', unit: first.testUnit ?? '' };
  return { test, validation, note };
}
