// Settings: the check of the file finds damage, the repair fixes it, and a copy from before is put back.
import Database from 'better-sqlite3';
import { expect, test } from '../workbench/fixture.ts';
import { RunList } from './pages/run-list.ts';
import { TWO_RUNS } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

test.use({ beginning: TWO_RUNS });

test('damage is found, repaired, and comes back with the copy from before the repair; every screen says so', async ({
  page,
  workbench,
}) => {
  const settings = new WorkbenchPage(page);
  const checks = async (outcome: string) => {
    await settings.button('Check the file').click();
    await expect(page.getByText(outcome).first()).toBeVisible();
  };
  await settings.open('Settings');
  await checks('The workspace is sound');

  const file = new Database(workbench.workspacePath);
  file.exec('UPDATE score SET value = 0 WHERE run_id = 1 AND position = 0');
  file.close();
  await checks('In the table "score" the row run_id 1, position 0');
  await expect(page.getByRole('list', { name: 'Possible repairs' })).toContainText('from a backup');
  await settings.button('Repair').click();
  await settings.dialog.getByRole('button', { name: 'Repair' }).click();
  await expect(page.getByText('Repaired; kept as it was')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Possible repairs' })).toHaveCount(0);

  const backup = page
    .getByRole('list', { name: 'Backups' })
    .getByRole('listitem')
    .filter({ hasText: 'before-repair' });
  await backup.getByRole('button', { name: 'Restore' }).click();
  await settings.dialog.getByRole('button', { name: 'Restore at the next start' }).click();
  await expect(page.getByText('takes the place of the workspace at its next start')).toBeVisible();
  await workbench.killEngine();
  await expect(page.getByText('was restored from')).toBeVisible();
  await checks('In the table "score" the row run_id 1, position 0');

  const list = new RunList(page);
  const said = page.getByText('What is stored of run 1 was changed by damage (in the table "score")');
  await settings.open('Runs');
  await expect(list.row('one')).toContainText('damaged');
  await expect(list.row('two')).toContainText('completed');
  await list.select('one');
  await list.select('two');
  await page.keyboard.press('c');
  await expect(settings.heading('Compare')).toBeVisible();
  await expect(said.first()).toBeVisible();
  await settings.open('Runs');
  await list.row('one').getByRole('link', { name: 'one' }).click();
  await expect(settings.heading('one')).toBeVisible();
  await expect(said.first()).toBeVisible();
});
