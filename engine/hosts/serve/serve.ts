// The complete workbench for the browser: the page's server in this process, the engine in a process of its own, so that the page
// survives an engine crash.
import { join } from 'node:path';
import { openMessagePort } from '../../connect/message-port.ts';
import type { Log } from '../../services/context.ts';
import { createChannel } from '../engine/channel.ts';
import { projectRoot, workerEntry } from '../node/paths.ts';
import { countRunsOf } from '../utility/count-runs.ts';
import { keepEngine } from '../utility/engine-keeper.ts';
import { startInNode } from '../utility/start-in-node.ts';
import { createUploads } from './uploads.ts';
import { type PortChoice, startWorkbenchServer } from './workbench-server.ts';

export interface ServeOptions {
  readonly workspacePath: string;
  readonly port: PortChoice;
  readonly log: Log;
}

export interface Served {
  /** With the token, for the user's browser. */
  readonly address: string;
  readonly port: number;
  /** Settles when a browser has been let in. */
  readonly entered: Promise<void>;
  /** Runs that stop when this closes. */
  countRuns(): Promise<number>;
  /** Ends runs with a checkpoint and releases the workspace. */
  close(): Promise<void>;
}

/** @throws HindcastError `workspace-*`, `file-missing` where the page was not built, `conflict` where the port is taken. */
export async function serve({ workspacePath, port, log }: ServeOptions): Promise<Served> {
  const uploads = createUploads();
  const entered = Promise.withResolvers<void>();
  const engine = keepEngine({
    nowMs: () => performance.now(),
    start: (again) =>
      startInNode(
        process.execPath,
        workerEntry('utility'),
        [workspacePath, ...(again ? ['--existing'] : []), `--files=${uploads.folder}`],
        (text) => log({ level: 'info', process: 'engine', message: text.trimEnd() }),
      ),
  });
  engine.onState((state) => log({ level: 'warn', message: 'the engine changed', ...state }));
  try {
    await engine.opened;
    const folder = join(projectRoot, 'out', 'renderer');
    const server = await startWorkbenchServer({
      folder,
      port,
      log,
      uploads,
      accept: engine.connect,
      onEntered: entered.resolve,
    });
    return {
      address: server.address,
      port: server.port,
      entered: entered.promise,
      countRuns() {
        const { channel, far } = channelHere();
        return countRunsOf(engine, channel, () => openMessagePort(far));
      },
      async close() {
        // Close pages first, so that their open calls are cancelled before the engine stops.
        await server.close();
        await engine.close();
        uploads.close();
      },
    };
  } catch (cause) {
    await engine.close();
    uploads.close();
    throw cause;
  }
}

/** A channel whose other end is a message port in this process. */
function channelHere() {
  const { port1, port2: far } = new MessageChannel();
  const end = createChannel({ send: (message) => port1.postMessage(message), hangUp: () => port1.close() });
  port1.addEventListener('message', ({ data }) => end.deliver(data));
  port1.addEventListener('close', () => end.ended());
  port1.start();
  return { channel: end.channel, far };
}
