// What the services need from the process that hosts them.
import type { FromImporter, ToImporter } from '../contract/processes/importer.ts';
import type { JobReply, JobRequest } from '../contract/processes/jobs/job.ts';
import type { FromTrainer, ToTrainer } from '../contract/processes/trainer.ts';
import type { Worker } from './processes/worker.ts';

export type Log = (line: Readonly<Record<string, unknown>>) => void;

/** What the host gives: processes, a clock, paths. */
export interface HostFacilities {
  readonly version: string;
  /** Default: what the operating system gives this process. */
  readonly cores?: number;
  readonly now: () => number;
  /** The workspace is a private copy of this file, which cannot be written. */
  readonly readOnly?: { readonly path: string } | undefined;
  readonly log: Log;
  startTrainer(): Worker<ToTrainer, FromTrainer>;
  /** A process that answers jobs; how many there are is the pool's business. */
  startJobProcess(): Worker<JobRequest, JobReply>;
  startImporter(): Worker<ToImporter, FromImporter>;
  /** Path of a file of the sample data. @throws HindcastError `not-found` with the names there are. */
  samplePath(name: string): string;
}
