// What every service works with: one workspace and the machinery around it.
import type { FromImporter, ToImporter } from '../contract/processes/importer.ts';
import type { JobReply, JobRequest, Jobs } from '../contract/processes/jobs.ts';
import type { FromTrainer, ToTrainer } from '../contract/processes/trainer.ts';
import type { Workspace } from '../store/workspace.ts';
import type { EventHub } from './event-hub.ts';
import type { RunJob } from './processes/job-pool.ts';
import type { Worker } from './processes/worker.ts';
import type { RunSupervisor } from './runs/supervisor.ts';

export type Log = (line: Readonly<Record<string, unknown>>) => void;

/** What the host gives: processes, clock, places. */
export interface HostFacilities {
  readonly version: string;
  /** Default: what the operating system gives this process. */
  readonly cores?: number;
  readonly now: () => number;
  readonly log: Log;
  startTrainer(): Worker<ToTrainer, FromTrainer>;
  /** A process that answers jobs; how many there are is the pool's business. */
  startJobProcess(): Worker<JobRequest, JobReply>;
  startImporter(): Worker<ToImporter, FromImporter>;
  /** Path of a file of the sample data; HindcastError `not-found` with the names there are. */
  samplePath(name: string): string;
}

export interface EngineContext {
  readonly workspace: Workspace;
  readonly host: HostFacilities;
  readonly hub: EventHub;
  readonly supervisor: RunSupervisor;
  /** Asks a worker process: what takes longer than a few milliseconds is computed there. */
  readonly runJob: RunJob<Jobs>;
}

/** What making runs needs: all but the supervisor, which makes some itself. */
export type RunMaker = Pick<EngineContext, 'workspace' | 'hub' | 'host'>;
