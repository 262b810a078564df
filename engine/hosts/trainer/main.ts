// Entry of a worker process: a forked Node process that trains one run or answers jobs, then ends. Also the entry of a limited job's
// thread.
import { isMainThread } from 'node:worker_threads';
import { openSeriesSource } from '../../store/datasets/series-source.ts';
import { JOBS } from './jobs/index.ts';
import { serveJobThread } from './limited-job.ts';
import { serveProcess } from './serve-process.ts';

const openSource = openSeriesSource;
if (isMainThread) await serveProcess({ openSource, threadEntry: new URL(import.meta.url) });
else await serveJobThread(JOBS, { openSource });
