// The engine host: the one process that owns a workspace. Opens it, sweeps up after a host that died, and answers the API
// in process and over WebSocket.

import { existsSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createRouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { EngineLink } from '../../connect/link.ts';
import { HindcastError } from '../../contract/errors.ts';
import { JOB_KINDS } from '../../contract/processes/jobs.ts';
import { jsonSerializers } from '../../contract/serializers.ts';
import { translateFailures } from '../../services/api-failure.ts';
import type { HostFacilities } from '../../services/context.ts';
import { createEventHub } from '../../services/event-hub.ts';
import { createJobPool } from '../../services/processes/job-pool.ts';
import { createRouter } from '../../services/router.ts';
import { createRunSupervisor, sweepInterruptedRuns } from '../../services/runs/supervisor.ts';
import { takeHostLock } from '../../store/host-lock.ts';
import { openWorkspace, type Workspace } from '../../store/workspace.ts';
import type { Channel } from './channel.ts';
import { guarded } from './envelope.ts';
import { logRejections } from './log-rejections.ts';
import { lockPath, newToken, removeRendezvous, writeRendezvous } from './rendezvous.ts';
import { isLoopbackHost, openWebSocketDoor, sameToken } from './websocket-server.ts';

export interface EngineHost {
  readonly workspace: Workspace;
  /** The API in this process, without a socket between. */
  readonly link: EngineLink;
  readonly port: number;
  readonly token: string;
  /** Answers the API on a channel until it is closed. */
  accept(channel: Channel): void;
  /** No run is active and no other process is attached. */
  idle(): boolean;
  /** Resolves when it is idle, however long that takes. */
  whenIdle(): Promise<void>;
  /** Starts what an earlier host left in the queue. */
  workQueue(): void;
  /** Ends runs with a checkpoint, leaves, and closes the workspace. */
  close(): Promise<void>;
}

export interface EngineHostOptions extends HostFacilities {
  readonly workspacePath: string;
}

const CLOSE_GRACE_MS = 10_000;
const IDLE_CHECK_MS = 100;
/** Beside training, however many runs a screen asks about at once. */
const JOB_PROCESSES = { most: 2, idleMs: 30_000 };

/** @returns null when another process hosts the workspace. */
export async function startEngineHost(options: EngineHostOptions): Promise<EngineHost | null> {
  const { workspacePath, now, log } = options;
  const lockFile = lockPath(workspacePath);
  const lockIsNew = !existsSync(lockFile);
  const lock = takeHostLock(lockFile);
  if (!lock) return null;
  let workspace: Workspace | undefined;
  try {
    workspace = openWorkspace(workspacePath, {
      create: true,
      now,
      logger: (message) => log({ level: 'info', message }),
    });
    return await host(workspace, options, () => lock.release());
  } catch (cause) {
    workspace?.close();
    lock.release();
    // A workspace that was refused is left with its folder as it was.
    if (lockIsNew) rmSync(lockFile, { force: true });
    throw HindcastError.wrap(cause, `The workspace ${workspacePath} could not be opened`);
  }
}

async function host(
  workspace: Workspace,
  options: EngineHostOptions,
  releaseLock: () => void,
): Promise<EngineHost> {
  const { now, log, version } = options;
  const hub = createEventHub(workspace, now);
  // On a full disk nothing can be swept, and that is no reason to refuse: who has no room must be able to look and to delete.
  ifThereIsRoom(log, workspace, () => workspace.datasets.sweepImports());
  ifThereIsRoom(log, workspace, () => sweepInterruptedRuns(workspace, hub, now));
  const supervisor = createRunSupervisor(workspace, hub, options);
  const jobs = createJobPool({ kinds: JOB_KINDS, start: options.startJobProcess, ...JOB_PROCESSES });
  const router = createRouter({ workspace, host: options, hub, supervisor, runJob: jobs.run });
  const token = newToken();
  const handler = new RPCHandler(router, {
    customJsonSerializers: jsonSerializers,
    clientInterceptors: [translateFailures(log)],
  });
  const accept = (channel: Channel) => handler.upgrade(guarded(channel, log));
  const server = await openWebSocketDoor({ log, accept, allows: (request) => isOurProcess(request, token) });
  try {
    writeRendezvous(workspace.path, { pid: process.pid, port: server.port, token, version });
  } catch (cause) {
    await server.close();
    throw cause;
  }
  const stopLogging = logRejections(log);
  const client = createRouterClient(router, { interceptors: [translateFailures(log)] });
  const idle = () => supervisor.idle() && server.clients() === 0;
  return {
    workspace,
    link: inProcessLink(client),
    port: server.port,
    token,
    accept,
    idle,
    workQueue: supervisor.workQueue,
    async whenIdle() {
      while (!idle()) await new Promise((resolve) => setTimeout(resolve, IDLE_CHECK_MS));
    },
    async close() {
      await Promise.all([supervisor.close(CLOSE_GRACE_MS), jobs.close()]);
      hub.close();
      removeRendezvous(workspace.path);
      await server.close();
      workspace.close();
      releaseLock();
      stopLogging();
    },
  };
}

function ifThereIsRoom(log: HostFacilities['log'], workspace: Workspace, sweep: () => void): void {
  try {
    sweep();
  } catch (cause) {
    if (!(cause instanceof HindcastError) || cause.code !== 'disk-full') throw cause;
    log({ level: 'warn', message: cause.message });
    // What the attempt put into the log takes the room that the rendezvous file needs.
    workspace.shrinkLog();
  }
}

/** The token, the loopback name, and no web page: a browser always sends an origin, processes of this API never do. */
function isOurProcess({ url, headers }: IncomingMessage, token: string): boolean {
  const given = new URL(url ?? '/', 'http://127.0.0.1').searchParams.get('token') ?? '';
  return headers.origin === undefined && isLoopbackHost(headers.host) && sameToken(given, token);
}

/** The router's own client as a link: `runs.get` is looked up by its path. */
function inProcessLink(client: object): EngineLink {
  return {
    call(path, input, options) {
      const procedure = path.reduce<unknown>((level, key) => (level as Record<string, unknown>)[key], client);
      return (procedure as (input: unknown, options: unknown) => Promise<unknown>)(input, options);
    },
  };
}
