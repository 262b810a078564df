// `npm run bench -- pool`: what the mailbox carries, on a PostgreSQL of the benchmark's own.
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { submit } from '../../../engine/pool/host/submission.ts';
import { parsePoolUrl } from '../../../engine/pool/link/address.ts';
import { createLink, type PoolLink } from '../../../engine/pool/link/link.ts';
import { encodeMessage } from '../../../engine/pool/mail/codec.ts';
import { initPool, invite } from '../../../engine/pool/setup/init.ts';
import { createCalls, type Mail, type Taken, type WorkerCalls } from '../../../engine/pool/work/calls.ts';
import { chunkHash } from '../../../engine/store/datasets/chunk-codec.ts';
import { PASSWORD, startPostgres } from '../../pool/postgres.ts';
import { readOptions } from '../options.ts';

const USAGE = `usage: npm run bench -- pool

Measures the mailbox of a pool on a PostgreSQL of its own (fsync on): messages a
second, MiB of data a second, how long a take-over takes, and 1,000 queued jobs
with 50 simulated workers. It has no options.`;

const LEASE_MS = 2_000;
const JOBS = 1_000;
const WORKERS = 50;

export async function bench(args: readonly string[]): Promise<void> {
  readOptions(args, {}, USAGE);
  const server = await startPostgres({ settings: ['fsync=on', 'shared_buffers=128MB'] });
  const links: PoolLink[] = [];
  try {
    const address = parsePoolUrl(server.database());
    await initPool({ address, password: PASSWORD, leaseMs: LEASE_MS });
    const host = createLink({ address, password: PASSWORD, name: 'bench' });
    links.push(host);
    const owner = randomUUID();
    const pool = {
      format: 'hindcast-pool',
      address,
      password: PASSWORD,
      owner,
      quotaBytes: 2 ** 40,
    } as const;
    const file = await invite({ pool, nowMs: Date.now(), days: 1 });
    const newWorker = async (): Promise<WorkerCalls> => {
      const link = createLink({ ...file, name: 'bench' });
      links.push(link);
      const calls = createCalls(link);
      await calls.hello({
        label: 'bench',
        version: '1',
        platform: 'x',
        kernels: 'k',
        cores: 1,
        threads: 1,
        memoryBytes: 1,
      });
      return calls;
    };
    const job = (data: readonly Uint8Array[] = []) => newJob(host, owner, data);
    await benchMessages(await newWorker(), job);
    await benchData(await newWorker(), job);
    await benchTakeOver(await newWorker(), await newWorker(), job);
    await host.query('DELETE FROM job');
    await benchQueue(newWorker, job);
  } finally {
    await Promise.all(links.map((link) => link.close()));
    await server.close();
  }
}

type NewJob = (data?: readonly Uint8Array[]) => Promise<string[]>;

/** Returns the hashes of its data. */
async function newJob(host: PoolLink, owner: string, data: readonly Uint8Array[]): Promise<string[]> {
  const shape = { encoding: 'bench', rows: 1 };
  const byHash = new Map(data.map((bytes) => [chunkHash({ ...shape, data: bytes }).toString('hex'), bytes]));
  await submit(host, {
    job: randomUUID(),
    owner,
    run: 1,
    kernels: 'k',
    payload: '{}',
    pieces: [...byHash.keys()].map((sha256) => ({ ...shape, sha256 })),
    quotaBytes: 2 ** 40,
    read: ({ sha256 }) => byHash.get(sha256)!,
  });
  return [...byHash.keys()];
}

const mailOf = (number: number, kind = 'steps'): Mail => ({
  number,
  kind,
  pieces: 0,
  body: encodeMessage({ type: kind, values: new Float64Array(256) }).body,
});

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function benchMessages(calls: WorkerCalls, job: NewJob): Promise<void> {
  await job();
  const lease = (await calls.take())!;
  let number = 0;
  const rate = async (together: number): Promise<number> => {
    const from = performance.now();
    let sent = 0;
    for (; performance.now() - from < 2_000; sent += together)
      await calls.put(
        lease,
        Array.from({ length: together }, () => mailOf(++number)),
      );
    return (sent * 1_000) / (performance.now() - from);
  };
  say(
    `durable messages of 2 kB: ${(await rate(1)).toFixed(0)}/s one by one, ${(await rate(32)).toFixed(0)}/s in transactions of 32`,
  );
  await calls.put(lease, [mailOf(++number, 'ended')]);
}

async function benchData(calls: WorkerCalls, job: NewJob): Promise<void> {
  const pieces = Array.from({ length: 512 }, () => randomBytes(64 * 1024));
  const mebibytes = 32;
  let from = performance.now();
  const hashes = await job(pieces);
  const up = (mebibytes * 1_000) / (performance.now() - from);
  const lease = (await calls.take())!;
  from = performance.now();
  for (let at = 0; at < hashes.length; at += 64) {
    const found = await calls.pieces(lease, hashes.slice(at, at + 64));
    for (const data of found.values()) chunkHash({ encoding: 'bench', rows: 1, data });
  }
  const down = (mebibytes * 1_000) / (performance.now() - from);
  say(`pieces of data: ${up.toFixed(0)} MiB/s in, ${down.toFixed(0)} MiB/s out with their SHA-256`);
  await calls.put(lease, [mailOf(1, 'ended')]);
}

/** From the death of a worker right after a renewal. */
async function benchTakeOver(dying: WorkerCalls, other: WorkerCalls, job: NewJob): Promise<void> {
  await job();
  await dying.renew((await dying.take())!);
  const from = performance.now();
  let lease: Taken | null = null;
  while (lease === null) {
    lease = await other.take();
    if (lease === null) await delay(20);
  }
  say(
    `take-over: ${((performance.now() - from) / 1_000).toFixed(2)} s with a lease of ${LEASE_MS / 1_000} s (the lease of a pool is 30 s)`,
  );
  await other.put(lease, [mailOf(1, 'ended')]);
}

async function benchQueue(newWorker: () => Promise<WorkerCalls>, job: NewJob): Promise<void> {
  let from = performance.now();
  for (let count = 0; count < JOBS; count++) await job();
  say(`${JOBS.toLocaleString('en-US')} jobs queued in ${((performance.now() - from) / 1_000).toFixed(1)} s`);
  const workers = await Promise.all(Array.from({ length: WORKERS }, newWorker));
  from = performance.now();
  let done = 0;
  await Promise.all(
    workers.map(async (calls) => {
      for (let lease = await calls.take(); lease !== null; lease = await calls.take()) {
        await calls.put(lease, [mailOf(1), mailOf(2), mailOf(3)]);
        await calls.put(lease, [mailOf(4, 'ended')]);
        done++;
      }
    }),
  );
  const seconds = (performance.now() - from) / 1_000;
  say(
    `${done.toLocaleString('en-US')} jobs taken, 4 messages each, and ended by ${WORKERS} workers in ${seconds.toFixed(1)} s: ${(done / seconds).toFixed(0)} jobs/s`,
  );
}
