// Chooses files when the workbench asks: in the browser's file chooser or Electron's dialog.
import type { Page } from '@playwright/test';
import type { Workbench } from '../../workbench/fixture.ts';

export async function chooseFile(
  workbench: Workbench,
  path: string | readonly string[],
  press: () => Promise<void>,
): Promise<void> {
  const { app, page } = workbench;
  if (app) {
    await app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen].flat() });
    }, path);
    await press();
    return;
  }
  await chooseInPage(page, path, press);
}

/** Where the page itself asks, in both shells. */
export async function chooseInPage(
  page: Page,
  path: string | readonly string[],
  press: () => Promise<void>,
): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await press();
  await (await chooser).setFiles([path].flat());
}
