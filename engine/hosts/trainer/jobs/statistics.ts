// The job `statistics`: describes the numeric columns of a series one after the other, so that only one is in memory at a time.
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { Scratch, statisticsOfValues } from '../../../data/statistics.ts';
import type { Job } from './job.ts';

const CLASSES = 32;
const LAGS = 40;

export const statisticsJob: Job<Jobs['statistics']> = {
  async run({ workspacePath, datasetVersionId, series, columns }, { openSource }) {
    const source = await openSource(workspacePath, datasetVersionId);
    try {
      const scratch = new Scratch();
      let index = 0;
      return Array.from(source.columns(series, columns), (values) => ({
        name: columns[index++]!,
        ...statisticsOfValues(values, { classes: CLASSES, lags: LAGS, scratch }),
      }));
    } finally {
      source.close();
    }
  },
};
