// A call that answers once, with a line that says how far it is.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { CallProgress } from '../../../contract/values/progress.ts';
import type { EngineClient } from '../context.ts';

const ASKED_MS = 400;

interface Watching {
  readonly client: EngineClient;
  /** Ends the questions. */
  readonly signal: AbortSignal;
  show(progress: CallProgress): void;
}

/** @param call is given the name under which its progress is asked for */
export async function withProgress<Answer>(
  call: (watch: string) => Promise<Answer>,
  { client, signal, show }: Watching,
): Promise<Answer> {
  const watch = randomUUID();
  const ended = new AbortController();
  const follow = async (stop: AbortSignal): Promise<void> => {
    for (;;) {
      await wait(ASKED_MS, undefined, { signal: stop });
      const progress = await client.engine.progress({ watch }, { signal: stop });
      if (progress && !stop.aborted) show(progress);
    }
  };
  // What goes wrong with the questions goes wrong with the call as well, which says so.
  follow(AbortSignal.any([signal, ended.signal])).catch(() => {});
  try {
    return await call(watch);
  } finally {
    ended.abort();
  }
}
