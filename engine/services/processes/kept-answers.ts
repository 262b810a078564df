// Caches answers that took a while, within a limit of bytes. Callers with the same key share the work; it is cancelled only when
// the last of them has cancelled.
import { HindcastError } from '../../contract/values/errors.ts';

export interface KeptAnswers<Answer> {
  /** @throws `cancelled` by the caller's signal, and what `make` throws; a failure is not kept. */
  get(
    key: string,
    make: (signal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal | undefined,
  ): Promise<Answer>;
}

export interface KeptAnswersOptions<Answer> {
  /** All answers together; the newest is kept though it be larger. */
  readonly mostBytes: number;
  bytesOf(answer: Answer): number;
}

interface Entry<Answer> {
  readonly promise: Promise<Answer>;
  readonly abort: AbortController;
  callers: number;
  /** 0 until it is there. */
  bytes: number;
}

export function createKeptAnswers<Answer>({
  mostBytes,
  bytesOf,
}: KeptAnswersOptions<Answer>): KeptAnswers<Answer> {
  /** The most recently used last. */
  const entries = new Map<string, Entry<Answer>>();

  function begin(key: string, make: (signal: AbortSignal) => Promise<Answer>): Entry<Answer> {
    const abort = new AbortController();
    const entry: Entry<Answer> = { promise: make(abort.signal), abort, callers: 0, bytes: 0 };
    entry.promise.then(
      (answer) => {
        entry.bytes = bytesOf(answer);
        trim();
      },
      () => drop(key, entry),
    );
    return entry;
  }

  function drop(key: string, entry: Entry<Answer>): void {
    if (entries.get(key) === entry) entries.delete(key);
  }

  function trim(): void {
    let bytes = 0;
    for (const entry of entries.values()) bytes += entry.bytes;
    for (const [key, entry] of [...entries].slice(0, -1)) {
      if (bytes <= mostBytes) return;
      if (entry.bytes === 0) continue;
      bytes -= entry.bytes;
      entries.delete(key);
    }
  }

  return {
    async get(key, make, signal) {
      const entry = entries.get(key) ?? begin(key, make);
      entries.delete(key);
      entries.set(key, entry);
      entry.callers++;
      const left = Promise.withResolvers<never>();
      const leave = () => left.reject(new HindcastError('cancelled', 'The question was cancelled.'));
      signal?.addEventListener('abort', leave, { once: true });
      if (signal?.aborted) leave();
      try {
        return await Promise.race([entry.promise, left.promise]);
      } finally {
        signal?.removeEventListener('abort', leave);
        entry.callers--;
        if (entry.callers === 0 && entry.bytes === 0) {
          // A new caller starts again instead of joining work that is being cancelled.
          drop(key, entry);
          entry.abort.abort();
        }
      }
    },
  };
}
