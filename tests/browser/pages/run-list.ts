// The list of runs.
import type { Locator, Page } from '@playwright/test';

export class RunList {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get grid(): Locator {
    return this.page.getByRole('grid', { name: 'Runs' });
  }

  row(name: string | RegExp): Locator {
    return this.grid.getByRole('row').filter({ has: this.page.getByRole('link', { name }) });
  }

  /** The row of a study. */
  study(name: string): Locator {
    return this.grid
      .getByRole('row')
      .filter({ has: this.page.getByRole('button', { name: `Runs of study ${name}` }) });
  }

  menuOf(name: string): Locator {
    return this.grid.getByRole('button', { name: `Actions for ${name}` });
  }

  get names(): Locator {
    return this.grid.getByRole('link');
  }

  get filter(): Locator {
    return this.page.getByRole('textbox', { name: 'Filter runs' });
  }

  async select(name: string): Promise<void> {
    await this.page.getByRole('checkbox', { name: `Select ${name}` }).check();
  }

  async sortBy(column: string): Promise<void> {
    await this.grid.getByRole('button', { name: column }).click();
  }
}
