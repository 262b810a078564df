// Names what a test score measures, in a few characters.
import type { RunSummary } from '../../../contract/run.ts';
import { CATALOGUE } from '../../../evaluation/catalogue.ts';
import { metricInfo, scoreFormat } from '../../../words/scores/metric-info.ts';
import { formatScore } from './format.ts';

/** `MAE of close`, `MAE of close, standardized`; empty without a score. */
export function measureText({ testMetric, testUnit, targetNames }: MeasuredRun): string {
  if (testMetric === null) return '';
  const of = targetNames === null ? '' : ` of ${targetNames}`;
  return `${metricInfo(CATALOGUE, testMetric).label}${of}${testUnit === 'standardized' ? ', standardized' : ''}`;
}

/** `41.5`, `38 %`; a dash without a score. */
export const testScoreText = ({
  testScore,
  testMetric,
}: Pick<RunSummary, 'testScore' | 'testMetric'>): string =>
  testScore === null || testMetric === null
    ? formatScore(testScore)
    : scoreFormat(CATALOGUE, testMetric, formatScore)(testScore);

type MeasuredRun = Pick<RunSummary, 'testMetric' | 'testUnit' | 'targetNames'>;
