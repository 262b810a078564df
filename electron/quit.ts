// Quitting: if runs are active, the user is asked first. Then the engine stops them with a checkpoint, and only then the window
// closes.
import { app, type BrowserWindow, dialog } from 'electron';

/** True when the user chose to leave. */
export async function mayStopRuns(window: BrowserWindow | null, count: number): Promise<boolean> {
  if (count === 0) return true;
  const options: Electron.MessageBoxOptions = {
    type: 'question',
    message: count === 1 ? 'A run is training.' : `${count} runs are training.`,
    detail:
      'Leaving stops what trains, with a checkpoint: it can be resumed later and ends with the same weights.',
    buttons: ['Stop with a checkpoint and quit', 'Keep training'],
    defaultId: 1,
    cancelId: 1,
  };
  const { response } = await (window
    ? dialog.showMessageBox(window, options)
    : dialog.showMessageBox(options));
  return response === 0;
}

export interface QuitOptions {
  /** How many runs would stop. */
  countRuns(): Promise<number>;
  /** Ends them with a checkpoint. */
  closeEngine(): Promise<void>;
  readonly windowOf: () => BrowserWindow | null;
}

/** Takes over quitting and the window's closing. */
export function askBeforeQuitting({ countRuns, closeEngine, windowOf }: QuitOptions): {
  watch(window: BrowserWindow): void;
} {
  let asking = false;
  let left = false;

  async function leave(): Promise<void> {
    const window = windowOf();
    if (!(await mayStopRuns(window, await countRuns()))) return;
    window?.hide();
    await closeEngine();
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
