import { expect, test } from '../workbench/fixture.ts';
import { ONE_RUN } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

test.use({ beginning: { ...ONE_RUN, samples: [...ONE_RUN.samples, ['stocks.csv', 'stocks']] } });

test('sections, palette, help and the settings of the window by keys alone', { tag: '@both-shells' }, async ({
  page,
}) => {
  const view = new WorkbenchPage(page);
  for (const [keys, position] of [
    ['gd', 'Data'],
    ['ge', 'Design'],
    ['gc', 'Compare'],
    ['gs', 'Settings'],
    ['gr', 'Runs'],
  ] as const) {
    await page.keyboard.type(keys);
    await expect(view.heading(position)).toBeVisible();
  }
  await page.keyboard.press('Enter');
  await expect(view.heading('one')).toBeVisible();
  await page.keyboard.press('8');
  await expect(page.getByRole('tab', { name: 'Configuration', selected: true })).toBeVisible();

  await page.keyboard.type('gd');
  // Keys of the list go to rows that are there.
  await expect(page.getByRole('link', { name: 'stocks' })).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name: 'co2' })).toBeFocused();
  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name: 'stocks' })).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(view.heading('co2')).toBeVisible();
  await view.palette('run 1');
  await expect(view.heading('one')).toBeVisible();

  await view.palette('Settings');
  await expect(view.heading('Settings')).toBeVisible();
  await view.palette('Dark theme');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.keyboard.press('?');
  await expect(view.dialog).toContainText('Command palette');
  await page.keyboard.press('Escape');
  await expect(view.dialog).toHaveCount(0);

  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});
