// The mailbox on a real PostgreSQL: fences, leases, take-over, quota, rights.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readLetters, removeLetters } from '../../engine/pool/host/letters.ts';
import { submit, sweepPieces } from '../../engine/pool/host/submission.ts';
import { parsePoolUrl } from '../../engine/pool/link/address.ts';
import { createLink, type PoolLink } from '../../engine/pool/link/link.ts';
import { encodeMessage } from '../../engine/pool/mail/codec.ts';
import { fromPosition } from '../../engine/pool/mail/position.ts';
import { initPool, invite, revoke } from '../../engine/pool/setup/init.ts';
import { createCalls, type Mail, type Taken, type WorkerCalls } from '../../engine/pool/work/calls.ts';
import { chunkHash } from '../../engine/store/datasets/chunk-codec.ts';
import { PASSWORD, postgresPrograms, startPostgres, type TestServer } from './postgres.ts';

const WHY = postgresPrograms() === null ? ' (SKIPPED: PostgreSQL is not installed)' : '';

describe.skipIf(WHY !== '')(`a mailbox in PostgreSQL${WHY}`, () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.close());

  interface Pool {
    readonly host: PoolLink;
    readonly owner: string;
    readonly pool: Parameters<typeof invite>[0]['pool'];
    worker(
      label?: string,
    ): Promise<{ readonly calls: WorkerCalls; readonly link: PoolLink; readonly login: string }>;
    /** A queued job with one piece of data. */
    job(more?: {
      readonly kernels?: string;
      readonly quotaBytes?: number;
      readonly data?: string;
    }): Promise<string>;
    count(table: string): Promise<number>;
    /** The leases of all jobs have just run out. */
    runOut(): Promise<void>;
  }

  async function newPool(): Promise<Pool> {
    const address = parsePoolUrl(server.database());
    const owner = randomUUID();
    const pool = { format: 'hindcast-pool', address, password: PASSWORD, owner, quotaBytes: 1_000 } as const;
    // A lease runs out when the test says so, however busy the machine is.
    await initPool({ address, password: PASSWORD });
    const links: PoolLink[] = [];
    const linked = (options: Parameters<typeof createLink>[0]) => {
      const link = createLink(options);
      links.push(link);
      return link;
    };
    onTestFinished(async () => void (await Promise.all(links.map((link) => link.close()))));
    const host = linked({ address, password: PASSWORD, name: 'test' });
    return {
      host,
      owner,
      pool,
      async worker(label = 'n1') {
        const file = await invite({ pool, nowMs: Date.now(), days: 1 });
        const link = linked({ ...file, name: label });
        const calls = createCalls(link);
        await calls.hello({
          label,
          version: '1',
          platform: 'x',
          kernels: 'k1',
          cores: 2,
          threads: 1,
          memoryBytes: 1e9,
        });
        return { calls, link, login: file.address.user };
      },
      async job({ kernels = 'k1', quotaBytes = 1e6, data = 'some data' } = {}) {
        const job = randomUUID();
        const bytes = Buffer.from(data);
        const piece = { encoding: 'text', rows: 1 };
        const sha256 = chunkHash({ ...piece, data: bytes }).toString('hex');
        const pieces = [{ ...piece, sha256 }];
        await submit(host, {
          job,
          owner,
          run: 1,
          kernels,
          payload: '{}',
          pieces,
          quotaBytes,
          read: () => bytes,
        });
        return job;
      },
      async runOut() {
        await host.query("UPDATE job SET lease_until = clock_timestamp() - interval '1 ms'");
      },
      count: async (table) => Number((await host.query(`SELECT count(*) AS n FROM ${table}`))[0]?.n),
    };
  }

  const mail = (number: number, kind = 'steps', bytes = 0): Mail => ({
    number,
    kind,
    pieces: 0,
    body: encodeMessage({ type: kind, text: 'x'.repeat(bytes) }).body,
  });

  async function putCheckpoint(
    calls: WorkerCalls,
    lease: Taken,
    number: number,
    data = 'state',
  ): Promise<string> {
    const { body, pieces } = encodeMessage(
      { type: 'checkpoint', message: number, step: number, epoch: 0, data: Buffer.from(data) },
      true,
    );
    for (const [position, piece] of pieces.entries()) await calls.piece(lease, { number, position }, piece);
    const [answer] = await calls.put(lease, [
      { number, kind: 'checkpoint', body, pieces: pieces.length, step: number, epoch: 0 },
    ]);
    return answer!;
  }

  /** The attempts, numbers and kinds of the unread mail. */
  const unread = async ({ host }: Pool, job: string) =>
    (
      await host.query('SELECT attempt, number, kind FROM message WHERE job = $1 ORDER BY attempt, number', [
        job,
      ])
    ).map(({ attempt, number, kind }) => `${attempt}.${number} ${kind}`);

  test('a zombie whose job another worker has is refused, whatever it sends', async () => {
    const pool = await newPool();
    const job = await pool.job();
    const zombie = await pool.worker('zombie');
    const other = await pool.worker('other');
    const old = (await zombie.calls.take())!;
    expect(await zombie.calls.put(old, [mail(1)])).toEqual(['stored']);
    expect(await other.calls.take()).toBeNull();
    await pool.runOut();
    const lease = (await other.calls.take())!;
    expect(lease).toMatchObject({ id: job, attempt: 2 });

    expect(await zombie.calls.put(old, [mail(2)])).toEqual(['lost']);
    expect(await zombie.calls.put(old, [mail(2, 'ended')])).toEqual(['lost']);
    expect(await zombie.calls.piece(old, { number: 2, position: 0 }, Buffer.from('x'))).toBe('lost');
    expect(await zombie.calls.renew(old)).toBeNull();
    await zombie.calls.release(old);
    expect(await zombie.calls.pieces(old, ['00'.repeat(32)])).toEqual(new Map());
    // Nor with the number of the attempt that the other has.
    expect(await zombie.calls.put({ ...old, attempt: 2 }, [mail(1)])).toEqual(['lost']);

    expect(await other.calls.put(lease, [mail(1, 'ended')])).toEqual(['stored']);
    // The first attempt made no checkpoint, so its rows are made again.
    expect(await unread(pool, job)).toEqual(['2.0 begun', '2.1 ended']);
  });

  test('a message that is sent twice is there once, and none is passed over', async () => {
    const pool = await newPool();
    const job = await pool.job();
    const { calls } = await pool.worker();
    const lease = (await calls.take())!;
    expect(await calls.put(lease, [mail(1), mail(2)])).toEqual(['stored', 'stored']);
    expect(await calls.put(lease, [mail(1), mail(2), mail(3)])).toEqual(['stored', 'stored', 'stored']);
    expect(await calls.put(lease, [mail(5)])).toEqual(['lost']);
    expect(await calls.put(lease, [mail(4, 'ended')])).toEqual(['stored']);
    expect(await calls.put(lease, [mail(4, 'ended')])).toEqual(['stored']);
    expect(await calls.put(lease, [mail(5)])).toEqual(['lost']);
    expect(await unread(pool, job)).toEqual([
      '1.0 begun',
      '1.1 steps',
      '1.2 steps',
      '1.3 steps',
      '1.4 ended',
    ]);
  });

  test('the next attempt begins at the newest checkpoint, also one that the host has read', async () => {
    const pool = await newPool();
    const job = await pool.job();
    const { calls } = await pool.worker();
    const first = (await calls.take())!;
    await calls.put(first, [mail(1)]);
    expect(await putCheckpoint(calls, first, 2, 'older')).toBe('stored');
    await calls.put(first, [mail(3)]);
    expect(await putCheckpoint(calls, first, 4, 'newer')).toBe('stored');
    await calls.put(first, [mail(5)]);
    // An unread checkpoint is replaced by the next: its number stays.
    expect(await unread(pool, job)).toEqual([
      '1.0 begun',
      '1.1 steps',
      '1.2 superseded',
      '1.3 steps',
      '1.4 checkpoint',
      '1.5 steps',
    ]);
    expect(await pool.count('chunk')).toBe(2);
    const letters = await readLetters(pool.host, job, 0).catch((cause: unknown) => cause);
    expect(letters).toBeInstanceOf(Error); // The test's rows are no rows of a training.
    await removeLetters(pool.host, job, 1 * 2 ** 32 + 4);
    expect(await unread(pool, job)).toEqual(['1.5 steps']);

    await calls.release(first);
    const second = (await calls.take())!;
    expect(second).toMatchObject({ attempt: 2, resumePieces: 1 });
    expect(Buffer.from((await calls.resumePiece(second, 0))!).toString()).toBe('newer');
    expect(await unread(pool, job)).toEqual(['2.0 begun']);
    const [begun] = await readLetters(pool.host, job, 0);
    expect(begun).toMatchObject({ message: { type: 'begun', from: { step: 4, epoch: 0 }, worker: 'n1' } });
    expect(fromPosition(begun!.position)).toEqual({ attempt: 2, number: 0 });
  });

  test('a worker waits while the host has too much unread', async () => {
    const pool = await newPool();
    const job = await pool.job({ quotaBytes: 1_000 });
    const { calls } = await pool.worker();
    const lease = (await calls.take())!;
    expect(await calls.put(lease, [mail(1, 'steps', 800), mail(2, 'steps', 800), mail(3)])).toEqual([
      'stored',
      'stored',
      'full',
    ]);
    expect(await calls.piece(lease, { number: 3, position: 0 }, Buffer.from('x'))).toBe('full');
    expect(await calls.renew(lease)).toBe(0);
    await removeLetters(pool.host, job, 1 * 2 ** 32 + 1);
    expect(await calls.put(lease, [mail(3)])).toEqual(['stored']);
  });

  test('a worker of other kernels gets no job', async () => {
    const pool = await newPool();
    await pool.job({ kernels: 'other' });
    const { calls } = await pool.worker();
    expect(await calls.take()).toBeNull();
  });

  test('one worker after the other that is lost ends the job', async () => {
    const pool = await newPool();
    const job = await pool.job();
    const { calls } = await pool.worker();
    await calls.take();
    await pool.host.query(
      "UPDATE job SET lost = 9, worker = $1, lease_until = clock_timestamp() - interval '1 s'",
      [randomUUID()],
    );
    expect(await calls.take()).toBeNull();
    expect(await unread(pool, job)).toEqual(['2.0 given-up']);
  });

  test('a login reads and changes nothing but what it has leased', async () => {
    const pool = await newPool();
    await pool.job({ data: 'mine' });
    const mine = await pool.worker('mine');
    const other = await pool.worker('other');
    const lease = (await mine.calls.take())!;
    const hash = chunkHash({ encoding: 'text', rows: 1, data: Buffer.from('mine') }).toString('hex');
    expect((await mine.calls.pieces(lease, [hash])).get(hash)?.toString()).toBe('mine');
    expect(await other.calls.pieces(lease, [hash])).toEqual(new Map());

    const refused = (text: string) => expect(other.link.query(text)).rejects.toThrow(/does not let/);
    for (const table of ['worker', 'job', 'message', 'chunk']) {
      await refused(`SELECT * FROM ${table}`);
      await refused(`DELETE FROM ${table}`);
    }
    await refused('CREATE TABLE hindcast_pool.mine (x int)');
    await refused(`SELECT require_worker('${randomUUID()}')`);
    // As another worker: its id is not enough.
    const [row] = await pool.host.query("SELECT id FROM worker WHERE label = 'mine'");
    await expect(other.link.query(`SELECT worker_renew('${row?.id}', '${lease.id}', 1)`)).rejects.toThrow(
      /unknown worker/,
    );
    expect(await mine.calls.renew(lease)).toBe(0);
  });

  test('pieces that no job names are swept, those of another job stay', async () => {
    const pool = await newPool();
    const first = await pool.job({ data: 'shared' });
    await pool.job({ data: 'shared' });
    await pool.job({ data: 'own' });
    expect(await pool.count('chunk')).toBe(2);
    await pool.host.query('DELETE FROM job WHERE id = $1', [first]);
    await sweepPieces(pool.host);
    expect(await pool.count('chunk')).toBe(2);
    await pool.host.query('DELETE FROM job');
    await sweepPieces(pool.host);
    expect(await pool.count('chunk')).toBe(0);
  });

  test('a pool is made once; one of another version is refused by host and worker', async () => {
    const { host, pool } = await newPool();
    const { address } = pool;
    expect(await initPool({ address, password: PASSWORD })).toBe(false);
    const file = await invite({ pool, nowMs: Date.now(), days: 1 });
    await host.query(
      'CREATE OR REPLACE FUNCTION pool_version() RETURNS integer LANGUAGE sql IMMUTABLE AS $$SELECT 2$$',
    );
    await expect(initPool({ address, password: PASSWORD })).rejects.toThrow(/is of version 2/);
    const link = createLink({ ...file, name: 'late' });
    await expect(link.query('SELECT 1')).rejects.toThrow(
      /is of version 2, and this Hindcast uses version 1: update/,
    );
    await link.close();
  });

  test('what the server refuses is one sentence, and nothing is half-made', async () => {
    const { pool } = await newPool();
    const { address } = pool;
    const init = (changes: object, password = PASSWORD) =>
      initPool({ address: { ...address, ...changes }, password });
    await expect(init({}, 'wrong')).rejects.toThrow(/does not accept the login ana/);
    await expect(init({ database: 'nothing' })).rejects.toThrow(/has no database "nothing"/);
    await expect(init({ port: 1 })).rejects.toThrow(/cannot be reached \(connection refused\)/);
    await expect(init({ tls: true })).rejects.toThrow(/offers no TLS/);
    const empty = parsePoolUrl(server.database());
    await expect(invite({ pool: { ...pool, address: empty }, nowMs: Date.now(), days: 1 })).rejects.toThrow(
      /has no Hindcast pool/,
    );
    server.sql(empty.database, "CREATE ROLE eve LOGIN PASSWORD 'ana'");
    await expect(initPool({ address: { ...empty, user: 'eve' }, password: PASSWORD })).rejects.toThrow(
      /does not let eve do this/,
    );
    expect(
      server.sql(empty.database, "SELECT count(*) FROM pg_namespace WHERE nspname = 'hindcast_pool'"),
    ).toBe('0');
  });

  test('a login that is taken away is refused', async () => {
    const { pool, worker } = await newPool();
    const { link, login } = await worker();
    await expect(revoke(pool, 'ana')).rejects.toThrow(/has no worker's login "ana"/);
    await revoke(pool, login);
    await expect(link.query('SELECT 1')).rejects.toThrow();
    await expect(link.query('SELECT 1')).rejects.toThrow(/does not accept the login/);
  });

  test('another worker has the job of a login that is taken away at once', async () => {
    const { pool, worker, job } = await newPool();
    const [gone, other] = [await worker('gone'), await worker('other')];
    const id = await job();
    expect(await gone.calls.take()).toMatchObject({ id, attempt: 1 });
    expect(await other.calls.take()).toBeNull();
    await revoke(pool, gone.login);
    expect(await other.calls.take()).toMatchObject({ id, attempt: 2 });
  });
});
