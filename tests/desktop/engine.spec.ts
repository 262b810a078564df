// The engine under the window: it crashes and is restarted, it gives up after repeated crashes, and quitting asks while it
// trains.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { EngineClient } from '../../engine/connect/connection.ts';
import { expect, test } from '../workbench/fixture.ts';

const SAMPLE = join(import.meta.dirname, '..', '..', 'samples', 'sp500-lstm.json');

async function watchStates(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const states: string[] = [];
    (window as unknown as { states: string[] }).states = states;
    window.hindcast?.onEngineState(({ state }) => states.push(state));
  });
  return () => page.evaluate(() => (window as unknown as { states: string[] }).states);
}

/** A training that takes minutes. @returns the run's number, once it trains. */
async function trainLong(client: EngineClient): Promise<number> {
  const imported = await client.datasets.import({
    source: { kind: 'sample', name: 'sp500-2000.csv' },
    name: 'sp500',
  });
  for await (const _ of imported);
  const configuration = JSON.parse(readFileSync(SAMPLE, 'utf8'));
  configuration.training = { ...configuration.training, epochs: 2_000, earlyStopping: null };
  const { id } = await client.runs.start({ configuration });
  await expect
    .poll(async () => (await client.runs.get({ run: id })).step, { timeout: 60_000 })
    .toBeGreaterThan(0);
  return id;
}

test('an engine that is killed comes back, and the page continues', async ({ page, client, workbench }) => {
  await expect(page.getByText('Engine ready')).toBeVisible();
  const states = await watchStates(page);
  const before = await client.engine.describe();
  await workbench.killEngine();
  await expect.poll(states).toEqual(['running', 'restarting', 'running']);
  await expect(page.getByText('Engine ready')).toBeVisible();
  expect((await client.engine.describe()).hostPid).not.toBe(before.hostPid);
});

test('an engine that dies again and again is left alone until the user asks', async ({
  page,
  client,
  workbench,
}) => {
  await expect(page.getByText('Engine ready')).toBeVisible();
  const states = await watchStates(page);
  for (let deaths = 1; deaths <= 3; deaths++) {
    await expect.poll(async () => (await states()).at(-1)).toBe('running');
    await expect
      .poll(() =>
        client.engine.describe().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    await workbench.killEngine();
    await expect.poll(async () => (await states()).length).toBe(deaths * 2 + (deaths < 3 ? 1 : 0));
  }
  expect((await states()).at(-1)).toBe('failed');
  await page.evaluate(() => window.hindcast?.restartEngine());
  await expect.poll(async () => (await states()).at(-1)).toBe('running');
  await expect(page.getByText('Engine ready')).toBeVisible();
});

test('leaving while a run trains asks, and ends it with a checkpoint', async ({ client, workbench }) => {
  test.slow();
  const app = workbench.app as ElectronApplication;
  const run = await trainLong(client);
  await app.evaluate(({ dialog, BrowserWindow }) => {
    const asked: string[] = [];
    (globalThis as unknown as { asked: string[] }).asked = asked;
    dialog.showMessageBox = (async (_window: unknown, { message }: { message: string }) => {
      asked.push(message);
      return { response: asked.length === 1 ? 1 : 0, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
    BrowserWindow.getAllWindows()[0]?.close();
  });
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked))
    .toEqual(['A run is training.']);
  // The first answer was to keep training.
  const { state } = await client.runs.get({ run });
  expect(state).toBe('running');
  const ended = app.waitForEvent('close');
  await app.evaluate(({ app }) => app.quit()).catch(() => {});
  await ended;
});
