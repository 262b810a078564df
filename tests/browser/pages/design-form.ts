// The form of an experiment and the panels beside it.
import type { Locator, Page } from '@playwright/test';

export class DesignForm {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  field(name: string): Locator {
    return this.page.getByRole('textbox', { name, exact: true });
  }

  get status(): Locator {
    return this.page.getByRole('complementary', { name: 'Check and start' }).getByRole('status');
  }

  get check(): Locator {
    return this.page.getByRole('complementary', { name: 'Check and start' });
  }

  get train(): Locator {
    return this.page.getByRole('button', { name: /^Train( [\d,]+ runs)?$/ });
  }

  get trainAll(): Locator {
    return this.page.getByRole('button', { name: 'Train all models' });
  }

  /** The head of a folded part; its name begins with the title. */
  fold(title: string): Locator {
    const heads = this.page.locator('[aria-expanded][aria-controls^="fold-"]');
    return heads.filter({ hasText: title });
  }

  /** Shows every field. */
  async unfold(): Promise<void> {
    await this.page.getByRole('button', { name: 'Unfold all' }).click();
  }

  /** Chooses in a list of words. */
  async choose(name: string, option: string): Promise<void> {
    await this.page.getByRole('combobox', { name, exact: true }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  switch(name: string): Locator {
    return this.page.getByRole('switch', { name });
  }

  async asJson(): Promise<Locator> {
    await this.page.getByRole('radiogroup', { name: 'Form or JSON' }).getByText('JSON').click();
    return this.page.getByRole('textbox', { name: 'Experiment as JSON' });
  }
}
