import { dirname } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type Workbench } from '../workbench/fixture.ts';
import { findings } from './pages/axe.ts';
import { chooseFile } from './pages/choose-file.ts';
import { co2Lines, NewData } from './pages/new-data.ts';
import { RUN_PATHS } from './pages/paths.ts';
import { savedBy } from './pages/saved-files.ts';
import { TWO_RUNS } from './pages/seed.ts';

const PATHS = [
  ...RUN_PATHS,
  'data',
  'data/1',
  'design?run=1',
  'compare?runs=1,2',
  'settings',
  'model',
  'learn',
];

/** Only these rules look at colours; the others find the same in both themes. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const LARGE = { width: 1440, height: 900 };
const SMALL = { width: 1024, height: 700 };

/** The colours of both themes and every other rule, each in both sizes. */
const LOOKS = [
  { colorScheme: 'light', viewport: LARGE, rules: undefined },
  { colorScheme: 'dark', viewport: LARGE, rules: COLOURS },
  { colorScheme: 'light', viewport: SMALL, rules: COLOURS },
  { colorScheme: 'dark', viewport: SMALL, rules: undefined },
] as const;

async function look(page: Page, { colorScheme, viewport }: (typeof LOOKS)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(viewport);
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
  // A colour on its way from one theme to the other has the contrast of neither.
  await page.evaluate(async () => {
    const ends = (animation: Animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime);
    const moving = document.getAnimations().filter(ends);
    await Promise.allSettled(moving.map(({ finished }) => finished));
  });
}

/** The page, as it is now, is clean and not wider than the window in both themes and sizes. */
async function check({ page, shellKind }: Workbench, state: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  // Colours are the page's own, the same in both shells.
  for (const one of LOOKS.filter(({ rules }) => shellKind === 'browser' || !rules)) {
    const where = `${state}, ${one.colorScheme}, ${one.viewport.width} x ${one.viewport.height}`;
    await look(page, one);
    expect.soft(await findings(page, one.rules), where).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(wide, `${where} is wider than the window`).toBeLessThanOrEqual(0);
  }
}

const go = (page: Page, hash: string) =>
  page.evaluate((to) => {
    window.location.hash = `#/${to}`;
  }, hash);

test('the first start is clean', async ({ workbench }) => {
  await check(workbench, 'the first start');
});

/** What would move by itself: an animation, or a change that takes time. */
const moving = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const { animationName, transitionProperty, transitionDuration } = getComputedStyle(element);
        return (
          animationName !== 'none' || (transitionProperty !== 'none' && /[1-9]/.test(transitionDuration))
        );
      })
      .map(({ tagName, className }) => `${tagName} ${className}`),
  );

test('nothing moves by itself for those who want less motion', async ({ page }) => {
  await go(page, 'settings');
  await expect(page.getByRole('switch').first()).toBeAttached();
  expect(await moving(page)).not.toEqual([]);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await moving(page)).toEqual([]);
  await go(page, 'data');
  await page.keyboard.press('i');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await moving(page)).toEqual([]);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

test.describe(() => {
  test.slow();
  test.use({ beginning: TWO_RUNS });

  test('every screen is clean and nothing is cut off', { tag: '@both-shells' }, async ({
    page,
    workbench,
  }) => {
    for (const path of PATHS) {
      await go(page, path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await check(workbench, path);
    }
  });

  test('so is what leaves a run, and what comes back', async ({ page, client, workbench }) => {
    const data = new NewData(workbench);
    await go(page, 'runs/1/new-data');
    await data.choose('lately.csv', [...co2Lines(), 'not a month,1,2']);
    await expect(data.table).toBeVisible();
    await data.choose('short.csv', co2Lines().slice(0, 5));
    await expect(data.complaint).toBeVisible();
    await check(workbench, 'a forecast of new data, and a complaint');

    await go(page, 'runs/1/forecast');
    await page.getByText('Future', { exact: true }).click();
    await expect(data.table).toBeVisible();
    await check(workbench, 'what comes after the last row');

    const { files } = await client.runs.export({ run: 1, format: 'tfjs' });
    const paths = await Promise.all(
      files.map(async ({ name, content }) => data.write(name, new Uint8Array(await content.arrayBuffer()))),
    );
    await go(page, 'runs');
    await chooseFile(workbench, workbench.app ? dirname(paths[0]!) : paths, () =>
      page.getByRole('button', { name: 'Open exported model' }).first().click(),
    );
    await expect(page.getByRole('heading', { name: 'Where it comes from' })).toBeVisible();
    await check(workbench, 'an exported model');

    await go(page, 'runs/1');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('radio', { name: 'Report (HTML)' }).click();
    await check(workbench, 'the choice of an export');
    await savedBy(workbench, () =>
      page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click(),
    );
    await expect(page.getByText('Saved:')).toBeVisible();
    await check(workbench, 'an export that was saved');
  });
});
