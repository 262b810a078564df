// The functions of the mailbox that a worker calls, with types.
import { randomUUID } from 'node:crypto';
import type { PoolLink, Queries } from '../link/link.ts';

export interface WorkerIdentity {
  readonly label: string;
  readonly version: string;
  readonly platform: string;
  readonly kernels: string;
  readonly cores: number;
  readonly threads: number;
  readonly memoryBytes: number;
}

export interface Taken {
  readonly id: string;
  readonly attempt: number;
  readonly payload: string;
  /** Pieces of the checkpoint that an attempt before left; null: there is none. */
  readonly resumePieces: number | null;
}

/** Another attempt has the job, or it is gone: `lost`. The host has too much unread: `full`. */
export type PutAnswer = 'stored' | 'full' | 'lost';

export interface Mail {
  readonly number: number;
  readonly kind: string;
  readonly body: Buffer;
  readonly pieces: number;
  /** Of a checkpoint. */
  readonly step?: number;
  readonly epoch?: number;
}

type Lease = Pick<Taken, 'id' | 'attempt'>;

export interface WorkerCalls {
  hello(identity: WorkerIdentity): Promise<{ readonly leaseMs: number }>;
  bye(): Promise<void>;
  take(): Promise<Taken | null>;
  /** How often the host asked to stop; null: the job is lost. */
  renew(lease: Lease): Promise<number | null>;
  /** The job waits for another worker. */
  release(lease: Lease): Promise<void>;
  /** Those that the job may have and the mailbox holds, by their hash. */
  pieces(lease: Lease, hashes: readonly string[]): Promise<Map<string, Uint8Array>>;
  resumePiece(lease: Lease, position: number): Promise<Uint8Array | null>;
  piece(
    lease: Lease,
    at: { readonly number: number; readonly position: number },
    data: Uint8Array,
  ): Promise<PutAnswer>;
  /** In their order, in one transaction; the answers end with the first that was not stored. */
  put(lease: Lease, mails: readonly Mail[]): Promise<PutAnswer[]>;
}

export function createCalls(link: PoolLink, worker: string = randomUUID()): WorkerCalls {
  const one = async (queries: Queries, call: string, values: readonly unknown[]): Promise<unknown> => {
    const marks = values.map((_, index) => `$${index + 1}`).join(', ');
    const [row] = await queries.query(`SELECT ${call}(${marks}) AS answer`, values);
    return row?.answer;
  };
  const putOne = async (queries: Queries, { id, attempt }: Lease, mail: Mail): Promise<PutAnswer> => {
    const { number, kind, body, pieces, step, epoch } = mail;
    const values = [worker, id, attempt, number, kind, body, pieces, step ?? null, epoch ?? null];
    return (await one(queries, 'worker_put', values)) as PutAnswer;
  };
  return {
    async hello({ label, version, platform, kernels, cores, threads, memoryBytes }) {
      await one(link, 'worker_hello', [
        worker,
        label,
        version,
        platform,
        kernels,
        cores,
        threads,
        memoryBytes,
      ]);
      return { leaseMs: Number(await one(link, 'pool_lease_ms', [])) };
    },
    bye: async () => void (await one(link, 'worker_bye', [worker])),
    async take() {
      const [row] = await link.query(
        'SELECT id, attempt, payload, resume_pieces AS "resumePieces" FROM worker_take($1)',
        [worker],
      );
      // The function's own columns.
      return (row as unknown as Taken | undefined) ?? null;
    },
    renew: async ({ id, attempt }) =>
      (await one(link, 'worker_renew', [worker, id, attempt])) as number | null,
    release: async ({ id, attempt }) => void (await one(link, 'worker_release', [worker, id, attempt])),
    async pieces({ id, attempt }, hashes) {
      const rows = await link.query('SELECT sha256, data FROM worker_pieces($1, $2, $3, $4)', [
        worker,
        id,
        attempt,
        hashes.map((hash) => Buffer.from(hash, 'hex')),
      ]);
      return new Map(rows.map(({ sha256, data }) => [(sha256 as Buffer).toString('hex'), data as Buffer]));
    },
    resumePiece: async ({ id, attempt }, position) =>
      (await one(link, 'worker_resume_piece', [worker, id, attempt, position])) as Buffer | null,
    piece: async ({ id, attempt }, { number, position }, data) =>
      (await one(link, 'worker_piece', [
        worker,
        id,
        attempt,
        number,
        position,
        Buffer.from(data),
      ])) as PutAnswer,
    put: (lease, mails) =>
      mails.length === 1
        ? putOne(link, lease, mails[0]!).then((answer) => [answer])
        : link.transaction(async (queries) => {
            const answers: PutAnswer[] = [];
            for (const mail of mails) {
              answers.push(await putOne(queries, lease, mail));
              if (answers.at(-1) !== 'stored') break;
            }
            return answers;
          }),
  };
}
