// From a dropped table of texts to the confusion matrix of a classifier: columns are found and can be corrected, samples are read, the answer comes
// while one types.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '../workbench/fixture.ts';
import { findings } from './pages/axe.ts';
import { DesignForm } from './pages/design-form.ts';
import { dropFiles } from './pages/file-drag.ts';
import { ended } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

const WORDS = { bad: ['awful', 'poor', 'dull'], good: ['great', 'fine', 'lovely'] };

function writeReviews(folder: string): string {
  const rows = Array.from({ length: 120 }, (_, row) => {
    const label = row % 2 ? 'good' : 'bad';
    const word = WORDS[label][row % 3];
    return `the day number ${row} of ours was ${word} and long,${label},writer ${row % 9}`;
  });
  const path = join(folder, 'reviews.csv');
  writeFileSync(path, `review,mood,writer\n${rows.join('\n')}\n`);
  return path;
}

test('a table of texts becomes a confusion matrix without a setting touched', async ({
  page,
  client,
  workbench,
}) => {
  const view = new WorkbenchPage(page);
  const form = new DesignForm(page);
  await view.open('Data');
  await dropFiles(page, writeReviews(dirname(workbench.workspacePath)));
  await expect(view.dialog.getByRole('combobox', { name: 'Label column' })).toHaveAttribute(
    'placeholder',
    'mood',
  );
  await view.dialog.getByRole('combobox', { name: 'Group column' }).fill('writer');
  await expect(view.dialog.getByText('writer, 9')).toBeVisible();
  await view.button('Import 120 samples').click();
  await expect(view.heading('reviews')).toBeVisible();

  await page.getByRole('button', { name: 'line 3', exact: true }).click();
  await expect(page.locator('pre').filter({ hasText: 'the day number 1 of ours' })).toBeVisible();
  expect(await findings(page)).toEqual([]);

  await page.getByRole('link', { name: 'Design an experiment' }).click();
  await expect(form.status).toHaveText('Ready to train');
  await form.train.click();
  await expect(page.getByRole('tab', { name: 'Result' })).toBeVisible();
  await ended(client, 1);
  await expect(page.getByRole('table').filter({ hasText: 'True class' })).toBeVisible();
  await expect(page.getByText('ROC: share found over false alarms')).toBeVisible();
  await expect(
    page.getByRole('heading', { name: /^Decision: (bad|good) from a probability of/ }),
  ).toBeVisible();
  await page.getByRole('slider', { name: 'Decision threshold' }).press('Home');
  await expect(page.getByRole('button', { name: /^0, (bad|good) taken for/ })).toHaveCount(2);
  await page.getByRole('button', { name: 'As the run decides' }).click();
  await page.getByRole('textbox', { name: 'A text to classify' }).fill('a great and lovely day');
  await expect(page.getByRole('status', { name: 'Answer' })).toContainText('good');
  expect(await findings(page)).toEqual([]);
});
