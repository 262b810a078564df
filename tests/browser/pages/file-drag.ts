// Drags real files over the window and drops them, as the system's file manager does.
import { expect, type Locator, type Page } from '@playwright/test';

export class FileDrag {
  readonly page: Page;
  readonly paths: readonly string[];
  constructor(page: Page, paths: readonly string[]) {
    this.page = page;
    this.paths = paths;
  }

  /** As long as a file is held it is reported again and again; one report alone may be followed by a move of the pointer. */
  async holdUntil(shown: Locator): Promise<void> {
    await expect(async () => {
      await this.send('dragEnter', 'dragOver');
      await expect(shown).toBeVisible({ timeout: 1_000 });
    }).toPass();
  }

  async drop(): Promise<void> {
    await this.send('dragEnter', 'dragOver', 'drop');
  }

  private async send(...types: readonly ('dragEnter' | 'dragOver' | 'drop')[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const copy = 1;
    const data = { items: [], files: [...this.paths], dragOperationsMask: copy };
    for (const type of types) await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
    await session.detach();
  }
}

export const dropFiles = (page: Page, ...paths: readonly string[]): Promise<void> =>
  new FileDrag(page, paths).drop();
