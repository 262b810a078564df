import { dirname } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../workbench/fixture.ts';
import { chooseFile } from './pages/choose-file.ts';
import { co2Lines, NewData } from './pages/new-data.ts';
import { RUN_PATHS } from './pages/paths.ts';
import { savedBy } from './pages/saved-files.ts';
import { importSample, trainSmall } from './pages/seed.ts';

const PATHS = [...RUN_PATHS, 'data', 'data/1', 'design?run=1', 'compare?runs=1,2', 'settings', 'model'];

async function findings(page: Page): Promise<string[]> {
  // Electron opens no second page for the rules.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 1024, height: 700 },
  ]) {
    test.describe(`${colorScheme}, ${viewport.width} x ${viewport.height}`, () => {
      test.use({ colorScheme, viewport });
      test('every screen is clean and nothing is cut off', async ({ page, client }) => {
        await expect.soft(await findings(page)).toEqual([]);
        await importSample(client, 'co2-concentration.csv', 'co2');
        await trainSmall(client, 'one', 1);
        await trainSmall(client, 'two', 2);
        for (const path of PATHS) {
          await page.evaluate((hash) => {
            window.location.hash = `#/${hash}`;
          }, path);
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          await page.waitForLoadState('networkidle');
          expect.soft(await findings(page), path).toEqual([]);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect.soft(wide, `${path} is wider than the window`).toBeLessThanOrEqual(0);
        }
      });

      test('so is what leaves a run, and what comes back', async ({ page, client, workbench }) => {
        await importSample(client, 'co2-concentration.csv', 'co2');
        const id = await trainSmall(client, 'one', 1);
        const data = new NewData(workbench);
        const check = async (state: string) => {
          await page.waitForLoadState('networkidle');
          expect.soft(await findings(page), state).toEqual([]);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect.soft(wide, `${state} is wider than the window`).toBeLessThanOrEqual(0);
        };
        const go = (hash: string) =>
          page.evaluate((to) => {
            window.location.hash = `#/${to}`;
          }, hash);

        await go(`runs/${id}/new-data`);
        await data.choose('lately.csv', [...co2Lines(), 'not a month,1,2']);
        await expect(data.table).toBeVisible();
        await data.choose('short.csv', co2Lines().slice(0, 5));
        await expect(data.complaint).toBeVisible();
        await check('a forecast of new data, and a complaint');

        await go(`runs/${id}/forecast`);
        await page.getByText('Future', { exact: true }).click();
        await expect(data.table).toBeVisible();
        await check('what comes after the last row');

        const { files } = await client.runs.export({ run: id, format: 'tfjs' });
        const paths = await Promise.all(
          files.map(async ({ name, content }) =>
            data.write(name, new Uint8Array(await content.arrayBuffer())),
          ),
        );
        await go('runs');
        await chooseFile(workbench, workbench.app ? dirname(paths[0]!) : paths, () =>
          page.getByRole('button', { name: 'Open exported model' }).first().click(),
        );
        await expect(page.getByRole('heading', { name: 'Where it comes from' })).toBeVisible();
        await check('an exported model');

        await go(`runs/${id}`);
        await page.getByRole('button', { name: 'Export', exact: true }).click();
        await page.getByRole('radio', { name: 'Report (HTML)' }).click();
        await check('the choice of an export');
        await savedBy(workbench, () =>
          page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click(),
        );
        await expect(page.getByText('Saved:')).toBeVisible();
        await check('an export that was saved');
      });
    });
  }
}
