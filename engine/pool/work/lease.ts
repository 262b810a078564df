// Keeps a lease while its job is worked on. By its own clock the worker gives the job up when a lease has passed since it *sent* its last
// good renewal: by then the server may have given the job to another.
import { HindcastError } from '../../contract/values/errors.ts';
import { isLasting } from '../link/failures.ts';
import type { Taken, WorkerCalls } from './calls.ts';

export interface LeaseOptions {
  readonly calls: WorkerCalls;
  readonly lease: Taken;
  readonly leaseMs: number;
  /** When the job was asked for, on the clock of `now`. */
  readonly sentMs: number;
  /** Milliseconds of a clock that does not jump. */
  now(): number;
  /** The host asked to stop once more. */
  onStop(): void;
  onLost(why: string): void;
}

export interface Keeper {
  /** Renews at once: the host wants something. */
  renewNow(): void;
  close(): void;
}

export function keepLease({ calls, lease, leaseMs, sentMs, now, onStop, onLost }: LeaseOptions): Keeper {
  let goodMs = sentMs;
  let stops = 0;
  let asking = false;
  let again = false;
  let closed = false;

  function close(): void {
    closed = true;
    clearInterval(renewals);
    clearInterval(watch);
  }

  function lose(why: string): void {
    if (closed) return;
    close();
    onLost(why);
  }

  async function renew(): Promise<void> {
    if (closed) return;
    again ||= asking;
    if (asking) return;
    asking = true;
    const sent = now();
    try {
      const answer = await calls.renew(lease);
      if (answer === null) return lose('another worker has it, or it was taken back');
      goodMs = sent;
      for (; stops < answer && !closed; stops++) onStop();
    } catch (cause) {
      if (cause instanceof HindcastError && isLasting(cause)) lose(cause.message);
      // Else the next renewal may reach the server; until then the watch counts.
    } finally {
      asking = false;
    }
    if (!again) return;
    again = false;
    void renew();
  }

  const renewals = setInterval(() => void renew(), leaseMs / 3);
  const watch = setInterval(() => {
    if (now() - goodMs > leaseMs) lose('the pool did not answer for the length of a lease');
  }, leaseMs / 15);
  return { renewNow: () => void renew(), close };
}
