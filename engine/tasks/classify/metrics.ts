// Metrics of classes by name.
import { HindcastError } from '../../contract/values/errors.ts';
import { didYouMean } from '../../data/pipeline/did-you-mean.ts';
import { CLASS_METRICS, type ClassMetric } from '../../evaluation/classes/class-metrics.ts';

/** @throws HindcastError `invalid-input` for a name that none of them has */
export function requireClassMetrics(names: readonly string[]): void {
  for (const name of names) findClassMetric(name);
}

export function findClassMetric(name: string): ClassMetric {
  const found = CLASS_METRICS.find((metric) => metric.name === name);
  if (found) return found;
  const names = CLASS_METRICS.map((metric) => metric.name);
  const message = `There is no metric "${name}" of classes${didYouMean(name, names)}; task.metrics takes ${names.join(', ')}.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.metrics' } });
}
