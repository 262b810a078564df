// The client side of the API: one connection that survives the loss of its transports.
//
// A call uses the current transport. When that is lost, read-only calls are repeated over a new transport; other calls fail with
// `connection-lost`, since it is unknown whether they took effect. Event streams resume by themselves after the last sequence
// that was seen, so their reader notices nothing.
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../contract/api/api.ts';
import { fromApiError, isAsyncIterator, mapIteratorErrors } from '../contract/api/api-errors.ts';
import type { EngineEvent } from '../contract/api/events.ts';
import { READ_METHODS } from '../contract/api/read-methods.ts';
import { HindcastError } from '../contract/values/errors.ts';
import type { RunId } from '../contract/values/ids.ts';
import type { EngineLink, Transport } from './link.ts';
import { type Patience, watchAnswers } from './watch-answers.ts';

export type { Transport } from './link.ts';

export type EngineClient = ContractRouterClient<Contract>;

export interface EngineConnection {
  readonly client: EngineClient;
  /** Opens a transport where there is none; throws what opening throws. */
  ready(): Promise<void>;
  /** Events after `after`, each once and in order, across lost transports; ends with the signal. */
  watchEvents(options: {
    after: number;
    run?: RunId;
    signal?: AbortSignal;
  }): AsyncGenerator<EngineEvent, void>;
  close(): Promise<void>;
}

const RETRY_MS = 100;

/** `open` makes a transport or throws; it is called again after each loss. */
export function connectEngine(open: () => Promise<Transport>, patience: Patience = {}): EngineConnection {
  let current: Promise<Transport> | undefined;
  let closed = false;
  const underWay = new Set<() => void>();

  function transport(): Promise<Transport> {
    if (closed)
      return Promise.reject(new HindcastError('connection-lost', 'The connection to the engine was closed.'));
    if (!current) {
      const opening = open();
      current = opening;
      const forget = () => {
        if (current === opening) current = undefined;
        for (const lose of underWay) lose();
      };
      opening.then((opened) => {
        const stop = watchAnswers(opened, {
          isNeeded: () => underWay.size > 0,
          onSilence: forget,
          ...patience,
        });
        opened.closed.then(() => {
          stop();
          forget();
        });
      }, forget);
    }
    return current;
  }

  /** Some transports leave a call without an answer when they are lost. */
  async function settledOrLost<T>(call: Promise<T>, path: readonly string[]): Promise<T> {
    const lost = Promise.withResolvers<never>();
    const lose = () => lost.reject(lostDuring(path));
    underWay.add(lose);
    try {
      return await Promise.race([call, lost.promise]);
    } finally {
      underWay.delete(lose);
    }
  }

  async function callOnce(...[path, input, options]: Parameters<EngineLink['call']>): Promise<unknown> {
    /** A lost transport aborts its calls; that is not a cancellation, unless the caller cancelled. */
    const translate = (cause: unknown): HindcastError => {
      const error = fromApiError(cause);
      return error.code === 'cancelled' && !options.signal?.aborted ? lostDuring(path) : error;
    };
    try {
      const { link } = await transport();
      const output = await settledOrLost(link.call(path, input, options), path);
      if (!isAsyncIterator(output)) return output;
      return mapIteratorErrors(guarded(output, path), translate);
    } catch (cause) {
      throw translate(cause);
    }
  }

  /** Each step of a stream is a call of its own: it, too, may never get an answer. */
  function guarded<T>(
    iterator: AsyncIterator<T> & AsyncIterable<T>,
    path: readonly string[],
  ): AsyncIterableIterator<T> {
    return {
      next: () => settledOrLost(iterator.next(), path),
      return: async (value?: unknown) => {
        await iterator.return?.(value as T);
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  const link: EngineLink = {
    async call(...call) {
      try {
        return await callOnce(...call);
      } catch (cause) {
        const isRepeatable = READ_METHODS.has(call[0].join('.'));
        if (!isRepeatable || closed || fromApiError(cause).code !== 'connection-lost') throw cause;
        return callOnce(...call);
      }
    },
  };
  const client: EngineClient = createORPCClient(link);

  async function* watchEvents({ after, run, signal }: { after: number; run?: RunId; signal?: AbortSignal }) {
    let last = after;
    while (!signal?.aborted && !closed) {
      try {
        const input = run === undefined ? { after: last } : { after: last, run };
        for await (const event of await client.events.watch(input, signal ? { signal } : {})) {
          // A stream that a lost socket cut may repeat nothing and leave out nothing: the sequence decides.
          const isStored = event.sequence > 0;
          if (isStored && event.sequence <= last) continue;
          if (isStored) last = event.sequence;
          yield event;
        }
      } catch (cause) {
        if (signal?.aborted || closed) return;
        const error = fromApiError(cause);
        if (error.code !== 'connection-lost' && error.code !== 'cancelled') throw error;
      }
      if (!signal?.aborted && !closed) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  return {
    client,
    ready: async () => void (await transport()),
    watchEvents,
    async close() {
      closed = true;
      const last = await current?.catch(() => undefined);
      current = undefined;
      await last?.close();
    },
  };
}

const lostDuring = (path: readonly string[]): HindcastError =>
  new HindcastError(
    'connection-lost',
    `The engine went away during ${path.join('.')}; look whether it was done, and call again.`,
  );
