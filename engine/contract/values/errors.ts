// The one error type of Hindcast and the list of its codes. It crosses processes and the API as plain data.
import { shortened } from './shortened.ts';
import { reasonOf } from './system-errors.ts';

export const ERROR_CODES = [
  'invalid-input', // a field, flag or experiment value that makes no sense
  'not-found', // a run, dataset, version, column or sample that is not there
  'conflict', // the state of a thing does not allow what was asked, or a name is taken
  'file-missing',
  'file-empty',
  'file-binary',
  'file-unreadable',
  'no-time-column',
  'no-numeric-column',
  'duplicate-column',
  'too-few-rows',
  'unknown-column',
  'workspace-not-ours',
  'workspace-newer',
  'workspace-read-only',
  'workspace-damaged',
  'workspace-unreachable',
  'workspace-locked', // another program is writing it
  'workspace-moved', // deleted, renamed or replaced while it was open
  'disk-full',
  'backend-unavailable',
  'process-died',
  'connection-lost',
  'run-not-completed', // a run that was waited for diverged, failed, was stopped or interrupted
  'cancelled',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface HindcastErrorData {
  readonly code: ErrorCode;
  readonly message: string;
  /** Machine-readable particulars: file, line, column, field, run, ... */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

export interface HindcastErrorOptions {
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * What failed, where, and what to do next, in one sentence.
 *
 * Example: `new HindcastError('unknown-column', 'sp500 has no column "clse"; its columns are ...', { details: { column: 'clse' } })`.
 */
export class HindcastError extends Error {
  override readonly name = 'HindcastError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, message: string, options: HindcastErrorOptions = {}) {
    super(shortened(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
  }

  toData(): HindcastErrorData {
    return { code: this.code, message: this.message, details: this.details };
  }

  static fromData(data: HindcastErrorData): HindcastError {
    return new HindcastError(data.code, data.message, data.details ? { details: data.details } : {});
  }

  /** Wraps an unknown cause once; a HindcastError passes through unchanged. */
  static wrap(cause: unknown, doing: string): HindcastError {
    if (cause instanceof HindcastError) return cause;
    return new HindcastError('internal', `${doing}: ${reasonOf(cause)}`, { cause });
  }
}
