// Makes the mailbox on a server, and logins for workers.
import { randomBytes } from 'node:crypto';
import { HindcastError } from '../../contract/values/errors.ts';
import { addressText, type PoolAddress } from '../link/address.ts';
import { createLink, type PoolLink, type Queries } from '../link/link.ts';
import { type JoinFile, joinFile } from './join-file.ts';
import type { PoolFile } from './pool-file.ts';
import { LEASE_MS, POOL_SCHEMA, POOL_VERSION, schemaScript, WORKER_ROLE } from './schema.ts';

const OLDEST_SERVER = 140_000;

export interface InitRequest {
  readonly address: PoolAddress;
  readonly password: string;
  /** Default: 30 s. */
  readonly leaseMs?: number;
}

/** Whole or not at all. Returns false where the pool was there already. @throws HindcastError `conflict` for one of another version */
export async function initPool({ address, password, leaseMs = LEASE_MS }: InitRequest): Promise<boolean> {
  return withLink({ address, password, checksVersion: false }, (link) =>
    link.transaction(async (queries) => {
      await requireServer(queries, address);
      // Two at once: the second finds what the first has made.
      await queries.query("SELECT pg_advisory_xact_lock(hashtext('hindcast pool'))");
      const [found] = await queries.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [POOL_SCHEMA]);
      if (!found) {
        await queries.query(schemaScript(leaseMs));
        return true;
      }
      const [row] = await queries.query(`SELECT ${POOL_SCHEMA}.pool_version() AS version`);
      if (row?.version === POOL_VERSION) return false;
      throw new HindcastError(
        'conflict',
        `The pool at ${addressText(address)} is of version ${row?.version}, and this Hindcast makes version ${POOL_VERSION}: choose another database, or use the Hindcast that made it.`,
      );
    }),
  );
}

async function requireServer({ query }: Queries, address: PoolAddress): Promise<void> {
  const [row] = await query("SELECT current_setting('server_version_num')::int AS number");
  if (Number(row?.number) >= OLDEST_SERVER) return;
  throw new HindcastError(
    'conflict',
    `PostgreSQL at ${addressText(address)} is older than version 14, which a pool needs.`,
  );
}

export interface Invitation {
  readonly pool: PoolFile;
  readonly nowMs: number;
  readonly days: number;
}

const DAY_MS = 86_400_000;

/** A new login that may call the workers' functions and nothing else. */
export async function invite({ pool, nowMs, days }: Invitation): Promise<JoinFile> {
  const user = `hindcast_worker_${randomBytes(4).toString('hex')}`;
  const password = randomBytes(24).toString('base64url');
  const validUntilMs = nowMs + days * DAY_MS;
  await withLink(pool, (link) =>
    link.transaction(async ({ query }) => {
      // Names and passwords of our own making have no character that needs quoting. The server keeps a hash, and its log shows none of it.
      const until = new Date(validUntilMs).toISOString();
      await query(
        `CREATE ROLE ${user} LOGIN PASSWORD '${password}' VALID UNTIL '${until}' IN ROLE ${WORKER_ROLE}`,
      );
    }),
  );
  return joinFile({ address: { ...pool.address, user }, password, validUntilMs });
}

/** Takes the login of a join file away; a worker that uses it loses its connection. */
export async function revoke(pool: PoolFile, login: string): Promise<void> {
  await withLink(pool, async (link) => {
    // A login that is gone has no name in that list.
    const connections = await link.query('SELECT pid FROM pg_stat_activity WHERE usename = $1', [login]);
    await link.transaction(async ({ query }) => {
      const [found] = await query(
        `SELECT 1 FROM pg_auth_members JOIN pg_roles member ON member.oid = pg_auth_members.member
         JOIN pg_roles of ON of.oid = pg_auth_members.roleid WHERE of.rolname = $1 AND member.rolname = $2`,
        [WORKER_ROLE, login],
      );
      if (!found) {
        throw new HindcastError(
          'not-found',
          `The pool has no worker's login "${login}": \`hindcast workers\` lists those in use.`,
        );
      }
      await query(`DROP ROLE "${login.replaceAll('"', '""')}"`);
      // Another worker takes its job at once. Workers are locked before jobs, as everywhere.
      await query('SELECT 1 FROM worker WHERE login = $1 FOR UPDATE', [login]);
      await query(
        `UPDATE job SET state = 'queued', worker = NULL, lease_until = NULL
         WHERE state = 'leased' AND worker IN (SELECT id FROM worker WHERE login = $1)`,
        [login],
      );
      await query('DELETE FROM worker WHERE login = $1', [login]);
      await query("SELECT pg_notify('hindcast_jobs', '')");
    });
    for (const { pid } of connections) await link.query('SELECT pg_terminate_backend($1)', [pid]);
  });
}

interface LinkRequest {
  readonly address: PoolAddress;
  readonly password: string;
  readonly checksVersion?: boolean;
}

async function withLink<Result>(
  request: LinkRequest,
  work: (link: PoolLink) => Promise<Result>,
): Promise<Result> {
  const { address, password, checksVersion = true } = request;
  const link = createLink({ address, password, checksVersion, name: 'hindcast pool' });
  try {
    return await work(link);
  } finally {
    await link.close();
  }
}
