// A PostgreSQL of the test's own, on a free loopback port, in a folder of its own. PostgreSQL refuses to run as root, so that root starts
// it as another user.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../hosts/serve/free-port.ts';

export interface TestServer {
  readonly port: number;
  /** Superuser `ana`; loopback needs no password of hers. */
  readonly url: string;
  readonly folder: string;
  /** A fresh, empty database and its URL. */
  database(): string;
  sql(database: string, text: string): string;
  stop(): void;
  start(): Promise<void>;
  /** Its processes and its folder are gone afterwards. */
  close(): Promise<void>;
}

/** The folder of PostgreSQL's programs; null where there are none. */
export function postgresPrograms(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    '/usr/local/pgsql/bin',
    '/opt/homebrew/bin',
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

/** Options of `spawn` that leave root's rights. */
function plainUser(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

export interface ServerOptions {
  /** Lines of postgresql.conf. */
  readonly settings?: readonly string[];
  /** Called when the data folder is there. */
  prepare?(data: string, user: { readonly uid?: number; readonly gid?: number }): void;
}

export async function startPostgres({ settings = [], prepare }: ServerOptions = {}): Promise<TestServer> {
  const programs = postgresPrograms();
  if (programs === null) throw new Error('PostgreSQL is not installed');
  const user = plainUser();
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-postgres-'));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, PASSWORD);
  const options = { ...user, cwd: folder, env: { ...process.env, HOME: folder, LC_ALL: 'C' } };
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'ana', '-A', 'scram-sha-256', '--no-sync', `--pwfile=${passwordFile}`],
    {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  prepare?.(data, user);
  const port = await freePort();
  const flags = [
    'fsync=off',
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'shared_buffers=16MB',
    'max_connections=100',
    'log_min_messages=fatal',
    ...settings,
  ];
  let server: ReturnType<typeof spawn> | undefined;
  const psql = (database: string, text: string): string =>
    execFileSync(
      join(programs, 'psql'),
      ['-h', '127.0.0.1', '-p', String(port), '-U', 'ana', '-d', database, '-qtAc', text],
      {
        encoding: 'utf8',
        env: { ...process.env, PGPASSWORD: PASSWORD },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    ).trim();

  async function start(): Promise<void> {
    const begin = () =>
      spawn(join(programs!, 'postgres'), ['-D', data, ...flags.flatMap((flag) => ['-c', flag])], {
        ...options,
        stdio: 'ignore',
      });
    server = begin();
    for (const deadline = Date.now() + PATIENCE_MS; ; ) {
      // Processes of one that was killed may still hold its memory for a moment.
      if (hasEnded(server)) server = begin();
      try {
        psql('postgres', 'SELECT 1');
        return;
      } catch (cause) {
        if (Date.now() > deadline) throw cause;
        await new Promise((next) => setTimeout(next, 50));
      }
    }
  }

  let databases = 0;
  await start();
  return {
    port,
    url: `postgres://ana@127.0.0.1:${port}/postgres`,
    folder,
    start,
    database() {
      const name = `pool${++databases}`;
      psql('postgres', `CREATE DATABASE ${name}`);
      return `postgres://ana@127.0.0.1:${port}/${name}`;
    },
    sql: psql,
    stop() {
      server?.kill('SIGKILL');
    },
    async close() {
      if (server && !hasEnded(server)) {
        const exited = once(server, 'exit');
        server.kill('SIGQUIT');
        await exited;
      }
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Only for one that never answers. */
const PATIENCE_MS = 120_000;

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

/** Of the test's own server, which only this machine reaches. */
export const PASSWORD = 'ana';
