// Metrics of classes by name, and the scores of a subject.

import type { Score } from '../../contract/runs/run.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { didYouMean } from '../../data/pipeline/did-you-mean.ts';
import { CLASS_METRICS, type ClassMetric } from '../../evaluation/classes/class-metrics.ts';
import type { ScoredClasses } from '../../evaluation/classes/scored-classes.ts';
import type { ScoredPart } from '../task-kind.ts';

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

export function scoresOf(
  scored: ScoredClasses,
  {
    part,
    subject,
    metrics,
  }: { readonly part: ScoredPart; readonly subject: string; readonly metrics: readonly string[] },
): Score[] {
  return [...new Set(metrics)].map((metric) => ({
    part,
    subject,
    metric,
    unit: 'original',
    target: null,
    value: findClassMetric(metric).value(scored),
    count: scored.count,
  }));
}
