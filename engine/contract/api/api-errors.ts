// How a HindcastError crosses the API: as oRPC's defined error HINDCAST, on every transport and in process.
import { HindcastError, type HindcastErrorData } from '../values/errors.ts';

export const ERROR_NAME = 'HINDCAST';

/** Wraps an async iterator so that its failures pass through `translate`; values and early ends go through unchanged. */
export function mapIteratorErrors<T>(
  iterator: AsyncIterator<T> & AsyncIterable<T>,
  translate: (error: unknown) => unknown,
): AsyncIterableIterator<T> {
  return {
    async next() {
      try {
        return await iterator.next();
      } catch (error) {
        throw translate(error);
      }
    },
    async return(value?: unknown) {
      await iterator.return?.(value as T);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

export function isAsyncIterator(value: unknown): value is AsyncIterator<unknown> & AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;
}

/** Turns an error on the client's side back into its HindcastError. */
export function fromApiError(error: unknown): HindcastError {
  if (error instanceof HindcastError) return error;
  if (isNamed(error) && error.code === ERROR_NAME) return HindcastError.fromData(error.data);
  if (error instanceof Error && error.name === 'AbortError') {
    return new HindcastError('cancelled', 'The call was cancelled.', { cause: error });
  }
  return HindcastError.wrap(error, 'The engine could not answer');
}

function isNamed(error: unknown): error is { code: string; data: HindcastErrorData } {
  return typeof error === 'object' && error !== null && 'code' in error && 'data' in error;
}
