// Puts a job into the mailbox: first the job itself, which keeps its pieces from being swept, then the pieces that are not there yet, many
// in a transaction; only then may a worker take it. Each step may be repeated.
import type { Piece } from '../../contract/pool/manifest.ts';
import type { PoolLink } from '../link/link.ts';

export interface Submission {
  readonly job: string;
  readonly owner: string;
  readonly run: number;
  /** Null: a worker of any kernels. */
  readonly kernels: string | null;
  readonly payload: string;
  readonly pieces: readonly Piece[];
  readonly quotaBytes: number;
  read(piece: Piece): Uint8Array;
}

/** Held by who puts jobs in, alone by who sweeps pieces out: a piece that a new job counts on is not swept meanwhile. */
const LOCK = `hashtext('hindcast pool pieces')`;
const TOGETHER = 64;

export async function submit(link: PoolLink, submission: Submission): Promise<void> {
  const { job, owner, run, kernels, payload, pieces, quotaBytes } = submission;
  const hashes = pieces.map(({ sha256 }) => Buffer.from(sha256, 'hex'));
  await link.transaction(async ({ query }) => {
    await query(`SELECT pg_advisory_xact_lock_shared(${LOCK})`);
    await query(
      `INSERT INTO job (id, owner, run, state, kernels, payload, pieces, quota) VALUES ($1, $2, $3, 'preparing', $4, $5, $6, $7)
       ON CONFLICT (id) DO NOTHING`,
      [job, owner, run, kernels, payload, hashes, quotaBytes],
    );
  });
  for (let from = 0; from < pieces.length; from += TOGETHER) {
    await provide(link, submission, pieces.slice(from, from + TOGETHER));
  }
  await link.query("UPDATE job SET state = 'queued' WHERE id = $1 AND state = 'preparing'", [job]);
  await link.query("SELECT pg_notify('hindcast_jobs', '')");
}

async function provide(link: PoolLink, { read }: Submission, pieces: readonly Piece[]): Promise<void> {
  const hashes = pieces.map(({ sha256 }) => Buffer.from(sha256, 'hex'));
  const known = await link.query('SELECT sha256 FROM chunk WHERE job IS NULL AND sha256 = ANY ($1)', [
    hashes,
  ]);
  const there = new Set(known.map(({ sha256 }) => (sha256 as Buffer).toString('hex')));
  const lacking = pieces.filter(({ sha256 }) => !there.has(sha256));
  if (lacking.length === 0) return;
  await link.transaction(async ({ query }) => {
    for (const piece of lacking) {
      await query(
        'INSERT INTO chunk (sha256, data) VALUES ($1, $2) ON CONFLICT (sha256) WHERE job IS NULL DO NOTHING',
        [Buffer.from(piece.sha256, 'hex'), Buffer.from(read(piece))],
      );
    }
  });
}

/** Removes pieces of data that no job of any workspace names. */
export async function sweepPieces(link: PoolLink): Promise<void> {
  await link.transaction(async ({ query }) => {
    await query(`SELECT pg_advisory_xact_lock(${LOCK})`);
    await query(
      `DELETE FROM chunk WHERE job IS NULL
       AND NOT EXISTS (SELECT 1 FROM (SELECT unnest(pieces) AS named FROM job) AS used WHERE used.named = chunk.sha256)`,
    );
  });
}
