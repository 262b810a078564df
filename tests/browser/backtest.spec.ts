import { expect, test } from '../workbench/fixture.ts';
import { findings } from './pages/axe.ts';
import { RunList } from './pages/run-list.ts';
import { ONE_RUN } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

test.use({ beginning: ONE_RUN });

test('a backtest is begun in Design: what cannot be is said beside its field, and the spread over the folds is one row', async ({
  page,
}) => {
  const view = new WorkbenchPage(page);
  await view.designFrom('one');
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
  const list = new RunList(page);
  const study = list.study('one');
  await expect(study.getByText('3 of 3 runs')).toBeVisible();
  await expect(study).toContainText(/MAE of CO2/);
  await expect(study.getByTitle('mean ± standard deviation of 3 runs').first()).toContainText('±');

  await list.select('study one');
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Intervals from fold to fold' }).click();
  const folds = page.getByRole('region', { name: 'Test MAE of each fold' });
  await expect(folds.getByRole('row', { name: /^fold 3 .* \d+\.\d % / })).toBeInViewport();
  await expect(folds.getByRole('row', { name: /^mean / })).toBeVisible();
});
