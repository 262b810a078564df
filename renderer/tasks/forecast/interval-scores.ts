// The scores that come along where a draft forecasts quantiles, and go where it does not. Pure.
import { forecastsDistribution, LossSchema } from '../../../engine/contract/experiment/losses.ts';
import { type Draft, valueAt, withValue } from '../../features/design/draft.ts';

const INTERVAL_METRICS: readonly string[] = ['crps', 'coverage', 'width'];
const OF_QUANTILES: readonly string[] = [...INTERVAL_METRICS, 'pinball', 'wql', 'interval-score'];

interface Chosen {
  readonly intervals: unknown;
  readonly loss: unknown;
}

export function hasQuantiles({ intervals, loss }: Chosen): boolean {
  const known = LossSchema.safeParse(loss);
  const isUncertain = known.success && forecastsDistribution(known.data);
  return isUncertain || (typeof intervals === 'string' && intervals !== 'none');
}

/** The draft with the metrics that suit what it forecasts. */
export function withIntervalScores(draft: Draft): Draft {
  const chosen = { intervals: valueAt(draft, 'task.intervals'), loss: valueAt(draft, 'task.loss') };
  const metrics = valueAt(draft, 'task.metrics');
  const known: readonly unknown[] = Array.isArray(metrics) ? metrics : ['mae', 'rmse', 'mse'];
  if (!hasQuantiles(chosen)) {
    return withValue(
      draft,
      'task.metrics',
      known.filter((name) => !OF_QUANTILES.includes(String(name))),
    );
  }
  const missing = INTERVAL_METRICS.filter((name) => !known.includes(name));
  return withValue(draft, 'task.metrics', [...known, ...missing]);
}
