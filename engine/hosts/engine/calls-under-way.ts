// Counts the calls that a host is answering, so that it does not leave in the middle of one.
import { isAsyncIterator } from '../../contract/api/api-errors.ts';

interface Interceptable {
  readonly path: readonly string[];
  next(): Promise<unknown>;
}

export interface CallsUnderWay {
  /** An interceptor for oRPC. */
  count(call: Interceptable): Promise<unknown>;
  none(): boolean;
  /** Resolves when there is none, or after `patienceMs`. */
  settled(patienceMs: number): Promise<void>;
}

/** Watchers wait for what may never come, and find the next host by themselves. */
const ENDLESS = 'events.watch';

export function createCallCounter(): CallsUnderWay {
  let calls = 0;
  const ended = (): void => {
    calls--;
  };
  return {
    async count(call) {
      if (call.path.join('.') === ENDLESS) return call.next();
      calls++;
      try {
        const output = await call.next();
        return isAsyncIterator(output) ? countedIterator(output, () => void calls++, ended) : output;
      } finally {
        ended();
      }
    },
    none: () => calls === 0,
    async settled(patienceMs) {
      for (let waited = 0; calls > 0 && waited < patienceMs; waited += 10) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

/** Counts until the iteration has ended, in whatever way. */
function countedIterator<T>(
  iterator: AsyncIterator<T> & AsyncIterable<T>,
  begun: () => void,
  ended: () => void,
): AsyncIterableIterator<T> {
  let isOpen = true;
  const end = (): void => {
    if (isOpen) ended();
    isOpen = false;
  };
  begun();
  return {
    async next() {
      try {
        const result = await iterator.next();
        if (result.done) end();
        return result;
      } catch (cause) {
        end();
        throw cause;
      }
    },
    async return(value?: unknown) {
      try {
        await iterator.return?.(value as T);
      } finally {
        end();
      }
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
