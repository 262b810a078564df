// Mean and standard deviation of the results of several runs.
import type { RunSummary } from '../contract/run.ts';
import type { Spread, StudyFindings } from '../contract/study.ts';

/** Of the finite ones among the values; null where there are none. The deviation is that of a sample: n - 1. */
export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const finite = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  const count = finite.length;
  if (count === 0) return null;
  const mean = finite.reduce((sum, value) => sum + value / count, 0);
  const squares = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : null, count };
}

/** Test scores of different protocols, metrics or units have no mean. */
export function scoreFindings(runs: readonly RunSummary[]): StudyFindings {
  const scored = runs.filter(({ testScore }) => testScore !== null && Number.isFinite(testScore));
  const measures = new Set(
    scored.map(({ fingerprint, testMetric, testUnit }) =>
      JSON.stringify([fingerprint, testMetric, testUnit]),
    ),
  );
  const validation = spreadOf(runs.map(({ bestValidationLoss }) => bestValidationLoss));
  const [first] = scored;
  if (measures.size > 1) {
    const note = `The runs were scored by ${measures.size} protocols, so their scores have no mean.`;
    return { test: null, validation, note };
  }
  const spread = spreadOf(scored.map(({ testScore }) => testScore));
  const test =
    first && spread ? { ...spread, metric: first.testMetric ?? '', unit: first.testUnit ?? '' } : null;
  const note =
    scored.length < runs.length && scored.length > 0
      ? `Of ${scored.length} of ${runs.length} runs: the others have no test score.`
      : null;
  return { test, validation, note };
}
