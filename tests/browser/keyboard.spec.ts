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

test('the focus is never lost: a screen that comes takes it, and so does one whose dialog has gone', {
  tag: '@both-shells',
}, async ({ page }) => {
  const view = new WorkbenchPage(page);
  const screen = page.getByRole('main');
  await view.open('Runs');
  await expect(page.getByRole('grid', { name: 'Runs' })).toBeFocused();
  // The menu of a row by its key; Escape gives the focus back.
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu').locator(':focus')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Open', exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Runs' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(view.heading('one')).toBeVisible();
  await expect(screen).toBeFocused();
  // The keys go on with what can be done here, not with the navigation.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeFocused();

  await page.keyboard.type('gdi');
  await expect(page.getByRole('button', { name: 'Choose a file' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: /Seattle weather/ }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await expect(page.getByRole('cell', { name: '2012-01-01' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(view.heading('seattle-weather')).toBeVisible();
  await expect(screen).toBeFocused();
});
