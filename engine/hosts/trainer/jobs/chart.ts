// The job `chart`: a series too long to be read on the host's thread. What was read stays, since the next question is most often about
// another range of it.
import { ChartFrame } from '../../../contract/datasets/frames.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { chartOf } from '../../../data/chart/chart.ts';
import { createKeptColumns } from '../../../data/chart/kept-columns.ts';
import type { Job } from './job.ts';

const kept = createKeptColumns(256 * 2 ** 20);

export const chartJob: Job<Jobs['chart']> = {
  run: async (input, { openSource }) =>
    ChartFrame.encode(chartOf(await kept.read(input, openSource), input.range)),
};
