// The type of a job in the worker process.
import type {
  JobInput,
  JobKind,
  JobKinds,
  JobOutput,
  JobProgress,
} from '../../../contract/processes/jobs/job.ts';
import type { ClosableSource } from '../prepare-job.ts';

export interface ColumnSource extends ClosableSource {
  /** [rows] of the columns one after the other, without the times; NaN where missing. */
  columns(series: string, names: readonly string[]): Iterable<Float64Array>;
}

/** What the process gives its jobs. */
export interface JobEnvironment {
  openSource(workspacePath: string, datasetVersionId: number): Promise<ColumnSource>;
  /** A job says how far it is, and a job with limits also that it is still at work. */
  progress(reached?: JobProgress): void;
}

export interface Job<Kind extends JobKind<unknown, unknown>> {
  /** @throws HindcastError that says what keeps it from an answer. */
  run(input: JobInput<Kind>, environment: JobEnvironment): Promise<JobOutput<Kind>>;
  /** It leaves the process in a state that no other job should find. */
  readonly endsProcess?: boolean;
}

/** Each job, loaded when it is first asked for: TensorFlow.js takes half a second that not all of them need. */
export type JobHandlers<Kinds extends JobKinds> = {
  readonly [Name in keyof Kinds]: () => Promise<Job<Kinds[Name]>>;
};
