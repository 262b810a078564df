// A worker on another machine, as the host sees it: the same messages as from a training process of its own, by way of the mailbox. Each
// message is deleted there when it is stored here; one that was stored before a crash, and not deleted, is passed over.

import type { FromTrainer, ToTrainer } from '../../contract/processes/trainer.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { isPassing } from '../link/failures.ts';
import type { PoolLink } from '../link/link.ts';
import { type Letter, readLetters, removeLetters } from './letters.ts';

type TrainMessage = Extract<ToTrainer, { type: 'train' }>;

interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly fault?: string;
}

export interface RemoteJob {
  readonly id: string;
  /** Position of the newest message that the workspace has. */
  readonly stored: number;
  /** The whole job is in the mailbox. */
  readonly isSent: boolean;
  /** Puts it there. */
  send(message: TrainMessage): Promise<void>;
}

export interface RemoteWorkerOptions {
  readonly job: RemoteJob;
  /** For mail, and for sending: a long dataset on its way does not hold up the mail. */
  readonly mail: PoolLink;
  /** Asks for a visit once there may be something to do. */
  wake(): void;
  log(line: Readonly<Record<string, unknown>>): void;
}

/** As `Worker` of the services, with what the post office asks of it. */
export interface RemoteWorker {
  readonly pid: undefined;
  post(message: ToTrainer): void;
  onMessage(listener: (message: FromTrainer) => void): void;
  readonly exited: Promise<Exit>;
  kill(): void;
  readonly id: string;
  /** Sends what is to be sent, reads what there is to read. */
  visit(): Promise<void>;
  /** It is waiting to be sent, or for its end after a stop. */
  readonly wantsVisit: boolean;
  /** A stop is wanted that the mailbox does not know of. */
  readonly stopIsDue: boolean;
}

export function createRemoteWorker({ job, mail, wake, log }: RemoteWorkerOptions): RemoteWorker {
  const exited = Promise.withResolvers<Exit>();
  const early: FromTrainer[] = [];
  let listener: ((message: FromTrainer) => void) | undefined;
  let toSend: TrainMessage | null = null;
  let isSent = job.isSent;
  let delivered = job.stored;
  let stored = job.stored;
  let stopsWanted = 0;
  let stopsTold = 0;
  let isOver = false;
  let onStored: (() => void) | undefined;

  function deliver(message: FromTrainer): void {
    if (listener) listener(message);
    else early.push(message);
  }

  function end(exit: Exit): void {
    isOver = true;
    onStored?.();
    exited.resolve(exit);
  }

  const fail = (error: HindcastError): void => {
    deliver({ type: 'failed', error: error.toData() });
    end({ code: 1, signal: null });
  };

  /** Resolves when all that was delivered is stored. */
  async function allStored(): Promise<void> {
    while (stored < delivered && !isOver) {
      await new Promise<void>((resolve) => {
        onStored = resolve;
      });
    }
  }

  async function send(): Promise<void> {
    if (isSent || toSend === null) return;
    await job.send(toSend);
    isSent = true;
    toSend = null;
  }

  async function collect(): Promise<void> {
    if (stored > 0) await removeLetters(mail, job.id, stored);
    while (!isOver) {
      const letters = await readLetters(mail, job.id, delivered);
      if (letters.length === 0) return;
      for (const letter of letters) {
        if (isOver) return;
        await take(letter);
      }
      if (!isOver) await removeLetters(mail, job.id, stored);
    }
  }

  async function take(letter: Letter): Promise<void> {
    delivered = letter.position;
    if (letter.kind !== 'message') {
      await allStoredBefore(letter.position);
      OTHERS[letter.kind](letter as never);
      return;
    }
    const { message } = letter;
    deliver(message);
    if (message.type === 'failed') end({ code: 1, signal: null });
    else await allStored();
    if (message.type === 'ended' && !isOver) end({ code: 0, signal: null });
  }

  /** It is no message to store. */
  async function allStoredBefore(position: number): Promise<void> {
    stored = Math.max(stored, position);
  }

  const OTHERS: Readonly<Record<Exclude<Letter['kind'], 'message'>, (letter: never) => void>> = {
    superseded: () => {},
    exited: ({ how }: Extract<Letter, { kind: 'exited' }>) =>
      end({ code: null, signal: null, fault: `${how}, on its worker` }),
    'given-up': () =>
      fail(
        new HindcastError(
          'process-died',
          'Ten workers were lost while they trained it, without a checkpoint between: it may need more memory than they have.',
        ),
      ),
  };

  async function tellStop(): Promise<void> {
    // Told again and again: the worker that was told may be lost, and then no other begins it.
    if (!isSent || isOver || stopsWanted === 0) return;
    const wanted = stopsWanted;
    const [found] = await mail.query(
      `UPDATE job SET stops = greatest(stops, $2) WHERE id = $1
       RETURNING state = 'done' OR (state = 'leased' AND lease_until > clock_timestamp()) AS held`,
      [job.id, wanted],
    );
    if (stopsTold < wanted) await mail.query("SELECT pg_notify('hindcast_jobs', '')");
    if (!found) return;
    if (found.held === true) stopsTold = wanted;
    else await withdraw();
  }

  /** No worker has it: it ends here, with the checkpoint that is stored. */
  async function withdraw(): Promise<void> {
    const gone = await mail.query(
      `DELETE FROM job WHERE id = $1 AND (state IN ('preparing', 'queued') OR lease_until < clock_timestamp())
       AND NOT EXISTS (SELECT 1 FROM message WHERE message.job = job.id) RETURNING id`,
      [job.id],
    );
    if (gone.length === 0) return;
    delivered = stored + 1;
    deliver({ ...STOPPED, message: delivered });
    await allStored();
    if (!isOver) end({ code: 0, signal: null });
  }

  async function requireThere(): Promise<void> {
    if (!isSent || isOver) return;
    const [found] = await mail.query('SELECT 1 FROM job WHERE id = $1', [job.id]);
    if (found || isOver) return;
    end({ code: null, signal: null, fault: 'the pool has no such job any more' });
  }

  return {
    pid: undefined,
    id: job.id,
    get wantsVisit() {
      return !isOver && ((!isSent && toSend !== null) || stopsWanted > 0);
    },
    get stopIsDue() {
      return !isOver && isSent && stopsTold < stopsWanted;
    },
    post(message) {
      if (message.type === 'train') toSend = message;
      else if (message.type === 'stop') stopsWanted++;
      else if (message.type === 'stored') {
        stored = Math.max(stored, message.message);
        onStored?.();
        return;
      } else return;
      wake();
    },
    onMessage(next) {
      listener = next;
      for (const message of early.splice(0)) next(message);
    },
    exited: exited.promise,
    kill: () => end({ code: null, signal: null, fault: 'it was given up' }),
    async visit() {
      if (isOver) return;
      try {
        await send();
        // Before the mail, which may be long; after it again, since a job with mail is not withdrawn.
        await tellStop();
        if (!isOver) await collect();
        await tellStop();
        await requireThere();
      } catch (cause) {
        const error = HindcastError.wrap(cause, 'The mail of the run could not be read');
        if (isPassing(error) || isOver) throw error;
        log({ level: 'error', message: error.message, job: job.id });
        fail(error);
      }
    },
  };
}

const STOPPED = {
  type: 'ended',
  state: 'stopped',
  reason: 'Stopped while no worker had it.',
  scores: [],
  best: null,
  last: null,
  weightsHash: null,
} as const;
