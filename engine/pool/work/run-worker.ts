// A worker: takes one job after the other until it is told to leave.
import { setTimeout as delay } from 'node:timers/promises';
import { HindcastError } from '../../contract/values/errors.ts';
import { isPassing, UNKNOWN_WORKER } from '../link/failures.ts';
import { createLink } from '../link/link.ts';
import type { JoinFile } from '../setup/join-file.ts';
import { createCalls, type WorkerIdentity } from './calls.ts';
import { trainLeased, type Workshop } from './train-leased.ts';

export interface RunWorkerOptions extends Omit<Workshop, 'calls' | 'leaseMs' | 'onNudge'> {
  readonly join: Pick<JoinFile, 'address' | 'password'>;
  readonly identity: WorkerIdentity;
  /** Called once it is known to the pool. */
  onJoined?(): void;
}

/** Without a notice the mailbox is looked at after so long, and at most a half longer: many workers do not come at once. */
const IDLE_MS = 4_000;
const RETRY_MS = 1_000;
/** Of a machine that could not begin a job: another one may take it meanwhile. */
const REST_MS = 20_000;

/** Resolves when it has left. @throws HindcastError where waiting does not help: the login, the version, the certificate */
export async function runWorker(options: RunWorkerOptions): Promise<void> {
  const { join, identity, leaving, report, now } = options;
  const nudges = new Set<() => void>();
  const link = createLink({
    ...join,
    name: `hindcast worker ${identity.label}`.slice(0, 60),
    channels: ['hindcast_jobs'],
    onNotice: () => {
      for (const nudge of nudges) nudge();
    },
  });
  const calls = createCalls(link);
  const onNudge = (listener: () => void) => {
    nudges.add(listener);
    return () => void nudges.delete(listener);
  };
  const nap = async (ms: number, isWoken = true) => {
    const woken = Promise.withResolvers<void>();
    const off = isWoken ? onNudge(woken.resolve) : () => {};
    leaving.addEventListener('abort', () => woken.resolve(), { once: true });
    const end = new AbortController();
    await Promise.race([woken.promise, delay(ms, undefined, { signal: end.signal }).catch(() => {})]);
    end.abort();
    off();
  };

  let leaseMs: number | null = null;
  let isAway = false;
  let hasJoined = false;

  async function round(): Promise<void> {
    leaseMs ??= (await calls.hello(identity)).leaseMs;
    if (!hasJoined) options.onJoined?.();
    else if (isAway) report('the pool answers again');
    hasJoined = true;
    isAway = false;
    const sentMs = now();
    const taken = await calls.take();
    if (taken) {
      const after = await trainLeased(taken, sentMs, { ...options, calls, leaseMs, onNudge });
      if (after === 'rest') await nap(REST_MS, false);
    } else await nap(IDLE_MS * (1 + (process.pid % 50) / 100));
  }

  try {
    while (!leaving.aborted) {
      try {
        await round();
      } catch (cause) {
        const error = HindcastError.wrap(cause, 'The worker failed');
        leaseMs = null;
        if (error.details?.code === UNKNOWN_WORKER) continue;
        if (!isPassing(error) || !hasJoined) throw error;
        if (!isAway) report(`${error.message} It is tried again.`);
        isAway = true;
        await nap(RETRY_MS);
      }
    }
    // Where the pool cannot be asked, the lease runs out by itself.
    await calls.bye().catch(() => {});
  } finally {
    await link.close();
  }
}
