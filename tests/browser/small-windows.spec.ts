// The smallest window: nothing is cut off or covered, and no screen needs horizontal scrolling.
import type { Page } from '@playwright/test';
import { expect, test } from '../workbench/fixture.ts';
import { DesignForm } from './pages/design-form.ts';
import { cutButtons, titleFits, tooWide } from './pages/fits.ts';
import { RUN_PATHS } from './pages/paths.ts';
import { TWO_RUNS } from './pages/seed.ts';

const PATHS = [
  ...RUN_PATHS,
  'data',
  'data/co2',
  'data/seattle-weather',
  'design?run=1',
  'compare?runs=1,2',
  'settings',
];

/** Their tables have more columns than half a window holds. */
const WITH_TABLES: readonly string[] = [
  'runs',
  'runs/1/scores',
  'runs/1/configuration',
  'data/co2',
  'data/seattle-weather',
];

test.use({
  beginning: { ...TWO_RUNS, samples: [...TWO_RUNS.samples, ['seattle-weather.csv', 'seattle-weather']] },
});

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = `#/${to}`;
  }, hash);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
}

for (const viewport of [
  { width: 600, height: 600 },
  { width: 800, height: 600 },
]) {
  test.describe(`${viewport.width} x ${viewport.height}`, () => {
    test.use({ viewport });

    test('every screen fits', async ({ page }) => {
      for (const path of PATHS) {
        await go(page, path);
        const wide = await page.evaluate(() => {
          const { scrollWidth = 0, clientWidth = 0 } = document.scrollingElement ?? {};
          return scrollWidth - clientWidth;
        });
        expect.soft(wide, `${path} is wider than the window`).toBeLessThanOrEqual(0);
        // What scrolls lies in the window; if the window itself scrolled, a key could carry its frame away.
        const tall = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
        expect.soft(tall, `${path} is taller than the window`).toBeLessThanOrEqual(0);
        expect.soft(await tooWide(page), path).toEqual([]);
        expect.soft(await titleFits(page), `the title of ${path}`).toBe(true);
        expect.soft(await cutButtons(page), path).toEqual([]);
      }
      // In the smallest window with two columns these are narrower than in one of one column.
      await page.setViewportSize({ width: 1024, height: 700 });
      for (const path of ['settings', 'compare?runs=1,2', 'data/seattle-weather']) {
        await go(page, path);
        expect.soft(await tooWide(page), `${path} at 1024 x 700`).toEqual([]);
        expect.soft(await cutButtons(page), `${path} at 1024 x 700`).toEqual([]);
      }
    });

    test('an experiment is designed and started', async ({ page }) => {
      await go(page, 'design?dataset=co2');
      const form = new DesignForm(page);
      await expect(form.status).toHaveText('Ready to train');
      await expect(form.train).toBeInViewport({ ratio: 1 });
      await form.unfold();
      // A dialog that is longer than the window keeps its buttons in sight.
      await page.getByRole('button', { name: 'Backtest', exact: true }).click();
      const begin = page.getByRole('dialog').getByRole('button', { name: /^Train/ });
      await expect(begin).toBeInViewport({ ratio: 1 });
      await page.keyboard.press('Escape');
      // A click that something else would take fails.
      for (const name of ['Name', 'Look-back, rows', 'Horizon, rows', 'Units', 'Epochs'])
        await form.field(name).click();
      await form.field('Epochs').fill('2');
      await expect(form.status).toHaveText('Ready to train');
      await expect(form.train).toBeInViewport({ ratio: 1 });
      await form.train.click();
      await expect(page.getByText('completed', { exact: true })).toBeVisible();
    });
  });
}

test.describe('800 x 600 at 150 %', () => {
  test.use({ viewport: { width: 533, height: 400 } });

  test('no screen is wider than the window, and only tables scroll sideways', async ({ page }) => {
    for (const path of PATHS) {
      await go(page, path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect.soft(wide, `${path} is wider than the window`).toBeLessThanOrEqual(0);
      if (!WITH_TABLES.includes(path)) await expect.poll(() => tooWide(page), path).toEqual([]);
    }
  });
});
