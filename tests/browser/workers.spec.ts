// Workers on other machines, as the window shows them, with a real PostgreSQL and a worker in the test's own process.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QUOTA_BYTES, writePoolFile } from '../../engine/pool/setup/pool-file.ts';
import { makePool } from '../campaign/pool-round.ts';
import { PASSWORD, postgresPrograms, startPostgres } from '../pool/postgres.ts';
import { startWorkerHere, type WorkerHere } from '../pool/worker-here.ts';
import { expect, test } from '../workbench/fixture.ts';
import { findings } from './pages/axe.ts';
import { ONE_RUN } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

test.use({ beginning: ONE_RUN });
test.skip(postgresPrograms() === null, 'PostgreSQL is not installed');

test('a worker that joins is in the settings, and what is started on the pool names it', async ({
  page,
  workbench,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-worker-'));
  const server = await startPostgres();
  let worker: WorkerHere | undefined;
  try {
    const { address, invitation } = await makePool(server, 30_000);
    const owner = crypto.randomUUID();
    writePoolFile(workbench.workspacePath, { address, password: PASSWORD, owner, quotaBytes: QUOTA_BYTES });
    const view = new WorkbenchPage(page);
    await view.open('Settings');
    const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Workers' }) });
    await expect(panel.getByText('No worker has joined')).toBeVisible();
    worker = startWorkerHere(invitation, folder, 'w1');
    const row = panel.getByRole('row', { name: /w1/ });
    await expect(row).toContainText('waits');
    await expect(row).toContainText('1 of 4');
    expect(await findings(page)).toEqual([]);

    await view.open('Runs');
    await page.getByRole('link', { name: 'one' }).click();
    await expect(page.getByText('Worker', { exact: true })).toBeHidden();
    await page.getByRole('link', { name: 'Design from this' }).click();
    const places = page.getByRole('radiogroup', { name: 'Train on' });
    await places.getByText('Pool', { exact: true }).click();
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await expect(page.getByRole('link', { name: 'w1' })).toBeVisible();
    await expect(page.getByText('Completed').first()).toBeVisible();
    await view.open('Settings');
    await expect(row).toContainText('waits');
  } finally {
    await worker?.leave();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
