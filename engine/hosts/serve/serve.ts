// The workbench for the browser, whole: an engine (opened here, or the one that has the workspace open) behind the page's server.
import { join } from 'node:path';
import type { Log } from '../../services/context.ts';
import { openEngine } from '../engine/open-engine.ts';
import { projectRoot } from '../node/places.ts';
import { startWorkbenchServer, type WorkbenchServer } from './workbench-server.ts';

export interface ServeOptions {
  readonly workspacePath: string;
  /** 0 (the default): any that is free. */
  readonly port?: number;
  readonly log: Log;
}

export interface Served {
  /** With the token, for the user's browser. */
  readonly address: string;
  /** Runs that train in this very process's care; they stop when it closes. */
  runsHere(): Promise<number>;
  /** Ends runs with a checkpoint and lets go of the workspace. */
  close(): Promise<void>;
}

/** @throws HindcastError `workspace-*`, `file-missing` where the page was not built, `conflict` where the port is taken. */
export async function serve({ workspacePath, port = 0, log }: ServeOptions): Promise<Served> {
  const engine = await openEngine({ workspacePath, log });
  let server: WorkbenchServer;
  try {
    const folder = join(projectRoot, 'out', 'renderer');
    server = await startWorkbenchServer({ folder, port, log, accept: engine.accept });
  } catch (cause) {
    await engine.close();
    throw cause;
  }
  return {
    address: server.address,
    runsHere: async () => (engine.role() === 'host' ? (await engine.client.queue.get()).running.length : 0),
    async close() {
      // The pages first: what they had under way is told off before the engine goes.
      await server.close();
      await engine.close();
    },
  };
}
