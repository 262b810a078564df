// How a job is asked and answered: its kind, its limits, the messages between the host and the worker process.

import type { HindcastErrorData } from '../../values/errors.ts';

/** Of a job on files that may be made to do harm: it runs in a thread that its process watches. */
export interface JobLimits {
  /** The longest time without a sign of progress. */
  readonly idleSeconds: number;
  /** The memory that the process may take beyond what it has when the job starts. */
  readonly megabytes: number;
  /** End of the sentence about a job that was ended: what to do. */
  readonly remedy: string;
}

/** A job as its types and its words. */
export interface JobKind<In, Out> {
  /** For sentences: "The forecast was cancelled." */
  readonly what: string;
  /** Its process answers many questions about one thing (`about`), and is kept for that. */
  readonly isResident?: boolean;
  readonly limits?: JobLimits | undefined;
  /** Never set: carries the types. */
  readonly types?: { readonly in: In; readonly out: Out };
}

/** A table such as JOB_KINDS. */
export type JobKinds = Readonly<Record<string, JobKind<unknown, unknown>>>;

export type JobInput<Kind extends JobKind<unknown, unknown>> = NonNullable<Kind['types']>['in'];

export type JobOutput<Kind extends JobKind<unknown, unknown>> = NonNullable<Kind['types']>['out'];

export function job<In, Out>(
  what: string,
  options: Pick<JobKind<In, Out>, 'isResident' | 'limits'> = {},
): JobKind<In, Out> {
  return { what, ...options };
}

/** host -> worker process. One job runs at a time; a process may answer many, one after the other. */
export interface JobRequest {
  readonly type: 'job';
  /** Comes back with the answer. */
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  readonly limited?: LimitedJob | undefined;
}

/** Limits with the name of the job in sentences. */
export interface LimitedJob extends JobLimits {
  readonly what: string;
}

/** How far a job is. */
export interface JobProgress {
  readonly done: number;
  readonly total: number;
  /** Of the work, 0 to 1: what is done last may take longer than what is done first. */
  readonly fraction: number;
}

/** worker process -> host. */
export type JobReply =
  | ({ readonly type: 'progress'; readonly id: number } & JobProgress)
  | { readonly type: 'answered'; readonly id: number; readonly output: unknown; readonly last: boolean }
  /** `last`: the process takes no further job and ends. */
  | {
      readonly type: 'refused';
      readonly id: number;
      readonly error: HindcastErrorData;
      readonly last: boolean;
    };
