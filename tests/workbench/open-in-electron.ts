// The workbench in a real Electron, with settings of its own.
import { join } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import type { OpenedWorkbench, OpenOptions } from './fixture.ts';
import { rootSwitches } from './programs.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'out', 'main', 'electron.js');

export async function openInElectron(
  options: OpenOptions,
): Promise<OpenedWorkbench & { app: ElectronApplication }> {
  const app = await _electron.launch({
    // No executablePath: with it Playwright leaves its loader out, and races the application's start. It finds the same program
    // by the package `electron`, which heeds ELECTRON_OVERRIDE_DIST_PATH.
    args: [
      ...rootSwitches(),
      MAIN,
      `--user-data-dir=${join(options.folder, 'settings')}`,
      `--workspace=${options.workspacePath}`,
      '--lang=en-US',
    ],
    ...(options.colorScheme && { colorScheme: options.colorScheme }),
  });
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
