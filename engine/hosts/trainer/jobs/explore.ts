// The job `explore`: an analysis of the explorer, of some columns of a series.
import type { AnalysisName } from '../../../contract/datasets/explore.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { ANALYSES } from '../../../data/explore/registry.ts';
import { detectFrequency, seasonOf } from '../../../data/frequency.ts';
import type { Job } from './job.ts';

/** Median step of the first rows, microseconds. */
function stepOf(times: BigInt64Array): number {
  const steps = Array.from({ length: Math.min(1_000, times.length - 1) }, (_, i) =>
    Number(times[i + 1]! - times[i]!),
  );
  steps.sort((a, b) => a - b);
  return steps[steps.length >> 1] ?? 0;
}

export const exploreJob: Job<Jobs['explore']> = {
  async run({ workspacePath, datasetVersionId, series, columns, analysis, options }, { openSource }) {
    const source = await openSource(workspacePath, datasetVersionId);
    try {
      const [read] = await source.read({ series: [series], columns });
      const times = read?.times ?? new BigInt64Array(0);
      const explored = {
        times,
        columns: (read?.columns ?? []).map(({ name, values, categories }) => ({ name, values, categories })),
        season: seasonOf(detectFrequency(times)),
        stepUs: stepOf(times),
        ...options,
      };
      return { [analysis]: ANALYSES[analysis satisfies AnalysisName].run(explored) };
    } finally {
      source.close();
    }
  },
};
