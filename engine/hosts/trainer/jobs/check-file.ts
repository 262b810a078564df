// The job `check-file`: a part of the check of the whole workspace, with a connection that only reads. SQLite reads the structure in one
// go; everything else comes in slices, so that other jobs are done in between.
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { checkSlice } from '../../../store/check/check-file.ts';
import { hasItsChecksum } from '../../../training/own-checksum.ts';
import type { Job } from './job.ts';

const SLICE_MS = 300;

export const checkFileJob: Job<Jobs['check-file']> = {
  async run({ workspacePath, from }) {
    const endsAtMs = performance.now() + SLICE_MS;
    return checkSlice(workspacePath, from, {
      isWholeFile: hasItsChecksum,
      isEnough: () => performance.now() > endsAtMs,
    });
  },
};
