// What other seeds of the same experiment say about a run: whether its lead over the best baseline is more than luck.
import type { Catalogue } from '../../contract/runs/catalogue.ts';
import type { RunSummary } from '../../contract/runs/run.ts';
import { spreadOf } from '../studies.ts';
import { measureKey } from './measure.ts';
import { metricInSentence, scoreFormat } from './metric-info.ts';

export type SeededRun = Pick<
  RunSummary,
  'seed' | 'testScore' | 'testMetric' | 'testUnit' | 'fingerprint' | 'bestBaseline' | 'bestBaselineScore'
>;

/**
 * `With 3 seeds the test MAE is 0.851 ± 0.02: the difference from the baseline repeat is within the spread of the seeds.` Null where
 * fewer than two seeds have a score of the same protocol, metric and unit.
 *
 * @param runs all that differ from `run` in their seed alone, itself among them
 */
export function seedRemark(
  run: SeededRun,
  runs: readonly SeededRun[],
  given: { readonly number: (value: number) => string; readonly catalogue: Catalogue },
): string | null {
  const { number, catalogue } = given;
  const measure = measureKey(run);
  if (measure === null || !isScore(run.testScore)) return null;
  const alike = runs.filter((one) => measureKey(one) === measure && isScore(one.testScore));
  const scores = alike.map(({ testScore }) => testScore).filter(isScore);
  const seeds = new Set(alike.map(({ seed }) => seed)).size;
  const spread = spreadOf(scores);
  if (seeds < 2 || !spread) return null;
  const metric = run.testMetric ?? '';
  const format = scoreFormat(catalogue, metric, number);
  const label = metricInSentence(catalogue, metric);
  const reached = `With ${seeds} seeds the test ${label} is ${format(spread.mean)} ± ${format(spread.deviation ?? 0)}`;
  const { bestBaseline, bestBaselineScore } = run;
  if (bestBaseline === null || !isScore(bestBaselineScore)) return `${reached}.`;
  const width = Math.max(...scores) - Math.min(...scores);
  const isLuck = Math.abs(run.testScore - bestBaselineScore) <= width;
  const extent = isLuck ? 'within' : 'larger than';
  return `${reached}: the difference from the baseline ${bestBaseline} is ${extent} the spread of the seeds.`;
}

const isScore = (value: number | null): value is number => value !== null && Number.isFinite(value);
