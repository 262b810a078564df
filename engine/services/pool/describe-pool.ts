// pool.status: the workers of the pool and what they do.

import type { PoolStatus, PoolWorker } from '../../contract/pool/status.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId } from '../../contract/values/ids.ts';
import type { PostOffice } from '../../pool/host/post-office.ts';
import { addressText } from '../../pool/link/address.ts';
import type { Row } from '../../pool/link/link.ts';
import type { Workspace } from '../../store/workspace.ts';

const WORKERS = `
  SELECT label, login, version, platform, worker.kernels, cores, threads, memory_bytes, job.run, job.owner,
    extract(epoch FROM clock_timestamp() - seen_at)::float8 AS silent, pool_lease_ms() AS lease
  FROM worker LEFT JOIN job ON job.worker = worker.id AND job.state = 'leased'
  ORDER BY label, seen_at DESC`;

/** @param office null: the workspace has no pool */
export async function describePool(
  { poolRuns }: Workspace,
  office: PostOffice | null,
  kernels: string,
): Promise<PoolStatus> {
  const nothing = { problem: null, kernels, workers: [], waiting: [], unreadBytes: 0 };
  if (office === null) return { ...nothing, address: null };
  const { mail, owner } = office;
  const address = addressText(mail.address);
  const waiting = poolRuns.queued();
  try {
    const rows = await mail.query(WORKERS);
    const [unread] = await mail.query(
      'SELECT coalesce(sum(unread_bytes), 0)::float8 AS bytes FROM job WHERE owner = $1',
      [owner],
    );
    const workers = rows.map((row) => workerOf(row, owner, kernels));
    return { ...nothing, address, workers, waiting, unreadBytes: Number(unread?.bytes ?? 0) };
  } catch (cause) {
    const { message } = HindcastError.wrap(cause, 'The pool could not be asked');
    return { ...nothing, address, waiting, problem: message };
  }
}

function workerOf(row: Row, owner: string, kernels: string): PoolWorker {
  const silentSeconds = Math.max(0, Number(row.silent));
  const isMine = row.owner === owner;
  return {
    label: String(row.label),
    login: String(row.login),
    version: String(row.version),
    platform: String(row.platform),
    kernels: String(row.kernels),
    sameKernels: row.kernels === kernels,
    cores: Number(row.cores),
    threads: Number(row.threads),
    memoryBytes: Number(row.memory_bytes),
    silentSeconds,
    alive: silentSeconds * 1_000 <= Number(row.lease),
    // The host gave the job its run's number.
    run: isMine ? (Number(row.run) as RunId) : null,
    elsewhere: row.owner !== null && !isMine,
  };
}
