import { expect, test } from '../workbench/fixture.ts';
import { findings } from './pages/axe.ts';
import { ONE_RUN } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

test.use({ beginning: ONE_RUN });

test('a sweep is begun in Design, watched, filtered by keys, and given a greater budget', async ({
  page,
}) => {
  const view = new WorkbenchPage(page);
  await view.designFrom('one');
  await page.getByRole('button', { name: 'New sweep' }).click();
  const dialog = page.getByRole('dialog', { name: 'New sweep' });
  const range = dialog.getByRole('textbox', { name: 'Range of field 1' });
  await expect(range).toHaveValue('log:0.0001..0.01');
  await range.fill('log:1..1');
  await expect(dialog.getByText('or the range is empty')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Start the sweep' })).toBeDisabled();
  await range.fill('log:0.001..0.1');
  await dialog.getByRole('button', { name: 'Add a field' }).click();
  await dialog.getByRole('textbox', { name: 'Trials' }).fill('3');
  expect(await findings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Start the sweep' }).click();

  await expect(page.getByText('3 of 3', { exact: true })).toBeVisible();
  await expect(page.getByText('ended', { exact: true })).toBeVisible();
  await expect(page.getByText(/^Best of 3 trials: /)).toBeVisible();
  const trials = page.getByRole('region', { name: 'Trials' }).getByRole('row');
  await expect(trials).toHaveCount(4);
  expect(await findings(page)).toEqual([]);

  const axis = page.getByRole('slider', { name: 'Filter by loss' });
  await axis.focus();
  await page.keyboard.press('ArrowUp');
  await expect(axis).toHaveAttribute('aria-valuetext', 'from 0 % to 25 % of the axis');
  await expect(page.getByRole('heading', { name: /^[12] of 3 trials$/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(trials).toHaveCount(4);

  await page.getByRole('button', { name: 'Budget' }).click();
  await page.getByRole('textbox', { name: 'Trials', exact: true }).fill('4');
  await page.getByRole('button', { name: 'Change and continue' }).click();
  await expect(page.getByText('4 of 4', { exact: true })).toBeVisible();
  await expect(trials).toHaveCount(5);
});
