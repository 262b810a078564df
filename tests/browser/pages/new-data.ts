// The panel that forecasts new data, on a run's page or an exported model's.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { Workbench } from '../../workbench/fixture.ts';
import { chooseFile } from './choose-file.ts';

const CO2 = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  'node_modules/vega-datasets/data/co2-concentration.csv',
);

/** The rows of the CO2 sample, header first. */
export const co2Lines = (): string[] => readFileSync(CO2, 'utf8').trimEnd().split('\n');

export class NewData {
  readonly workbench: Workbench;
  readonly page: Page;
  constructor(workbench: Workbench) {
    this.workbench = workbench;
    this.page = workbench.page;
  }

  /** Writes a file beside the workspace and chooses it. */
  async choose(name: string, lines: readonly string[]): Promise<void> {
    const file = this.write(name, lines);
    await chooseFile(this.workbench, file, () =>
      this.page.getByRole('button', { name: /^Choose a/ }).click(),
    );
  }

  /** Lines of text, or bytes. @returns its path. */
  write(name: string, content: readonly string[] | Uint8Array): string {
    const file = join(dirname(this.workbench.workspacePath), name);
    writeFileSync(file, content instanceof Uint8Array ? content : `${content.join('\n')}\n`);
    return file;
  }

  get table(): Locator {
    return this.page.getByRole('region', { name: 'Forecast values' }).getByRole('table');
  }

  get chart(): Locator {
    return this.page.getByRole('group', { name: 'CO2, chart' });
  }

  get complaint(): Locator {
    return this.page.getByRole('alert');
  }
}
