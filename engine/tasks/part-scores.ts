// The scores of a part of the samples: one row for each metric that the task names, in the unit of the data.
import type { Score } from '../contract/runs/run.ts';
import type { ScoredPart } from './task-kind.ts';

interface Scored {
  readonly part: ScoredPart;
  readonly subject: string;
  readonly metrics: readonly string[];
  /** Samples, tokens or frames behind each value. */
  readonly count: number;
}

export function partScores(
  { part, subject, metrics, count }: Scored,
  measure: (metric: string) => number,
): Score[] {
  return [...new Set(metrics)].map((metric) => ({
    part,
    subject,
    metric,
    unit: 'original',
    target: null,
    value: measure(metric),
    count,
  }));
}
