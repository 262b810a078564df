// The job `read-exported`: a summary of an exported model's folder.
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { describeCard } from '../../../export/tfjs/describe-card.ts';
import { readExported } from '../exported-model/read-exported.ts';
import type { Job } from './job.ts';

export const readExportedJob: Job<Jobs['read-exported']> = {
  async run({ folder }) {
    const { card } = await readExported(folder);
    return { model: describeCard(card), trainedOn: card.trainedOn };
  },
};
