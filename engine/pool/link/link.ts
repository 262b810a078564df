// A connection to the pool that is opened when it is needed and opened again after it was lost. Work on it is done one after the other. A
// failure is the caller's to repeat: what a statement did whose answer was lost is not known, so each one may be sent twice.
import { Socket } from 'node:net';
import type { Client, ClientConfig } from 'pg';
import { HindcastError } from '../../contract/values/errors.ts';
import { POOL_SCHEMA, POOL_VERSION } from '../setup/schema.ts';
import { addressText, type PoolAddress } from './address.ts';
import { asPoolError } from './failures.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface Queries {
  /** Rows of one statement. @throws HindcastError `connection-lost` where waiting may help */
  query(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

export interface PoolLink extends Queries {
  readonly address: PoolAddress;
  /** All or nothing; nothing else goes through the link meanwhile. */
  transaction<Result>(work: (queries: Queries) => Promise<Result>): Promise<Result>;
  /** Loses the connection, as a fault would: the next statement opens another one. */
  drop(): void;
  close(): Promise<void>;
}

export interface LinkOptions {
  readonly address: PoolAddress;
  readonly password: string;
  /** Shown by the server's list of connections. */
  readonly name: string;
  /** Channels to listen on. */
  readonly channels?: readonly string[];
  onNotice?(channel: string, payload: string): void;
  /** False: the pool may not be there yet. Default: its version is checked at each connection. */
  readonly checksVersion?: boolean;
}

const CONNECT_MS = 10_000;
/** A connection that is cut without a word is found out by this. */
const ANSWER_MS = 20_000;

export function createLink(options: LinkOptions): PoolLink {
  const { address } = options;
  let open: Promise<Opened> | null = null;
  let busy: Promise<unknown> = Promise.resolve();
  let closed = false;

  const drop = (): void => {
    const before = open;
    open = null;
    before?.then(({ socket }) => socket.destroy()).catch(() => {});
  };

  async function opened(): Promise<Opened> {
    if (closed) throw new HindcastError('connection-lost', 'The connection to the pool was closed.');
    open ??= connect(options, (socket) => {
      open?.then((now) => now.socket === socket && drop()).catch(() => {});
    });
    return open;
  }

  const ask = async ({ client }: Opened, text: string, values: readonly unknown[] = []): Promise<Row[]> => {
    const { rows } = await client.query({ text, values: [...values] });
    return rows as Row[];
  };

  /** A statement that PostgreSQL refused leaves a good connection; anything else does not. */
  const failed = (cause: unknown): HindcastError => {
    const error = asPoolError(cause, address);
    if (error.code === 'connection-lost' || error.code === 'internal') drop();
    return error;
  };

  function inTurn<Result>(work: (now: Opened) => Promise<Result>): Promise<Result> {
    const turn = busy.then(async () => {
      try {
        return await work(await opened());
      } catch (cause) {
        if (cause instanceof HindcastError) {
          if (cause.code === 'connection-lost') drop();
          throw cause;
        }
        throw failed(cause);
      }
    });
    busy = turn.catch(() => {});
    return turn;
  }

  return {
    address,
    query: (text, values) => inTurn((now) => ask(now, text, values)),
    transaction: (work) =>
      inTurn(async (now) => {
        await ask(now, 'BEGIN');
        try {
          const result = await work({ query: (text, values) => ask(now, text, values) });
          await ask(now, 'COMMIT');
          return result;
        } catch (cause) {
          await ask(now, 'ROLLBACK').catch(drop);
          throw cause;
        }
      }),
    drop,
    async close() {
      closed = true;
      const before = open;
      await busy;
      const now = await before?.catch(() => null);
      now?.socket.destroy();
    },
  };
}

interface Opened {
  readonly client: Client;
  readonly socket: Socket;
}

async function connect(options: LinkOptions, onLost: (socket: Socket) => void): Promise<Opened> {
  const { address, password, name, channels = [], onNotice, checksVersion = true } = options;
  // Loaded late: most commands need no pool.
  const { default: pg } = await import('pg');
  const socket = new Socket();
  const client = new pg.Client({
    ...configOf(address),
    password,
    application_name: name,
    stream: () => socket,
  });
  client.on('error', () => onLost(socket));
  client.on('end', () => onLost(socket));
  client.on('notification', ({ channel, payload }) => onNotice?.(channel, payload ?? ''));
  try {
    await client.connect();
    await client.query(`SET search_path = ${POOL_SCHEMA}`);
    if (checksVersion) await requireVersion(client, address);
    for (const channel of channels) await client.query(`LISTEN ${channel}`);
    return { client, socket };
  } catch (cause) {
    socket.destroy();
    throw asPoolError(cause, address);
  }
}

function configOf({ host, port, database, user, tls, ca }: PoolAddress): ClientConfig {
  return {
    host,
    port,
    database,
    user,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    // The host is named here too, since Node would compare the certificate of an address with "localhost".
    ssl: tls ? { rejectUnauthorized: true, host, ...(ca !== null && { ca }) } : false,
  };
}

async function requireVersion(client: Client, address: PoolAddress): Promise<void> {
  const { rows } = await client.query(`SELECT ${POOL_SCHEMA}.pool_version() AS version`);
  const { version } = rows[0] as { version: number };
  if (version === POOL_VERSION) return;
  const older = version < POOL_VERSION;
  throw new HindcastError(
    'conflict',
    `The pool at ${addressText(address)} is of version ${version}, and this Hindcast uses version ${POOL_VERSION}: ${older ? 'make a new pool in another database' : 'update Hindcast on this machine'}.`,
    { details: { version, wanted: POOL_VERSION } },
  );
}
