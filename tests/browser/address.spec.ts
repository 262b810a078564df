// The workbench's address in a browser: the same at each start except for its token.
import { dirname, join } from 'node:path';
import { freePort } from '../hosts/serve/free-port.ts';
import { expect, test } from '../workbench/fixture.ts';
import { startServer } from '../workbench/open-in-browser.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

test('a tab of an earlier start takes the new address, and has its settings', async ({ page, workbench }) => {
  workbench.expectConsole(/WebSocket|ERR_CONNECTION|Failed to load resource/);
  const view = new WorkbenchPage(page);
  const workspacePath = join(dirname(workbench.workspacePath), 'other.hindcast');
  const port = await freePort();
  const first = await startServer(workspacePath, port);
  try {
    await page.goto(first.address);
    await view.open('Runs');
    await view.palette('Dark theme');
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  } finally {
    await first.close();
  }
  await expect(page.getByRole('alert')).toContainText('Hindcast does not answer: it has ended');
  await expect(page.getByText('is being started again')).toBeHidden();

  const second = await startServer(workspacePath, port);
  try {
    // Only what is after the # differs, so that the browser by itself does not load the page again.
    await page.goto(second.address);
    await expect(page.getByText('Engine ready')).toBeVisible();
    await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/(#\/.*)?$/);
    await view.open('Data');
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  } finally {
    await second.close();
  }
});

test('further tabs, links and reloads work; a browser that was not let in is told what to do', async ({
  page,
  workbench,
}) => {
  workbench.expectConsole(/401/);
  const view = new WorkbenchPage(page);
  await view.open('Runs');
  const [second] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Data', exact: true }).click({ modifiers: ['ControlOrMeta'] }),
  ]);
  await expect(second.getByText('Engine ready')).toBeVisible();
  await second.reload();
  await expect(second.getByText('Engine ready')).toBeVisible();
  await expect(second).toHaveTitle('Data – Hindcast');
  expect(await second.evaluate(() => document.cookie)).toBe('');
  await second.close();

  const stranger = await page.context().browser()!.newContext();
  try {
    const outside = await stranger.newPage();
    await outside.goto(page.url());
    const heading = outside.getByRole('heading', { name: 'This browser has no access yet' });
    await expect(heading).toBeInViewport();
    await expect(outside.getByText('#token=…')).toBeInViewport();
  } finally {
    await stranger.close();
  }
});

test('an address that names what is not here says so, and what is', async ({ page, client, workbench }) => {
  workbench.expectConsole(/not-found|404/);
  const source = { kind: 'sample', name: 'co2-concentration.csv' } as const;
  for await (const update of await client.datasets.import({ source, name: 'co2' })) void update;
  const view = new WorkbenchPage(page);
  const go = (hash: string) =>
    page.evaluate((to) => {
      window.location.hash = to;
    }, hash);
  await go('#/design?dataset=none');
  await expect(page.getByText('This dataset is not here')).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('There is no dataset "none"; there are co2.');
  await page.getByRole('link', { name: 'Design without it' }).click();
  await expect(view.button('Save as JSON')).toBeVisible();
  await go('#/design?dataset=co2');
  await expect(view.button('Save as JSON')).toBeVisible();
  await go('#/design?run=99');
  await expect(page.getByText('This run is not here')).toBeVisible();
  await go('#/data/none');
  await expect(page.getByRole('alert')).toContainText('There is no dataset "none"; there are co2.');
  await go('#/compare?runs=98,s99');
  await expect(page.getByText('Run 98 and study s99 are not in this workspace')).toBeVisible();
  await go('#/runs/none');
  await expect(page.getByText('There is no such run')).toBeVisible();
  await go('#/learn/none');
  await expect(page.getByText('There is no such lab')).toBeVisible();
});
