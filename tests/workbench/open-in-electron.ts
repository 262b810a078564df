// The workbench in a real Electron with settings of its own.
import { join } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import type { OpenedWorkbench, OpenOptions } from './fixture.ts';
import { FAKE_MICROPHONE, rootSwitches } from './programs.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'out', 'main', 'electron.js');

export async function openInElectron(
  options: OpenOptions,
): Promise<OpenedWorkbench & { app: ElectronApplication }> {
  const app = await startWithSettings(options.folder, options.workspacePath, options.colorScheme);
  const page = await app.firstWindow();
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, options.size);
  return {
    page,
    app,
    async close() {
      // A run that still trains must not keep the test waiting for an answer.
      await app
        .evaluate(({ dialog }) => {
          dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
        })
        .catch(() => {});
      await app.close();
    },
  };
}

/** An Electron whose settings lie in `folder`: two of one folder are two starts of one user. */
export function startWithSettings(
  folder: string,
  workspacePath: string,
  colorScheme: OpenOptions['colorScheme'] = null,
): Promise<ElectronApplication> {
  return _electron.launch({
    // No executablePath: with it Playwright leaves its loader out, and races the application's start. It finds the same program
    // by the package `electron`, which heeds ELECTRON_OVERRIDE_DIST_PATH.
    args: [
      ...rootSwitches(),
      // Without a GPU one start in thirty hangs: the page waits for a GPU process that has given up.
      '--disable-gpu',
      ...FAKE_MICROPHONE,
      MAIN,
      `--user-data-dir=${join(folder, 'settings')}`,
      `--workspace=${workspacePath}`,
      '--lang=en-US',
    ],
    ...(colorScheme && { colorScheme }),
    timeout: 120_000,
  });
}
