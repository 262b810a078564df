// A run that ends while the window is in the background: the system shows a notification. And training progress in the task bar.
import type { Page } from '@playwright/test';
import type { EngineClient } from '../../engine/connect/connection.ts';
import { formatNumber } from '../../renderer/ui/format.ts';
import { expect, test } from '../workbench/fixture.ts';
import { RunList } from './pages/run-list.ts';
import { CO2, LONG, trainSmall } from './pages/seed.ts';
import { System } from './pages/system.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

test.use({ beginning: CO2 });

test('the end of a run in the background is reported, and a click on the notification opens it', {
  tag: '@both-shells',
}, async ({ page, client, workbench }) => {
  const view = new WorkbenchPage(page);
  await view.open('Data');
  const system = await System.of(workbench);
  const id = await trainSmall(client, 'first try');
  const { bestValidationLoss } = await client.runs.get({ run: id });
  await expect
    .poll(() => system.shown())
    .toEqual([
      { title: 'first try completed', body: `Best validation loss ${formatNumber(bestValidationLoss)}` },
    ]);
  await expect(view.heading('Data')).toBeVisible();
  expect(await system.brought()).toBe(0);
  await system.clickLast();
  await expect(view.heading('first try')).toBeVisible();
  expect(page.url()).toContain(`#/runs/${id}`);
  expect(await system.brought()).toBe(1);
});

test('a user who looks at the window is not notified, nor is anyone of a stopped run', {
  tag: '@both-shells',
}, async ({ page, client, workbench }) => {
  const view = new WorkbenchPage(page);
  await view.open('Runs');
  const system = await System.of(workbench);
  await system.set({ looking: true });
  await trainSmall(client, 'watched');
  await expect.poll(() => system.looks()).toBe(1);
  await system.set({ looking: false });
  await startLong(client, 'halted');
  await client.runs.stop({ run: 'halted' });
  await expect(new RunList(page).row('halted')).toContainText('stopped');
  await trainSmall(client, 'unwatched');
  await expect
    .poll(async () => (await system.shown()).map(({ title }) => title))
    .toEqual(['unwatched completed']);
});

test('the task bar shows how far training is, until it ends', { tag: '@both-shells' }, async ({
  page,
  client,
  workbench,
}) => {
  const view = new WorkbenchPage(page);
  await view.open('Runs');
  const system = await System.of(workbench);
  await startLong(client, 'long');
  // Electron gets the fraction, the page's title shows whole per cents.
  await expect.poll(() => system.progress()).toBeGreaterThan(0);
  expect(await system.progress()).toBeLessThan(1);
  await client.runs.stop({ run: 'long' });
  await expect.poll(() => system.progress()).toBeNull();
});

test('the browser is asked at a click, where a run trains or in Settings', async ({
  page,
  client,
  workbench,
}) => {
  const view = new WorkbenchPage(page);
  const offer = view.button('Tell me when it ends');
  await view.open('Runs');
  const system = await System.of(workbench, 'default');
  await trainSmall(client, 'short');
  await expect.poll(() => system.looks()).toBe(1);
  await startLong(client, 'long');
  await openRun(page, 'long');
  await expect(offer).toBeVisible();
  await client.runs.stop({ run: 'long' });
  await expect(offer).toHaveCount(0);
  await client.runs.resume({ run: 'long' });
  expect(await system.asked()).toEqual([]);
  await offer.click();
  await expect(offer).toHaveCount(0);
  expect(await system.asked()).toEqual([true]);

  const wish = page.getByRole('switch', { name: 'Tell me when a run ends' });
  const leave = async (permission: NotificationPermission) => {
    await view.open('Runs');
    await system.set({ permission });
    await view.open('Settings');
  };
  await view.open('Settings');
  await expect(wish).toBeChecked();
  await leave('default');
  await expect(wish).not.toBeChecked();
  await wish.check({ force: true });
  await expect(wish).toBeChecked();
  expect(await system.asked()).toEqual([true, true]);
  await leave('denied');
  await expect(wish).not.toBeChecked();
  await expect(wish).toBeDisabled();
  await expect(page.getByText('The browser refuses notifications of this page')).toBeVisible();
  await client.runs.stop({ run: 'long' });
});

/** So long that it does not end by itself on the fastest machine, and its first per cent comes soon on the slowest. */
async function startLong(client: EngineClient, name: string): Promise<void> {
  await client.runs.start({
    configuration: { ...LONG, name, training: { ...LONG.training, epochs: 5_000 } },
  });
}

async function openRun(page: Page, name: string): Promise<void> {
  await new WorkbenchPage(page).open('Runs');
  await new RunList(page).row(name).getByRole('link').click();
}
