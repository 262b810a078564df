// The engine host: the one process that owns a workspace. It opens the workspace, cleans up after a crashed host, and answers the
// API in process and over WebSocket.
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { createRouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { EngineLink } from '../../connect/link.ts';
import { jsonSerializers } from '../../contract/api/serializers.ts';
import { JOB_KINDS } from '../../contract/processes/jobs/table.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { sweepTemporaryFolders } from '../../data/import/source/temporary.ts';
import { translateFailures } from '../../services/api-failure.ts';
import { keepBackups } from '../../services/automatic-backups.ts';
import { COPY_PREFIX, createBackups } from '../../services/backups.ts';
import type { HostFacilities } from '../../services/context.ts';
import { createEventHub } from '../../services/event-hub.ts';
import { finishFreeing } from '../../services/free-pages.ts';
import { withCheckedWorkers } from '../../services/processes/checked-worker.ts';
import { createJobPools } from '../../services/processes/job-pools.ts';
import { createRouter } from '../../services/router.ts';
import { sweepInterruptedRuns } from '../../services/runs/interrupted-runs.ts';
import { fillStandings } from '../../services/runs/standing.ts';
import { createRunSupervisor } from '../../services/runs/supervisor.ts';
import { createSuggestions } from '../../services/studies/suggestions.ts';
import { listBackups } from '../../store/file/backups.ts';
import { sweepDrafts } from '../../store/file/left-drafts.ts';
import { finishPutBack } from '../../store/file/put-back.ts';
import { makeReserve, restoreReserve } from '../../store/file/reserve.ts';
import { carryOutRestore } from '../../store/file/restore.ts';
import { openWorkspace, type Workspace } from '../../store/workspace.ts';
import { type CallsUnderWay, createCallCounter } from './calls-under-way.ts';
import type { Channel } from './channel.ts';
import { guarded } from './envelope.ts';
import { FileIsHeld, type HostLocks, lockWorkspace } from './host-locks.ts';
import { type LeftWord, leaveWord } from './leave-word.ts';
import { logRejections } from './log-rejections.ts';
import { type ReadOnly, refuseChanges } from './read-only.ts';
import { newToken } from './rendezvous.ts';
import { isLoopbackHost, openWebSocketDoor, sameToken } from './websocket-server.ts';
import { callsWithReserve, tryWithReserve } from './with-reserve.ts';

export interface EngineHost {
  readonly workspace: Workspace;
  /** The API in this process, without a socket between. */
  readonly link: EngineLink;
  readonly port: number;
  readonly token: string;
  /** Answers the API on a channel until it is closed. */
  accept(channel: Channel): void;
  /** No run is active, no call is being answered, and no process is attached that could not host the workspace itself. */
  idle(): boolean;
  /** Resolves when it is idle, however long that takes. */
  whenIdle(): Promise<void>;
  /** Starts what an earlier host left in the queue. */
  workQueue(): void;
  /** Carries the mail of the pool from now on. */
  joinPool(): void;
  /** Ends runs with a checkpoint, leaves, and closes the workspace. */
  close(): Promise<void>;
}

export interface EngineHostOptions extends HostFacilities {
  readonly workspacePath: string;
  /** Makes the workspace where there is none. Default: true. */
  readonly create?: boolean;
  /** The workspace is a private copy of a file that cannot be written. */
  readonly readOnly?: ReadOnly | undefined;
}

const CLOSE_GRACE_MS = 10_000;
const CALLS_GRACE_MS = 2_000;
const IDLE_CHECK_MS = 50;

/** @returns null when another process hosts the workspace. */
export async function startEngineHost(options: EngineHostOptions): Promise<EngineHost | null> {
  const { workspacePath, now, log } = options;
  const locks = lockWorkspace(workspacePath);
  if (!locks) return null;
  let workspace: Workspace | undefined;
  try {
    finishPutBack(workspacePath);
    const restored = carryOutRestore(
      workspacePath,
      listBackups(workspacePath).map(({ path }) => path),
      locks.claim,
    );
    workspace = tryWithReserve(workspacePath, () =>
      openWorkspace(workspacePath, {
        create: options.create ?? true,
        now,
        logger: (message) => log({ level: 'info', message }),
        claim: locks.claim,
        notices: [...restored, ...(options.readOnly ? [options.readOnly.sentence] : [])],
      }),
    );
    sweepLeft(workspacePath, log);
    return await host(workspace, options, locks);
  } catch (cause) {
    workspace?.close();
    locks.undo();
    if (cause instanceof FileIsHeld) return null;
    throw HindcastError.wrap(cause, `The workspace ${workspacePath} could not be opened`);
  }
}

async function host(workspace: Workspace, given: EngineHostOptions, locks: HostLocks): Promise<EngineHost> {
  const options = withCheckedWorkers(given);
  const { now, log, version } = options;
  const hub = createEventHub(workspace, now);
  // On a full disk nothing can be swept, and that is no reason to refuse: on a full disk the user must be able to look and to delete.
  const { readOnly } = options;
  // In a copy to look at, runs stay as their own host has them.
  if (!readOnly) {
    ifThereIsRoom(log, workspace, () => workspace.datasets.sweepImports());
    ifThereIsRoom(log, workspace, () => fillStandings(workspace));
    ifThereIsRoom(log, workspace, () => sweepInterruptedRuns(workspace, hub, now));
  }
  const jobs = createJobPools({ kinds: JOB_KINDS, start: options.startJobProcess });
  const suggestions = createSuggestions({ runJob: jobs.run, log });
  const supervisor = createRunSupervisor(workspace, hub, options, suggestions);
  const copies = createBackups({ workspace, host: options, runJob: jobs.run });
  const router = createRouter(
    { workspace, host: options, hub, supervisor, suggestions, runJob: jobs.run },
    copies,
  );
  const backups = readOnly ? null : keepBackups(workspace, options, jobs.run);
  const token = newToken();
  const calls = createCallCounter();
  const withReserve = callsWithReserve(workspace.path, workspace.shrinkLog);
  const interceptors = [
    calls.count,
    translateFailures(log),
    ...(readOnly ? [refuseChanges(readOnly)] : []),
    withReserve,
  ];
  makeReserve(workspace.path);
  /** Processes that came for some answers and cannot have them elsewhere. */
  const visitors = new Set<Channel>();
  let isLeaving = false;
  const handler = new RPCHandler(router, {
    customJsonSerializers: jsonSerializers,
    clientInterceptors: interceptors,
  });
  const accept = (channel: Channel) => handler.upgrade(guarded(channel, log));
  const server = await openWebSocketDoor({
    log,
    accept(channel, request) {
      if (!parameterOf(request, 'stays')) visitors.add(channel);
      channel.on('close', () => visitors.delete(channel));
      accept(channel);
    },
    allows: (request) => !isLeaving && isOurProcess(request, token),
  });
  let word: LeftWord;
  try {
    const { path, id } = workspace;
    const rendezvous = { pid: process.pid, port: server.port, token, version, workspace: path, id };
    word = leaveWord(workspace.path, rendezvous, { notePath: locks.notePath(), log });
  } catch (cause) {
    await server.close();
    throw cause;
  }
  const stopLogging = logRejections(log);
  const client = createRouterClient(router, {
    interceptors,
  });
  const idle = () => supervisor.idle() && visitors.size === 0 && calls.none();
  for (const message of workspace.notices) log({ level: 'notice', message });
  return {
    workspace,
    link: inProcessLink(client),
    port: server.port,
    token,
    accept,
    idle,
    workQueue: supervisor.workQueue,
    joinPool: supervisor.joinPool,
    async whenIdle() {
      while (!idle()) await new Promise((resolve) => setTimeout(resolve, IDLE_CHECK_MS));
    },
    async close() {
      // From here on no client is let in: a new one waits for the lock, then hosts or attaches to the next host.
      isLeaving = true;
      await Promise.all([supervisor.close(CLOSE_GRACE_MS), jobs.close()]);
      finishFreeing(workspace);
      hub.close();
      word.remove();
      await server.close();
      if (!calls.none()) await endCalls(workspace, calls);
      await backups?.close();
      await copies.close();
      workspace.close();
      restoreReserve(options.workspacePath);
      locks.release();
      stopLogging();
    },
  };
}

/** Imports without a caller clean up after themselves; what they leave behind would stay until the next start. */
async function endCalls(workspace: Workspace, calls: CallsUnderWay): Promise<void> {
  await calls.settled(CALLS_GRACE_MS);
  try {
    workspace.datasets.sweepImports();
  } catch {
    // A disk that is full, or a file that was moved away: the next host sweeps.
  }
}

/** What killed hosts left half-made beside the workspace, and killed imports in the temporary folder. */
function sweepLeft(workspacePath: string, log: HostFacilities['log']): void {
  try {
    sweepTemporaryFolders();
    sweepTemporaryFolders(tmpdir(), COPY_PREFIX);
    const left = sweepDrafts(workspacePath, process.pid);
    if (left.length > 0)
      log({
        level: 'info',
        message: `removed ${left.join(', ')}, which a process that was killed left half-made`,
      });
  } catch (cause) {
    log({ level: 'warn', message: `half-made files were not removed: ${String(cause)}` });
  }
}

function ifThereIsRoom(log: HostFacilities['log'], workspace: Workspace, sweep: () => void): void {
  try {
    tryWithReserve(workspace.path, sweep);
  } catch (cause) {
    if (!(cause instanceof HindcastError) || cause.code !== 'disk-full') throw cause;
    log({ level: 'warn', message: cause.message });
    // What the attempt put into the log takes the room that the rendezvous file needs.
    workspace.shrinkLog();
  }
}

/** The token, the loopback name, and no web page: a browser always sends an origin, processes of this API never do. */
function isOurProcess({ url, headers }: IncomingMessage, token: string): boolean {
  const given = parameterOf({ url }, 'token') ?? '';
  return headers.origin === undefined && isLoopbackHost(headers.host) && sameToken(given, token);
}

const parameterOf = ({ url }: Pick<IncomingMessage, 'url'>, name: string): string | null =>
  new URL(url ?? '/', 'http://127.0.0.1').searchParams.get(name);

/** The router's own client as a link: `runs.get` is looked up by its path. */
function inProcessLink(client: object): EngineLink {
  return {
    call(path, input, options) {
      const procedure = path.reduce<unknown>((level, key) => (level as Record<string, unknown>)[key], client);
      return (procedure as (input: unknown, options: unknown) => Promise<unknown>)(input, options);
    },
  };
}
