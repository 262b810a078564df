// Rounds with a pool: a host in this process and three workers in processes of their own, each with a way of its own to a real PostgreSQL.
// At random moments a worker is killed, stopped and woken (a zombie), or cut off; the host is cut off or begins again; the server is killed
// and started again. Oracles: weights and
// metric rows equal those of an undisturbed local run bit for bit, and nothing stays in the mailbox.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connectEngine, type EngineConnection } from '../../engine/connect/connection.ts';
import type { RunId } from '../../engine/contract/values/ids.ts';
import { type EngineHost, startEngineHost } from '../../engine/hosts/engine/engine-host.ts';
import { samplePath, workerEntry } from '../../engine/hosts/node/paths.ts';
import { startNodeWorker } from '../../engine/hosts/node/worker-process.ts';
import { type PoolAddress, parsePoolUrl } from '../../engine/pool/link/address.ts';
import { initPool, invite } from '../../engine/pool/setup/init.ts';
import type { JoinFile } from '../../engine/pool/setup/join-file.ts';
import { QUOTA_BYTES, writePoolFile } from '../../engine/pool/setup/pool-file.ts';
import { interruptedExperiment, trace } from '../hosts/exactness-fixture.ts';
import { PASSWORD, type TestServer } from '../pool/postgres.ts';
import { chunkMessages, describedMessage } from '../services/dataset.ts';
import { below, type Random } from './random.ts';

const CLI = join(import.meta.dirname, '../../engine/hosts/cli/main.ts');
const ROWS = 160;
const WORKERS = 3;
/** Short, so that it runs out within a round. A machine that is busy with other work needs a longer one. */
export const LEASE_MS = 1_500;
/** Only for what hangs. */
const PATIENCE_MS = 240_000;
/** A checkpoint every few steps, so that every attempt begins at another one. */
const experiment = {
  ...interruptedExperiment,
  training: { ...interruptedExperiment.training, epochs: 60, checkpointEverySteps: 40 },
};

export interface PoolSite {
  readonly server: TestServer;
  readonly address: PoolAddress;
  readonly invitation: JoinFile;
  readonly leaseMs: number;
}

/** A pool with a short lease. */
export async function makePool(server: TestServer, leaseMs = LEASE_MS): Promise<PoolSite> {
  const address = parsePoolUrl(server.database());
  await initPool({ address, password: PASSWORD, leaseMs });
  const pool = {
    format: 'hindcast-pool',
    address,
    password: PASSWORD,
    owner: randomUUID(),
    quotaBytes: QUOTA_BYTES,
  } as const;
  return { server, address, leaseMs, invitation: await invite({ pool, nowMs: Date.now(), days: 1 }) };
}

export type Trace = ReturnType<typeof trace>;

/** The host of a new workspace with a small dataset. */
export async function startHost(folder: string): Promise<EngineHost> {
  const host = await startEngineHost({
    workspacePath: join(folder, 'w.hindcast'),
    version: '0.0.0',
    now: Date.now,
    log: () => {},
    startTrainer: () => startNodeWorker(workerEntry('trainer'), () => {}),
    startJobProcess: () => startNodeWorker(workerEntry('trainer'), () => {}),
    startImporter: () => startNodeWorker(workerEntry('importer'), () => {}),
    samplePath,
  });
  if (!host) throw new Error('the folder is new: no other process can host it');
  return host;
}

export function importWaves({ workspace }: EngineHost): void {
  const writer = workspace.datasets.beginImport({ name: 'waves', atMs: 0 });
  writer.describe(describedMessage(ROWS));
  for (const chunk of chunkMessages(ROWS)) writer.chunk(chunk);
  writer.finish(0);
}

export const clientOf = (host: EngineHost): EngineConnection['client'] =>
  connectEngine(async () => ({ link: host.link, closed: new Promise(() => {}), close: () => {} })).client;

export async function ended(host: EngineHost, run: RunId): Promise<void> {
  const stateNow = () => host.workspace.runs.summary(run).state;
  for (const from = Date.now(); ['queued', 'running', 'paused'].includes(stateNow()); await delay(20)) {
    if (Date.now() - from > PATIENCE_MS) throw new Error(`the run is still ${stateNow()}`);
  }
}

/** What a training on this machine leaves. */
export async function undisturbedTrace(folder: string): Promise<Trace> {
  const host = await startHost(folder);
  try {
    importWaves(host);
    const run = await clientOf(host).runs.start({ configuration: experiment });
    await ended(host, run.id);
    return trace(host.workspace, run.id);
  } finally {
    await host.close();
  }
}

export interface Way {
  readonly port: number;
  /** Destroys every connection; new ones are refused until `reopen`. */
  cut(): void;
  reopen(): void;
  close(): void;
}

/** A way to the server that can be cut. */
export async function openWay(target: number): Promise<Way> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server: Server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const destroy = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut() {
      isCut = true;
      destroy();
    },
    reopen() {
      isCut = false;
    },
    close() {
      server.close();
      destroy();
    },
  };
}

export interface WorkerProcess {
  readonly label: string;
  readonly way: Way;
  readonly child: () => ChildProcess;
  restart(): void;
  output(): string;
  close(): Promise<void>;
}

export async function startWorker(site: PoolSite, folder: string, label: string): Promise<WorkerProcess> {
  const way = await openWay(site.address.port);
  const file = join(folder, `${label}.join`);
  const { invitation } = site;
  const join_ = { ...invitation, address: { ...invitation.address, port: way.port } };
  writeFileSync(file, JSON.stringify(join_), { mode: 0o600 });
  let output = '';
  const start = (): ChildProcess => {
    const args = [
      'worker',
      '--join',
      file,
      '--label',
      label,
      '--threads',
      '1',
      '--cache',
      join(folder, 'cache'),
    ];
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr?.on('data', (text) => {
      output += String(text);
    });
    return child;
  };
  let child = start();
  return {
    label,
    way,
    child: () => child,
    restart() {
      child = start();
    },
    output: () => output,
    async close() {
      way.close();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const FAULTS = ['kill', 'zombie', 'cut worker', 'cut host', 'new host', 'no server'] as const;
type Fault = (typeof FAULTS)[number];

export interface PoolRoundOptions {
  readonly site: PoolSite;
  readonly folder: string;
  readonly random: Random;
  readonly expected: Trace;
  /** Default: 3 at random. */
  readonly faults?: readonly Fault[];
}

/** Returns the faults. @throws Error that says what was not as it should be. */
export async function playPoolRound(options: PoolRoundOptions): Promise<string> {
  const { site, folder, random, expected } = options;
  const { server } = site;
  const faults = options.faults ?? [0, 1, 2].map(() => FAULTS[below(random, FAULTS.length)]!);
  const hostWay = await openWay(site.address.port);
  let host = await startHost(folder);
  const workers: WorkerProcess[] = [];
  try {
    importWaves(host);
    writePoolFile(host.workspace.path, {
      address: { ...site.address, port: hostWay.port },
      password: PASSWORD,
      owner: randomUUID(),
      quotaBytes: QUOTA_BYTES,
    });
    for (let worker = 0; worker < WORKERS; worker++)
      workers.push(await startWorker(site, folder, `w${worker}`));
    const run = await clientOf(host).runs.start({ configuration: experiment, on: 'pool' });
    for (const fault of faults) {
      const busy = await holderOf(site);
      await delay(random() * 900);
      // Most faults meet the worker that has the run.
      const victim = workers.find(({ label }) => label === busy) ?? workers[below(random, WORKERS)]!;
      if (fault === 'new host') {
        await host.close();
        await delay(random() * 1_000);
        host = await startHost(folder);
        host.joinPool();
      } else if (fault === 'no server') {
        server.stop();
        await delay(random() * 2 * site.leaseMs);
        await server.start();
      } else await strike(fault, { victim, hostWay, random, leaseMs: site.leaseMs });
    }
    await ended(host, run.id);
    const { state, reason } = host.workspace.runs.summary(run.id);
    if (state !== expected.state) throw new Error(`the run is ${state}: ${reason}`);
    compare(trace(host.workspace, run.id), expected);
    await requireEmpty(site);
    return faults.join(', ');
  } catch (cause) {
    const said = workers.map(({ output }) => output()).join('');
    throw new Error(`after ${faults.join(', ')}: ${String(cause)}\n${said}`, { cause });
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
    hostWay.reopen();
    await host.close();
    hostWay.close();
  }
}

interface Target {
  readonly victim: WorkerProcess;
  readonly hostWay: Way;
  readonly random: Random;
  readonly leaseMs: number;
}

async function strike(
  fault: Exclude<Fault, 'new host' | 'no server'>,
  { victim, hostWay, random, leaseMs }: Target,
): Promise<void> {
  const child = victim.child();
  switch (fault) {
    case 'kill':
      child.kill('SIGKILL');
      return victim.restart();
    case 'zombie':
      child.kill('SIGSTOP');
      // Shorter and longer than its lease.
      await delay(random() * 2 * leaseMs);
      child.kill('SIGCONT');
      return;
    case 'cut worker':
    case 'cut host': {
      const way = fault === 'cut host' ? hostWay : victim.way;
      way.cut();
      await delay(random() * 2 * leaseMs);
      return way.reopen();
    }
  }
}

const databaseOf = ({ address }: PoolSite): string => address.database;

/** The label of the worker that has a run, once one has; null after a while without. */
async function holderOf(site: PoolSite): Promise<string | null> {
  for (let tries = 0; tries < 60; tries++) {
    const label = site.server.sql(
      databaseOf(site),
      "SELECT label FROM hindcast_pool.job JOIN hindcast_pool.worker ON worker.id = job.worker WHERE state = 'leased'",
    );
    if (label !== '') return label;
    await delay(50);
  }
  return null;
}

export function compare(actual: Trace, expected: Trace): void {
  for (const key of Object.keys(expected) as (keyof Trace)[]) {
    if (JSON.stringify(actual[key]) === JSON.stringify(expected[key])) continue;
    throw new Error(
      `${key} is ${JSON.stringify(actual[key])?.slice(0, 300)} instead of ${JSON.stringify(expected[key])?.slice(0, 300)}`,
    );
  }
}

export async function requireEmpty(site: PoolSite): Promise<void> {
  const count =
    'SELECT (SELECT count(*) FROM hindcast_pool.job) + (SELECT count(*) FROM hindcast_pool.message) + (SELECT count(*) FROM hindcast_pool.chunk)';
  const rows = () => site.server.sql(databaseOf(site), count);
  for (let from = Date.now(), left = rows(); left !== '0'; left = rows()) {
    if (Date.now() - from > PATIENCE_MS) throw new Error(`${left} rows stay in the mailbox`);
    await delay(50);
  }
}
