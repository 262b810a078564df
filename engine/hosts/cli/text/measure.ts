// What a test score measures, in a few characters.
import type { RunSummary } from '../../../contract/run.ts';

/** `MAE of close`, `MAE of close, standardized`; empty without a score. */
export function measureText({ testMetric, testUnit, targetNames }: MeasuredRun): string {
  if (testMetric === null) return '';
  const of = targetNames === null ? '' : ` of ${targetNames}`;
  return `${testMetric.toUpperCase()}${of}${testUnit === 'standardized' ? ', standardized' : ''}`;
}

type MeasuredRun = Pick<RunSummary, 'testMetric' | 'testUnit' | 'targetNames'>;
