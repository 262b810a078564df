// The two levels of the form, and numbers that are no choice.
import { parseRunList } from '../../engine/contract/runs/run-list.ts';
import { expect, test } from '../workbench/fixture.ts';
import { DesignForm } from './pages/design-form.ts';
import { CO2 } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

test.use({ beginning: CO2 });

test('folds say what is changed and what is wrong in them, stay as they were left, and all goes back at once', async ({
  page,
}) => {
  const view = new WorkbenchPage(page);
  const form = new DesignForm(page);
  await view.open('Design');
  await expect(page.getByText('Defaults for this data.')).toBeVisible();
  await expect(form.field('Look-back, rows')).toHaveCount(0);

  // By keys alone.
  await form.fold('Inputs').focus();
  await page.keyboard.press('Enter');
  await form.field('Look-back, rows').fill('5000');
  await expect(form.fold('Inputs')).toContainText('Changed: Look-back');
  await expect(form.fold('Inputs')).toContainText('1 problem to fix');
  await form.fold('Inputs').click();
  await expect(form.field('Look-back, rows')).toHaveCount(0);
  await form.check.getByRole('button', { name: 'Show the field' }).click();
  await expect(form.field('Look-back, rows')).toBeFocused();
  await view.open('Runs');
  await view.open('Design');
  await expect(form.field('Look-back, rows')).toHaveValue('5000');

  await view.button('Reset to defaults').click();
  await expect(view.dialog).toContainText('Look-back');
  await view.dialog.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(page.getByText('Defaults for this data.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(form.field('Look-back, rows')).toHaveValue('5000');
  await view.button('Reset to defaults').click();
  await view.dialog.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(page.getByText('Defaults for this data.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(form.field('Look-back, rows')).toHaveValue('5000');
  await form.field('Look-back, rows').fill('36');
  await expect(page.getByText('Defaults for this data.')).toBeVisible();
  await expect(form.status).toHaveText('Ready to train');
  // A text that is no JSON yet waits for its view to be opened again.
  const json = await form.asJson();
  await json.fill('{ "name": "half');
  await page.getByRole('radiogroup', { name: 'Form or JSON' }).getByText('Form').click();
  await form.asJson();
  await expect(json).toHaveValue('{ "name": "half');
  await page.getByRole('radiogroup', { name: 'Form or JSON' }).getByText('Form').click();
  // What is on its way to a number stays as it is typed.
  await form.fold('Training').click();
  await form.field('Learning rate').fill('');
  await form.field('Learning rate').pressSequentially('0.05');
  await expect(form.field('Learning rate')).toHaveValue('0.05');
});

test('one press trains every model, after saying how many runs; odd numbers of seeds and runs are refused in words', async ({
  page,
  client,
}) => {
  const view = new WorkbenchPage(page);
  const form = new DesignForm(page);
  await view.open('Settings');
  const atOnce = page.getByRole('textbox', { name: 'Runs at once' });
  for (const wrong of ['1.5', '0', '999', '']) {
    await atOnce.fill(wrong);
    await expect(page.getByText(/^This is .*; it must be a whole number from 1 to 64\./)).toBeVisible();
  }
  await atOnce.fill('1');
  await expect(page.getByText('it must be a whole number')).toHaveCount(0);

  await view.open('Design');
  await expect(form.status).toHaveText('Ready to train');
  const seeds = form.check.getByRole('textbox', { name: 'Seeds' });
  for (const wrong of ['1.5', '0', '1000000000', '']) {
    await seeds.fill(wrong);
    await expect(
      form.check.getByText(/^This is .*; it must be a whole number from 1 to 100\.$/),
    ).toBeVisible();
    await expect(form.train).toBeDisabled();
    await expect(form.trainAll).toBeDisabled();
  }
  await seeds.fill('30');
  await form.train.click();
  await expect(view.dialog).toContainText('Train 30 runs?');
  await view.dialog.getByRole('button', { name: 'Cancel' }).click();
  await seeds.fill('1');

  await form.trainAll.click();
  await expect(view.dialog).toContainText(/RNN.*the same data and settings.*They take about/);
  await view.dialog.getByRole('button', { name: 'Train 4 runs' }).click();
  await expect(view.heading('Runs')).toBeVisible();
  const runs = parseRunList(await (await client.runs.list()).text());
  expect(runs.map(({ name }) => name).toSorted()).toEqual(
    ['attention', 'gru', 'lstm', 'rnn'].map((kind) => expect.stringContaining(kind)),
  );
});
