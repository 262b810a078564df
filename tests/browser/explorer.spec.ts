// The explorer of a dataset: each analysis answers what it is named after, of a table in which the answer is known.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import type { EngineClient } from '../../engine/connect/connection.ts';
import { expect, test } from '../workbench/fixture.ts';
import { chooseFile } from './pages/choose-file.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

const HOURS = 24 * 70;
const NOISE = 0x9e3779b1;

/** 0 to 1, the same for each hour every time. */
const noise = (hour: number): number => (Math.imul(hour + 1, NOISE) >>> 0) / 2 ** 32;

/** A load with a day, temperature that follows it three hours later, wind with a gap, and the sky. */
function townRow(hour: number): string {
  const at = new Date(Date.UTC(2024, 0, 1, hour)).toISOString().slice(0, 16).replace('T', ' ');
  const wave = (lag: number) => Math.sin((2 * Math.PI * (hour - lag)) / 24);
  const load = (50 + 20 * wave(0) + 4 * noise(hour)).toFixed(2);
  const temperature = (12 + 5 * wave(3) + noise(hour + 7_000)).toFixed(2);
  const wind = hour >= 900 && hour < 960 ? '' : (3 + 2 * noise(hour + 90_000)).toFixed(2);
  const sky = noise(hour + 500) < 0.7 ? 'clear' : 'cloudy';
  return `${at},${load},${temperature},${wind},${sky}`;
}

const HEADER = 'time,load,temperature,wind,sky';
const ROWS = Array.from({ length: HOURS }, (_, hour) => townRow(hour));

async function importTown(client: EngineClient, path: string): Promise<void> {
  writeFileSync(path, `${[HEADER, ...ROWS].join('\n')}\n`);
  const source = { kind: 'file', path } as const;
  for await (const update of await client.datasets.import({ source, name: 'town' })) void update;
}

async function analyse(page: Page, title: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Analysis' }).click();
  await page.getByRole('option', { name: title }).click();
  await expect(page.getByText('Computing …')).toBeHidden();
}

/** What is to be seen of each analysis. */
const ANSWERS: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  [
    'Does the level stay? (ADF, KPSS)',
    async (page) => {
      await expect(page.getByRole('row', { name: /^load .*level/i })).toBeVisible();
    },
  ],
  [
    'Autocorrelation',
    async (page) => {
      await expect(
        page.getByRole('img', { name: 'Autocorrelation of load', exact: true }).last(),
      ).toBeVisible();
      await expect(page.getByRole('img', { name: 'Partial autocorrelation of load' })).toBeVisible();
      await expect(page.getByText('Lags 1 to 48.').first()).toBeVisible();
    },
  ],
  [
    'Periods',
    async (page) => {
      await expect(page.getByRole('img', { name: 'Power by frequency of load' })).toBeVisible();
      await expect(page.getByText('periods of 24.0 rows (68 %)').first()).toBeVisible();
    },
  ],
  [
    'Trend, season and residual (STL)',
    async (page) => {
      for (const part of ['observed', 'trend', 'seasonal', 'residual'])
        await expect(page.getByText(`load: ${part}`).first()).toBeVisible();
      await expect(page.getByText('in cycles of 24: strength of the trend').first()).toBeVisible();
    },
  ],
  [
    'Profiles by hour, weekday, month; missing values',
    async (page) => {
      for (const by of ['hour', 'weekday', 'month'])
        await expect(page.getByRole('img', { name: `load by ${by}` })).toBeVisible();
      const missing = page.getByRole('img', { name: 'Missing values of wind over time' });
      await expect(missing.getByText('2024-01-01')).toBeVisible();
      await expect(page.getByText('No value is missing.')).toHaveCount(2);
    },
  ],
  [
    'Correlation of columns',
    async (page) => {
      const row = page.getByRole('row', { name: /^load/ }).last();
      await expect(row.getByText('1.00 after 3 rows')).toBeVisible();
    },
  ],
  [
    'Scatter of two columns, or of one and itself later',
    async (page) => {
      await expect(page.getByRole('img', { name: 'Scatter: temperature over load' })).toBeVisible();
      await page.getByLabel('Rows later').fill('3');
      await expect(page.getByText(/^temperature, 3 rows later over load: correlation 0\.9/)).toBeVisible();
    },
  ],
  [
    'Counts of categories',
    async (page) => {
      await expect(page.getByRole('row', { name: /^clear 1,176 70\.0 % 2024-01-01/ })).toBeVisible();
      await expect(page.getByText('2 categories in 1,680 rows, 0 missing.')).toBeVisible();
    },
  ],
];

test('each analysis answers', async ({ workbench, page, client }) => {
  await importTown(client, join(dirname(workbench.workspacePath), 'town.csv'));
  await page.evaluate(() => {
    window.location.hash = '#/data/town';
  });
  await expect(new WorkbenchPage(page).heading('town')).toBeVisible();
  for (const [title, isSeen] of ANSWERS) {
    await analyse(page, title);
    await isSeen(page);
  }
});

test('the list of analyses stays when the page grows above it, and the page grows by no statistics', async ({
  workbench,
  page,
  client,
}) => {
  await importTown(client, join(dirname(workbench.workspacePath), 'town.csv'));
  const height = () =>
    page.getByLabel('Dataset', { exact: true }).evaluate(({ scrollHeight }) => scrollHeight);
  await page.evaluate(() => {
    window.location.hash = '#/data/town';
  });
  await expect(page.getByRole('row', { name: /^wind/ })).toBeVisible();
  const first = await height();
  await expect(page.getByRole('img', { name: 'Distribution of wind' })).toBeVisible();
  expect(Math.abs((await height()) - first)).toBeLessThan(4);
  const analyses = page.getByRole('combobox', { name: 'Analysis' });
  await analyses.click();
  const option = page.getByRole('option', { name: 'Periods' });
  await expect(option).toBeVisible();
  await page.getByLabel('Dataset', { exact: true }).evaluate((scroll) => {
    scroll.style.overflowAnchor = 'none';
    scroll.firstElementChild!.prepend(
      Object.assign(document.createElement('div'), { style: 'height: 3000px' }),
    );
  });
  await expect(analyses).not.toBeInViewport();
  await expect(option).toBeVisible();
  await analyses.scrollIntoViewIfNeeded();
  await option.click();
  await expect(analyses).toHaveValue('Periods');
});

test('a file that is read again says what is new and what changed in the past', async ({
  workbench,
  page,
  client,
}) => {
  const path = join(dirname(workbench.workspacePath), 'town.csv');
  await importTown(client, path);
  const changed = ROWS.map((row, hour) => (hour === 100 ? row.replace(/,[\d.]+,/, ',77,') : row));
  writeFileSync(path, `${[HEADER, ...changed, townRow(HOURS), townRow(HOURS + 1)].join('\n')}\n`);
  const view = new WorkbenchPage(page);
  await page.evaluate(() => {
    window.location.hash = '#/data/town';
  });
  await expect(view.heading('town')).toBeVisible();
  await chooseFile(workbench, path, async () => {
    await view.button('More actions').click();
    await page.getByRole('menuitem', { name: 'Refresh from file' }).click();
  });
  await expect(
    page.getByText(/^town is version 2 now: 2 rows behind the last time are new.*changed/),
  ).toBeVisible();
});
