// What the scores of several runs say together.
import type { RunSummary } from '../contract/runs/run.ts';
import type { StudyFindings } from '../contract/studies/study.ts';
import { spreadOf } from '../words/studies.ts';

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
