// Names what a test score measures, in a few characters.
import type { RunSummary } from '../../../contract/runs/run.ts';
import { CATALOGUE } from '../../../evaluation/catalogue.ts';
import { measureText as measureIn } from '../../../words/scores/measure.ts';
import { scoreFormat } from '../../../words/scores/metric-info.ts';
import { formatScore } from './format.ts';

/** `MAE of close`, `MAE of close, standardized`; empty without a score. */
export const measureText = (run: Parameters<typeof measureIn>[0]): string => measureIn(run, CATALOGUE);

/** `41.5`, `38 %`; a dash without a score. */
export const testScoreText = ({
  testScore,
  testMetric,
}: Pick<RunSummary, 'testScore' | 'testMetric'>): string =>
  testScore === null || testMetric === null
    ? formatScore(testScore)
    : scoreFormat(CATALOGUE, testMetric, formatScore)(testScore);
