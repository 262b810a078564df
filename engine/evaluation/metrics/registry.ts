// Every metric that scores can be given in. To add one: its file, a line here, its name in engine/contract/metrics.ts.
import { HindcastError } from '../../contract/errors.ts';
import type { MetricName } from '../../contract/metrics.ts';
import { mae } from './mae.ts';
import type { Metric } from './metric.ts';
import { mse } from './mse.ts';
import { rmse } from './rmse.ts';

const BY_NAME = { mae, mse, rmse } satisfies Record<MetricName, Metric>;

export const METRICS: readonly Metric[] = Object.values(BY_NAME);

/** Error: `invalid-input` for a name that none of them has. */
export function findMetric(name: string, metrics: readonly Metric[] = METRICS): Metric {
  const found = metrics.find((metric) => metric.name === name);
  if (found) return found;
  const names = metrics.map((metric) => metric.name).join(', ');
  throw new HindcastError('invalid-input', `There is no metric "${name}"; task.metrics takes ${names}.`, {
    details: { field: 'task.metrics' },
  });
}
