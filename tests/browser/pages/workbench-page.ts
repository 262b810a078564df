// The workbench as a user sees it: screens by name, controls by role and label.
import { expect, type Locator, type Page } from '@playwright/test';

type Section = 'Runs' | 'Data' | 'Design' | 'Compare' | 'Settings';

export class WorkbenchPage {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Waits for the engine, then opens a section by its link. */
  async open(section: Section): Promise<void> {
    await this.page.getByRole('link', { name: section, exact: true }).click();
    await expect(this.heading(section)).toBeVisible();
  }

  /** Opens a new draft with the settings of a run. */
  async designFrom(run: string): Promise<void> {
    await this.open('Runs');
    await this.page.getByRole('link', { name: run }).click();
    await this.page.getByRole('link', { name: 'Design from this' }).click();
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  async palette(command: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.page.getByRole('textbox', { name: 'Command' }).fill(command);
    await this.page.keyboard.press('Enter');
    await expect(this.page.getByRole('textbox', { name: 'Command' })).toHaveCount(0);
  }

  async runTab(
    name:
      | 'Result'
      | 'Curves'
      | 'Forecast'
      | 'Generate'
      | 'Learning to write'
      | 'Learning to translate'
      | 'Inside'
      | 'New data'
      | 'Scores'
      | 'Configuration'
      | 'Log',
  ): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
    await expect(this.page.getByRole('tab', { name, selected: true })).toBeVisible();
  }
}
