import { expect, test } from '../workbench/fixture.ts';
import { findings } from './pages/axe.ts';
import { ONE_RUN } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

test.use({ beginning: ONE_RUN });

test('a backtest is begun in Design: what cannot be is said beside its field, and the spread over the folds is one row', async ({
  page,
}) => {
  const view = new WorkbenchPage(page);
  await view.open('Runs');
  await page.getByRole('link', { name: 'one' }).click();
  await page.getByRole('link', { name: 'Design from this' }).click();
  await page.getByRole('button', { name: 'Backtest', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Backtest' });
  const field = (name: RegExp) => dialog.getByRole('textbox', { name });
  await expect(dialog.getByRole('button', { name: 'Train 5 runs' })).toBeEnabled();

  await field(/^Folds/).fill('1');
  await expect(dialog.getByText('from 2 to 50')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Train', exact: true })).toBeDisabled();
  await field(/^Folds/).fill('3');
  await field(/^Train again every/).fill('3');
  await expect(dialog.getByText('from 1 to 2')).toBeVisible();
  await field(/^Train again every/).fill('1');
  await field(/^Test, rows/).fill('300');
  await expect(dialog.getByText(/but the first fold needs at least 18 to learn on/)).toBeVisible();
  await field(/^Test, rows/).fill('60');
  await expect(dialog.getByRole('img', { name: /^fold 3: trains on .*, tests on 60$/ })).toBeVisible();
  expect(await findings(page)).toEqual([]);

  // Enter in a field begins it, as the button does.
  await field(/^Test, rows/).press('Enter');
  const study = page.getByRole('row', { name: /study one/ });
  await expect(study).toContainText('3/3', { timeout: 45_000 });
  await expect(study).toContainText('±');
  await study.getByRole('link', { name: /one/ }).click();
  await expect(page.getByText(/^Mean and deviation over 3 folds/)).toBeVisible();
});
