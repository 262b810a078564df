// The licences of what ships are shown in Settings, in the window and in the browser.
import { expect, test } from '../workbench/fixture.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

test('Settings show the licence of Hindcast, its packages, its font and its sample data', {
  tag: '@both-shells',
}, async ({ page }) => {
  await new WorkbenchPage(page).open('Settings');
  await page.getByRole('button', { name: 'Show licences' }).click();
  const texts = page.getByRole('dialog').getByRole('region', { name: 'Texts of the licences' });
  for (const part of [
    'MIT License',
    'SIL OPEN FONT LICENSE',
    'seattle-weather.csv',
    'Apache License',
    'zod ',
  ])
    await expect(texts).toContainText(part);
});
