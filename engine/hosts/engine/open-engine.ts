// Rendezvous: the first process that opens a workspace hosts it; later ones attach to it through the same API.
import { existsSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { connectEngine, type EngineConnection, type Transport } from '../../connect/connection.ts';
import { openWebSocket } from '../../connect/websocket.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { HostFacilities, Log } from '../../services/context.ts';
import { makeFolder } from '../node/make-folder.ts';
import { projectVersion, samplePath, workerEntry } from '../node/paths.ts';
import { startNodeWorker } from '../node/worker-process.ts';
import { bridgeToHost } from './bridge.ts';
import type { Channel } from './channel.ts';
import { type EngineHost, type EngineHostOptions, startEngineHost } from './engine-host.ts';
import { takeLook, whyReadOnly } from './read-only.ts';
import { readRendezvous, rendezvousAddress, rendezvousPath } from './rendezvous.ts';
import { lacksRoom, startWithoutRoom } from './without-room.ts';

export interface OpenEngine extends EngineConnection {
  /** `host` while this process owns the workspace. May change when a host dies and this process takes over. */
  role(): 'host' | 'attached';
  /** Hosting: resolves when no run is active and no other process needs this one; attached: at once. */
  whenIdle(): Promise<void>;
  idle(): boolean;
  /** Answers the API on a channel: here where this process hosts, else by handing everything on to the host. Closed when that is lost. */
  accept(channel: Channel): void;
}

/** How long a host may take between taking the lock and answering. */
const PATIENCE_MS = 15_000;
const RETRY_MS = 50;

/** Opens or makes the workspace at `workspacePath`. @throws HindcastError `workspace-*`. */
export async function openEngine(options: {
  readonly workspacePath: string;
  readonly log: Log;
  /** This process is there to keep the workspace open (a window, a page): it takes over from a host that leaves. */
  readonly stays?: boolean;
  /** No workspace is made where there is none. */
  readonly existing?: boolean;
}): Promise<OpenEngine> {
  const { stays = false, existing = false } = options;
  const workspacePath = realPath(options.workspacePath);
  /** This process has put runs into the queue: where their host dies, it works them off itself. */
  let hasQueued = false;
  let host: EngineHost | null = null;
  /** Of the workspace that this process works in: a lost connection must not lead into another one. */
  let id: string | undefined;

  async function open(): Promise<Transport> {
    const { transport, id: found } = await hostOrAttach();
    if (id !== undefined && found !== undefined && found !== id) {
      host = null;
      await transport.close();
      throw replaced(workspacePath);
    }
    id ??= found;
    return transport;
  }

  async function hostOrAttach(): Promise<Reached> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      // The lock first: a rendezvous file that a dead host left is never followed to the process that has its port now.
      host = await startHost(workspacePath, { log: options.log, create: id === undefined && !existing });
      if (host && hasQueued) host.workQueue();
      if (host && stays) host.joinPool();
      if (host) return { transport: transportOf(host), id: host.workspace.id };
      const attached = await attach(workspacePath, stays);
      if (attached)
        return {
          ...attached,
          transport: observed(attached.transport, () => {
            hasQueued = true;
          }),
        };
      if (Date.now() > deadline) {
        throw new HindcastError(
          'workspace-unreachable',
          `Another process holds ${workspacePath} but does not answer; end it (its number is in ${rendezvousPath(workspacePath)}) and try again.`,
        );
      }
      await new Promise((next) => setTimeout(next, RETRY_MS));
    }
  }

  const connection = connectEngine(open);
  // Errors of opening go to the caller that opens, not to the first call.
  await connection.ready();

  async function accept(channel: Channel): Promise<void> {
    try {
      await connection.ready();
      const rendezvous = host ? null : readRendezvous(workspacePath);
      if (host) host.accept(channel);
      else if (rendezvous) bridgeToHost(channel, rendezvousAddress(rendezvous, stays));
      else channel.close();
    } catch (cause) {
      options.log({ level: 'error', message: `a client could not be answered: ${String(cause)}` });
      channel.close();
    }
  }

  return {
    ...connection,
    accept: (channel) => void accept(channel),
    role: () => (host ? 'host' : 'attached'),
    idle: () => host?.idle() ?? true,
    whenIdle: async () => host?.whenIdle(),
  };
}

const QUEUEING = new Set(['runs.start', 'runs.resume', 'runs.duplicate']);

function observed(transport: Transport, onQueued: () => void): Transport {
  const { link } = transport;
  return {
    ...transport,
    link: {
      call(path, input, options) {
        if (QUEUEING.has(path.join('.'))) onQueued();
        return link.call(path, input, options);
      },
    },
  };
}

/** One file is one workspace, whatever links name it: lock and rendezvous are beside the file itself. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

interface Reached {
  readonly transport: Transport;
  /** Of the workspace; undefined where its host does not tell. */
  readonly id: string | undefined;
}

async function attach(workspacePath: string, stays: boolean): Promise<Reached | null> {
  const rendezvous = readRendezvous(workspacePath);
  if (!rendezvous) return null;
  const transport = await openWebSocket(rendezvousAddress(rendezvous, stays)).catch(() => null);
  const otherName = rendezvous.workspace;
  if (transport && otherName !== undefined && otherName !== workspacePath) {
    await transport.close();
    throw new HindcastError(
      'workspace-unreachable',
      `${workspacePath} is open in process ${rendezvous.pid} under another name, ${otherName}: use that name (where the file was renamed, give it back), or close that process first.`,
      { details: { path: workspacePath, openAs: otherName, pid: rendezvous.pid } },
    );
  }
  if (transport && rendezvous.version !== projectVersion) {
    await transport.close();
    throw new HindcastError(
      'workspace-unreachable',
      `${workspacePath} is open in Hindcast ${rendezvous.version} (process ${rendezvous.pid}), this is ${projectVersion}; close that one or use the same version.`,
    );
  }
  return transport && { transport, id: rendezvous.id };
}

function replaced(path: string): HindcastError {
  return new HindcastError(
    'workspace-moved',
    `${path} is another workspace now than the one that this process worked in: start it again to work in that one.`,
    { details: { path } },
  );
}

async function startHost(
  workspacePath: string,
  { log, create }: { readonly log: Log; readonly create: boolean },
): Promise<EngineHost | null> {
  makeFolder(dirname(workspacePath));
  const why = whyReadOnly(workspacePath);
  if (why === null) return startWriting({ ...facilities(log), workspacePath, create });
  const look = takeLook(workspacePath, why);
  try {
    const host = await startEngineHost({ ...facilities(log), workspacePath: look.copy, readOnly: look });
    if (!host) throw new HindcastError('internal', `The private copy ${look.copy} is open elsewhere.`);
    return { ...host, close: () => host.close().finally(look.close) };
  } catch (cause) {
    look.close();
    throw cause;
  }
}

/** On a disk without a free byte: on a copy. */
async function startWriting(options: Omit<EngineHostOptions, 'readOnly'>): Promise<EngineHost | null> {
  const { workspacePath } = options;
  if (lacksRoom(workspacePath)) return startWithoutRoom(options);
  try {
    return await startEngineHost(options);
  } catch (cause) {
    const isFull = cause instanceof HindcastError && cause.code === 'disk-full';
    if (!isFull || !existsSync(workspacePath)) throw cause;
    return startWithoutRoom(options);
  }
}

function facilities(log: Log): Omit<HostFacilities, 'readOnly'> {
  const stderr = (name: string) => (text: string) =>
    log({ level: 'warn', process: name, message: text.trimEnd() });
  return {
    version: projectVersion,
    now: Date.now,
    log,
    startTrainer: () => startNodeWorker(workerEntry('trainer'), stderr('trainer')),
    startJobProcess: () => startNodeWorker(workerEntry('trainer'), stderr('worker')),
    startImporter: () => startNodeWorker(workerEntry('importer'), stderr('importer')),
    samplePath,
  };
}

function transportOf(host: EngineHost): Transport {
  const closed = Promise.withResolvers<void>();
  return {
    link: host.link,
    closed: closed.promise,
    async close() {
      await host.close();
      closed.resolve();
    },
  };
}
