// The job `copy-workspace`: writes a whole copy of the workspace as it is at this moment, whatever its host writes meanwhile.
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { writeCopy } from '../../../store/file/copy-workspace.ts';
import type { Job } from './job.ts';

export const copyWorkspaceJob: Job<Jobs['copy-workspace']> = {
  async run({ workspacePath, path }) {
    await writeCopy(workspacePath, path);
    return null;
  },
};
