// The job `export-tables`: a run as CSV files or as a report, with its predictions of the test part.
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { exportCsv } from '../../../export/csv.ts';
import { exportReport } from '../../../export/report/report.ts';
import { contentOf } from '../../../tasks/content.ts';
import { predictPart } from '../predict.ts';
import type { Job } from './job.ts';

export const exportTablesJob: Job<Jobs['export-tables']> = {
  async run({ run, steps, epochs, format, guardFormulas, figures, ...job }, { openSource }) {
    const predictions = await predictPart({ ...job, part: 'test' }, openSource);
    const source = { run, task: contentOf(run.configuration, predictions), steps, epochs };
    const files =
      format === 'report' ? [exportReport({ ...source, figures })] : exportCsv({ ...source, guardFormulas });
    return Promise.all(
      files.map(async ({ name, mediaType, content }) => ({
        name,
        mediaType,
        data: new Uint8Array(await content.arrayBuffer()),
      })),
    );
  },
};
