// The host's side of the mailbox: carries the mail of all its jobs. It looks when the server notifies it, and every few seconds in any
// case. While the server cannot be reached everything waits.
import { HindcastError } from '../../contract/values/errors.ts';
import { createLink, type PoolLink } from '../link/link.ts';
import type { PoolFile } from '../setup/pool-file.ts';
import { createRemoteWorker, type RemoteJob, type RemoteWorker } from './remote-worker.ts';
import { sweepPieces } from './submission.ts';

export interface PostOffice {
  readonly owner: string;
  /** For sending: long data do not hold up the mail. */
  readonly sending: PoolLink;
  readonly mail: PoolLink;
  worker(job: RemoteJob): RemoteWorker;
  /** The job is over for this host: nothing of it stays in the mailbox. */
  discard(job: string): void;
  /** Why nothing goes through at present; null when all is well. */
  problem(): string | null;
  /** Resolves after a look that begins now. @throws HindcastError where the pool cannot be asked */
  looked(): Promise<void>;
  /** Resolves when what is to be discarded is gone and every stop is told, or that cannot be done at present. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface PostOfficeOptions {
  readonly pool: PoolFile;
  /** Jobs that the workspace knows of: others of its own are removed. */
  known(): string[];
  log(line: Readonly<Record<string, unknown>>): void;
}

const LOOK_MS = 5_000;
/** Many messages at once are one reason to look. */
const SOON_MS = 50;

export function createPostOffice({ pool, known, log }: PostOfficeOptions): PostOffice {
  const workers = new Map<string, RemoteWorker>();
  const discarded = new Set<string>();
  let problem: string | null = null;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> | null = null;
  let again = false;
  let isFirst = true;
  const mail = createLink({
    ...pool,
    name: 'hindcast host',
    channels: ['hindcast_mail'],
    onNotice: (_channel, owner) => owner === pool.owner && look(SOON_MS),
  });
  const sending = createLink({ ...pool, name: 'hindcast host sends' });

  function look(afterMs: number): void {
    if (closed) return;
    if (round !== null) {
      again = true;
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(begin, afterMs);
    timer.unref();
  }

  function begin(): void {
    again = false;
    round = goRound()
      .then(() => say(null))
      .catch((cause: unknown) => say(HindcastError.wrap(cause, 'The pool could not be asked')))
      .finally(() => {
        round = null;
        if (!closed && (workers.size > 0 || discarded.size > 0 || again)) look(again ? SOON_MS : LOOK_MS);
      });
  }

  function say(error: HindcastError | null): void {
    if (error && error.message !== problem) log({ level: 'warn', message: error.message });
    problem = error?.message ?? null;
  }

  async function goRound(): Promise<void> {
    if (isFirst) await removeStrange();
    isFirst = false;
    await removeDiscarded();
    const found = await mail.query(
      'SELECT id, EXISTS (SELECT 1 FROM message WHERE message.job = job.id) AS mail FROM job WHERE owner = $1',
      [pool.owner],
    );
    const hasMail = new Map(found.map(({ id, mail: has }) => [String(id), has === true]));
    const due = [...workers.values()].filter(({ id, wantsVisit }) => wantsVisit || hasMail.get(id) !== false);
    await inParallel(due, (worker) => worker.visit());
  }

  /** Jobs of this workspace that it knows nothing of: of a crash, or of a copy that was put back. */
  async function removeStrange(): Promise<void> {
    await mail.query('DELETE FROM job WHERE owner = $1 AND NOT (id = ANY ($2::uuid[]))', [
      pool.owner,
      known(),
    ]);
    await mail.query("DELETE FROM worker WHERE seen_at < clock_timestamp() - interval '1 day'");
  }

  async function removeDiscarded(): Promise<void> {
    if (discarded.size === 0) return;
    const jobs = [...discarded];
    await mail.query('DELETE FROM job WHERE id = ANY ($1::uuid[])', [jobs]);
    await mail.query("SELECT pg_notify('hindcast_jobs', '')");
    if (workers.size === 0) await sweepPieces(mail);
    // Last: a host that leaves waits for these, and so for the sweep.
    for (const job of jobs) discarded.delete(job);
  }

  return {
    owner: pool.owner,
    mail,
    sending,
    worker(job) {
      const worker = createRemoteWorker({ job, mail, wake: () => look(0), log });
      workers.set(job.id, worker);
      look(0);
      return worker;
    },
    discard(job) {
      workers.delete(job);
      discarded.add(job);
      look(0);
    },
    problem: () => problem,
    async looked() {
      await round;
      clearTimeout(timer);
      begin();
      await round;
      if (problem !== null) throw new HindcastError('connection-lost', problem);
    },
    async settled() {
      const isDue = () => discarded.size > 0 || [...workers.values()].some(({ stopIsDue }) => stopIsDue);
      while (!closed && isDue() && problem === null) {
        if (round === null) look(0);
        await (round ?? new Promise((next) => setTimeout(next, SOON_MS)));
      }
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      mail.drop();
      sending.drop();
      await Promise.all([mail.close(), sending.close()]);
    },
  };
}

const AT_ONCE = 4;

/** The first failure ends it, after what is under way. A run whose workspace is full waits alone. */
async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  const results = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
