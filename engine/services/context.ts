// The context that every service works with: one workspace and the processes and queues around it.
import type { Jobs } from '../contract/processes/jobs/table.ts';
import type { RunJob } from './processes/job-pool.ts';
import type { RunMaker } from './run-maker.ts';
import type { RunSupervisor } from './runs/supervisor.ts';

export type { HostFacilities, Log } from './host-facilities.ts';

export interface EngineContext extends RunMaker {
  readonly supervisor: RunSupervisor;
  /** Asks a worker process: what takes longer than a few milliseconds is computed there. */
  readonly runJob: RunJob<Jobs>;
}
