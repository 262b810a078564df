// Turns every failure of a handler into the API's one defined error, so that each transport delivers code, message and details.
import { ORPCError } from '@orpc/server';
import { ERROR_NAME, isAsyncIterator, mapIteratorErrors } from '../contract/api/api-errors.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { demandText, type StandardIssue } from '../contract/values/issues.ts';
import type { Log } from './context.ts';

interface Interceptable {
  readonly path: readonly string[];
  next(): Promise<unknown>;
}

/** An interceptor for oRPC: around each call, and around what an event iterator throws later. */
export function translateFailures(log: Log) {
  return async (call: Interceptable): Promise<unknown> => {
    const translate = (cause: unknown) => toApiError(cause, call.path, log);
    try {
      const output = await call.next();
      return isAsyncIterator(output) ? mapIteratorErrors(output, translate) : output;
    } catch (cause) {
      throw translate(cause);
    }
  };
}

function toApiError(cause: unknown, path: readonly string[], log: Log): ORPCError<string, unknown> {
  if (cause instanceof ORPCError && cause.code === ERROR_NAME) return cause;
  const error = asHindcastError(cause, path);
  if (error.code === 'internal') {
    log({ level: 'error', method: path.join('.'), message: error.message, stack: (cause as Error)?.stack });
  }
  return new ORPCError(ERROR_NAME, {
    defined: true,
    status: 422,
    message: error.message,
    data: error.toData(),
  });
}

function asHindcastError(cause: unknown, path: readonly string[]): HindcastError {
  const method = path.join('.');
  if (cause instanceof ORPCError && cause.code === 'BAD_REQUEST') {
    const issues = issuesOf(cause);
    const message =
      issues === null ? `The input of ${method} cannot be used: ${cause.message}.` : `The ${issues}.`;
    return new HindcastError('invalid-input', message, { cause, details: { method } });
  }
  return HindcastError.wrap(cause, `${method} failed`);
}

/** `name must not be empty; limit must be at least 1`; null where what was given has no fields. */
function issuesOf(error: ORPCError<string, unknown>): string | null {
  const { issues = [] } = (error.data ?? {}) as { issues?: readonly StandardIssue[] };
  return issues.length > 0 && issues.every(({ path = [] }) => path.length > 0)
    ? issues.map(demandText).join('; ')
    : null;
}
