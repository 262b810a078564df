// Leaving: with runs active the user is asked first; then the engine ends them with a checkpoint, and only then the window goes.
import { app, type BrowserWindow, dialog, MessageChannelMain } from 'electron';
import { connectEngine } from '../engine/connect/connection.ts';
import { openMessagePort } from '../engine/connect/message-port.ts';
import type { EngineKeeper } from './engine-keeper.ts';

/** An engine that does not answer so long has no say. */
const ANSWER_MS = 2_000;

/** How many runs train in this window's own engine; those of another process go on without the window. */
export async function runsThatWouldStop(engine: EngineKeeper): Promise<number> {
  if (engine.state.state !== 'running') return 0;
  const { port1, port2 } = new MessageChannelMain();
  engine.connect(port1);
  const connection = connectEngine(async () => openMessagePort(port2));
  try {
    const question = Promise.all([connection.client.engine.describe(), connection.client.queue.get()]);
    const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), ANSWER_MS));
    const answer = await Promise.race([question, patience]);
    if (!answer) return 0;
    const [{ hostPid }, { running }] = answer;
    return hostPid === engine.pid ? running.length : 0;
  } catch {
    return 0;
  } finally {
    await connection.close();
  }
}

/** True when the user would rather go. */
export async function mayStopRuns(window: BrowserWindow | null, count: number): Promise<boolean> {
  if (count === 0) return true;
  const options: Electron.MessageBoxOptions = {
    type: 'question',
    message: count === 1 ? 'A run is training.' : `${count} runs are training.`,
    detail:
      'Leaving stops what trains, with a checkpoint: it can be resumed later and ends with the same weights.',
    buttons: ['Stop with a checkpoint and quit', 'Go on training'],
    defaultId: 1,
    cancelId: 1,
  };
  const { response } = await (window
    ? dialog.showMessageBox(window, options)
    : dialog.showMessageBox(options));
  return response === 0;
}

export interface QuitOptions {
  readonly engine: EngineKeeper;
  readonly windowOf: () => BrowserWindow | null;
}

/** Takes over quitting and the window's closing. */
export function askBeforeQuitting({ engine, windowOf }: QuitOptions): { watch(window: BrowserWindow): void } {
  let asking = false;
  let left = false;

  async function leave(): Promise<void> {
    const window = windowOf();
    if (!(await mayStopRuns(window, await runsThatWouldStop(engine)))) return;
    window?.hide();
    await engine.close();
    left = true;
    app.quit();
  }

  const ask = (event: { preventDefault(): void }): void => {
    if (left) return;
    event.preventDefault();
    // A second wish to leave while the first is being answered is the same one.
    if (asking) return;
    asking = true;
    void leave().finally(() => {
      asking = false;
    });
  };
  app.on('before-quit', ask);
  return { watch: (window) => window.on('close', ask) };
}
