// The messages of a training on their way into the mailbox, in their order. What was not stored for lack of a connection or of room is
// tried again; a lost lease ends it.
import { setTimeout as delay } from 'node:timers/promises';
import type { FromTrainer } from '../../contract/processes/trainer.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { isPassing } from '../link/failures.ts';
import { type Encoded, encodeMessage } from '../mail/codec.ts';
import type { Mail, PutAnswer, Taken, WorkerCalls } from './calls.ts';

export type Outbound = FromTrainer | { readonly type: 'exited'; readonly how: string };

export interface Outgoing {
  add(message: Outbound): void;
  /** Resolves when everything is stored, or the lease is lost. */
  drained(): Promise<void>;
  /** Nothing goes out any more. */
  close(): void;
}

export interface OutgoingOptions {
  readonly calls: WorkerCalls;
  readonly lease: Taken;
  /** Every message up to this number is in the mailbox. */
  onStored(number: number): void;
  onLost(why: string): void;
}

const RETRY_MS = 500;
const FULL_MS = 1_000;
/** In one transaction. */
const MOST_TOGETHER = 32;
/** Their arrays always travel in pieces, since the next attempt reads them. */
const SPLIT = new Set(['checkpoint']);

export function createOutgoing({ calls, lease, onStored, onLost }: OutgoingOptions): Outgoing {
  const waiting: Outbound[] = [];
  let last = 0;
  let closed = false;
  let running: Promise<void> | null = null;

  /** False: nothing more can be stored. */
  async function untilStored(put: () => Promise<PutAnswer>): Promise<boolean> {
    while (!closed) {
      try {
        const answer = await put();
        if (answer === 'stored') return true;
        if (answer === 'lost') return lose('another worker has it, or it was taken back');
        await delay(FULL_MS);
      } catch (cause) {
        if (!(cause instanceof HindcastError) || !isPassing(cause)) throw cause;
        await delay(RETRY_MS);
      }
    }
    return false;
  }

  function lose(why: string): false {
    closed = true;
    onLost(why);
    return false;
  }

  async function sendLong(mail: Mail, pieces: Encoded['pieces']): Promise<boolean> {
    for (const [position, data] of pieces.entries()) {
      const isStored = await untilStored(() => calls.piece(lease, { number: mail.number, position }, data));
      if (!isStored) return false;
    }
    return sendShort([mail]);
  }

  async function sendShort(mails: readonly Mail[]): Promise<boolean> {
    let left = mails;
    while (left.length > 0) {
      const isStored = await untilStored(async () => {
        const answers = await calls.put(lease, left);
        const stored = answers.filter((answer) => answer === 'stored').length;
        if (stored > 0) onStored(left[stored - 1]!.number);
        left = left.slice(stored);
        return answers.at(-1) ?? 'stored';
      });
      if (!isStored) return false;
    }
    return true;
  }

  function mailOf(message: Outbound): { readonly mail: Mail; readonly pieces: Encoded['pieces'] } {
    const number = 'message' in message ? message.message : last + 1;
    last = number;
    const { body, pieces } = encodeMessage(message, SPLIT.has(message.type));
    const at = message.type === 'checkpoint' ? { step: message.step, epoch: message.epoch } : {};
    return { mail: { number, kind: message.type, body, pieces: pieces.length, ...at }, pieces };
  }

  async function run(): Promise<void> {
    while (waiting.length > 0 && !closed) {
      const short: Mail[] = [];
      let long: ReturnType<typeof mailOf> | null = null;
      while (waiting.length > 0 && short.length < MOST_TOGETHER && long === null) {
        const next = mailOf(waiting.shift()!);
        if (next.pieces.length > 0) long = next;
        else short.push(next.mail);
      }
      if (short.length > 0 && !(await sendShort(short))) return;
      if (long !== null && !(await sendLong(long.mail, long.pieces))) return;
    }
  }

  function start(): void {
    running ??= run().finally(() => {
      running = null;
    });
    // What waiting does not help ends the attempt: a message that is missing would make all after it worthless.
    running.catch((cause: unknown) => lose(HindcastError.wrap(cause, 'The mail could not be sent').message));
  }

  return {
    add(message) {
      if (closed) return;
      waiting.push(message);
      start();
    },
    async drained() {
      while (!closed && (waiting.length > 0 || running !== null)) {
        start();
        await running?.catch(() => {});
      }
    },
    close() {
      closed = true;
    },
  };
}
