// Numbered messages to the host, with a limit on unacknowledged ones: if the host cannot write (a full disk), it stops
// acknowledging, and the training waits.
import type { FromTrainer } from '../../contract/processes/trainer.ts';

type Numbered = Extract<FromTrainer, { message: number }>;
type WithoutNumber<Message> = Message extends unknown ? Omit<Message, 'message'> : never;
export type OutboxMessage = WithoutNumber<Numbered>;

export const MOST_UNSTORED = 64;

export interface Outbox {
  /** Numbers and posts it, after waiting until fewer than MOST_UNSTORED are unstored. */
  send(message: OutboxMessage): Promise<void>;
  /** Every message up to this number is stored. */
  stored(message: number): void;
}

export function createOutbox(post: (message: Numbered) => Promise<void>): Outbox {
  let last = 0;
  let stored = 0;
  let wake: (() => void) | undefined;
  return {
    async send(message) {
      while (last - stored >= MOST_UNSTORED) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      last++;
      await post({ ...message, message: last } as Numbered);
    },
    stored(message) {
      stored = Math.max(stored, message);
      wake?.();
    },
  };
}
