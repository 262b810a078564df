// What a test score measures, in a few words: scores that measure something else are not sorted among each other.
import type { Catalogue } from '../../contract/runs/catalogue.ts';
import type { RunSummary } from '../../contract/runs/run.ts';
import { metricInfo } from './metric-info.ts';

type MeasuredRun = Pick<RunSummary, 'testMetric' | 'testUnit' | 'targetNames'>;

/** `MAE of close`, `MAE of close, standardized`; empty without a score. */
export function measureText(
  { testMetric, testUnit, targetNames }: MeasuredRun,
  catalogue: Catalogue,
): string {
  if (testMetric === null) return '';
  const { label } = metricInfo(catalogue, testMetric);
  // `MSE of frames` of a target that is called so says it already.
  const of = targetNames === null || label.endsWith(` of ${targetNames}`) ? '' : ` of ${targetNames}`;
  return `${label}${of}${testUnit === 'standardized' ? ', standardized' : ''}`;
}

type ScoredRun = Pick<RunSummary, 'fingerprint' | 'testMetric' | 'testUnit'>;

/** The same for test scores that may be ranked: one protocol, one metric, one unit. Null without a score. */
export function measureKey({ fingerprint, testMetric, testUnit }: ScoredRun): string | null {
  return testMetric === null ? null : JSON.stringify([fingerprint, testMetric, testUnit]);
}

type ProtocolRun = MeasuredRun & Pick<RunSummary, 'datasetName' | 'datasetVersion' | 'fingerprint'>;

/** Above scores of one protocol: `MAE of CO2, data co2 v1, protocol 1a2b3c4d`. */
export function protocolText(run: ProtocolRun, catalogue: Catalogue): string {
  const protocol = run.fingerprint === null ? '' : `, protocol ${run.fingerprint.slice(0, 8)}`;
  return `${measureText(run, catalogue)}, data ${run.datasetName} v${run.datasetVersion}${protocol}`;
}
