// Runs that workers on other machines train: their jobs, and how far their mail is stored. One whose row is there is on the pool.
import type { RunId } from '../../contract/values/ids.ts';
import { isDamaged } from '../checks/row-checksums.ts';
import type { Connection } from '../file/connection.ts';

export interface PoolRun {
  readonly run: RunId;
  /** UUID; null while it waits to be sent, or has ended. */
  readonly job: string | null;
  /** The whole job is in the mailbox. */
  readonly isSent: boolean;
  /** Position of the newest stored message; 0: none. */
  readonly stored: number;
  /** Label of the worker that has it, or had it last; null: none has taken it yet. */
  readonly worker: string | null;
}

export interface PoolRuns {
  /** From now on the pool trains it. */
  add(run: RunId): void;
  /** From now on this machine trains it. */
  remove(run: RunId): void;
  /** Null where this machine trains it. */
  get(run: RunId): PoolRun | null;
  /** A new job, of which nothing is sent or stored. */
  begin(run: RunId, job: string): void;
  setSent(run: RunId): void;
  setStored(run: RunId, position: number): void;
  setWorker(run: RunId, label: string): void;
  /** It has no job any more. */
  end(run: RunId): void;
  /** Those with a job. */
  open(): PoolRun[];
  /** Those in the queue, in its order. */
  queued(): RunId[];
  /** The first in the queue that this machine trains. */
  nextHere(): RunId | undefined;
}

type Row = Omit<PoolRun, 'isSent'> & { readonly isSent: number };

const toRun = (row: Row): PoolRun => ({ ...row, isSent: row.isSent === 1 });

export function createPoolRuns(connection: Connection): PoolRuns {
  // Of a damaged row only the run counts: it is on the pool and has no job, so it is sent again when it is resumed.
  const whole = (cell: string): string => `iif(${isDamaged(connection, 'pool_run')}, ${cell})`;
  const job = whole('NULL, job');
  const select = `SELECT run_id AS run, ${job} AS job, ${whole('0, is_sent')} AS isSent, ${whole('0, stored')} AS stored, ${whole('NULL, worker')} AS worker FROM pool_run`;
  const get = (run: RunId): PoolRun | null => {
    const row = connection.get<Row>(`${select} WHERE run_id = ?`, run);
    return row === undefined ? null : toRun(row);
  };
  return {
    add: (run) => void connection.run('INSERT INTO pool_run (run_id) VALUES (?) ON CONFLICT DO NOTHING', run),
    remove: (run) => void connection.run('DELETE FROM pool_run WHERE run_id = ?', run),
    get,
    begin(run, job) {
      // Replaced, not changed: the new row is whole whatever was there.
      const worker = get(run)?.worker ?? null;
      connection.run(
        'INSERT OR REPLACE INTO pool_run (run_id, job, worker) VALUES (?, ?, ?)',
        run,
        job,
        worker,
      );
    },
    setSent: (run) => void connection.run('UPDATE pool_run SET is_sent = 1 WHERE run_id = ?', run),
    setStored: (run, position) =>
      void connection.run('UPDATE pool_run SET stored = ? WHERE run_id = ?', position, run),
    setWorker: (run, label) =>
      void connection.run('UPDATE pool_run SET worker = ? WHERE run_id = ?', label, run),
    end: (run) => void connection.run('UPDATE pool_run SET job = NULL WHERE run_id = ?', run),
    open: () => connection.all<Row>(`${select} WHERE ${job} IS NOT NULL ORDER BY run_id`).map(toRun),
    queued: () =>
      connection.values<RunId>(
        'SELECT id FROM run JOIN pool_run ON run_id = id WHERE queue_position IS NOT NULL ORDER BY queue_position',
      ),
    nextHere: () =>
      connection.value<RunId>(
        `SELECT id FROM run WHERE queue_position IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pool_run WHERE run_id = run.id)
         ORDER BY queue_position LIMIT 1`,
      ),
  };
}
