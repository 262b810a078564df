// Exports of a run (tables, a model, a report), and what can be opened again: new data, an exported model.
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../workbench/fixture.ts';
import { chooseFile } from './pages/choose-file.ts';
import { FileDrag } from './pages/file-drag.ts';
import { co2Lines, NewData } from './pages/new-data.ts';
import { RunList } from './pages/run-list.ts';
import { savedBy } from './pages/saved-files.ts';
import { LONG, ONE_RUN, SMALL, trainSmall } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

test.use({ beginning: ONE_RUN });

test('a run is exported as tables, as a model that was checked, and as a report', {
  tag: '@both-shells',
}, async ({ page, workbench }) => {
  const { view } = await openTrained(page);
  await view.button(/^Export$/).click();
  const exported = (press: () => Promise<void>) => savedBy(workbench, press);

  const tables = await exported(() =>
    view.dialog.getByRole('button', { name: 'Export', exact: true }).click(),
  );
  expect(tables.path).toMatch(/one tables(\.zip)?$/);
  expect([...tables.files.keys()]).toContain('forecasts.csv');
  expect(tables.files.get('forecasts.csv')?.toString()).toContain('CO2');
  await expect(view.dialog.getByText('Saved:')).toContainText('one tables');
  await expect(view.dialog.getByRole('list', { name: 'Files written' })).toContainText('scores.csv');

  await view.dialog.getByRole('radio', { name: 'Model (TensorFlow.js)' }).click();
  await expect(view.dialog.getByText('Saved:')).toHaveCount(0);
  const model = await exported(() =>
    view.dialog.getByRole('button', { name: 'Export', exact: true }).click(),
  );
  expect([...model.files.keys()].sort()).toEqual(['card.json', 'model.json', 'weights.bin']);
  const { verified } = JSON.parse(model.files.get('card.json')!.toString());
  await expect(view.dialog.getByText(/Checked on \d+ windows/)).toContainText(`${verified.windows} windows`);
  await view.button('Done').click();
  await expect(view.dialog).toHaveCount(0);

  await view.palette('Export: Report');
  await expect(view.dialog.getByRole('radio', { name: 'Report (HTML)' })).toBeChecked();
  const report = await exported(() =>
    view.dialog.getByRole('button', { name: 'Export', exact: true }).click(),
  );
  expect(report.path).toMatch(/one report\.html$/);
  expect([...report.files.values()][0]?.toString()).toContain('<h1>one</h1>');
});

test('an export that is refused says why, beside the choice', async ({ page, client }) => {
  const { id } = await client.runs.start({ configuration: LONG });
  await client.runs.start({ configuration: LONG, name: 'waiting' });
  const view = new WorkbenchPage(page);
  await view.open('Runs');
  await new RunList(page).select('waiting');
  await page.keyboard.press('e');
  await view.dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(view.dialog.getByRole('alert')).toContainText('has no finished weights');
  await expect(view.dialog.getByRole('button', { name: 'Export', exact: true })).toBeEnabled();
  await page.keyboard.press('Escape');
  await client.runs.stop({ run: 'waiting' });
  await client.runs.stop({ run: id });
});

test('new data are forecast after their last row, and a file that does not suit loses nothing', {
  tag: '@both-shells',
}, async ({ page, workbench }) => {
  const { view } = await openTrained(page);
  const data = new NewData(workbench);
  await view.runTab('New data');
  const [header = '', ...rows] = co2Lines();
  await data.choose('lately.csv', [header, ...rows.slice(-40)]);
  await expect(page.getByRole('heading', { name: 'After the last row of lately.csv' })).toBeVisible();
  await expect(page.getByText('40 rows read')).toBeVisible();
  await expect(data.chart).toBeVisible();
  await expect(data.table.getByRole('row')).toHaveCount(1 + 6);
  const last = String(rows.at(-1)).split(',')[0] ?? '';
  await expect(data.table.getByRole('row').nth(1)).toContainText(monthAfter(last));

  for (const [name, lines, sentence] of [
    ['renamed.csv', [header.replace('CO2', 'ppm'), ...rows.slice(-40)], 'no column "CO2"'],
    ['short.csv', [header, ...rows.slice(-5)], 'a forecast needs the last 12'],
    ['yearly.csv', [header, ...rows.filter((_, index) => index % 12 === 0)], 'apart'],
    ['empty.csv', [], 'empty'],
  ] as const) {
    await data.choose(name, lines);
    await expect(data.complaint).toContainText(sentence);
    await expect(page.getByRole('heading', { name: 'After the last row of lately.csv' })).toBeVisible();
  }

  const saved = await savedBy(workbench, () => view.button('Save as CSV').click());
  expect(saved.path).toMatch(/one forecast of lately\.csv$/);
  expect([...saved.files.values()][0]?.toString().trimEnd().split('\n')).toHaveLength(1 + 6);

  await view.runTab('Scores');
  await view.runTab('New data');
  await expect(page.getByRole('heading', { name: 'After the last row of lately.csv' })).toBeVisible();

  const gap = rows.slice(-40).map((row, index) => (index === 37 ? `${row.split(',')[0]},,` : row));
  await data.choose('gap.csv', [header, ...gap]);
  await expect(page.getByRole('heading', { name: 'After the last row of gap.csv' })).toBeVisible();
  await expect(page.getByText(/lacks 1 of its last 12 values/)).toBeVisible();
});

test('a file dropped on that panel is forecast, not imported', async ({ page, workbench }) => {
  const { view } = await openTrained(page);
  await view.palette('Forecast new data');
  await expect(view.button('Choose a file')).toBeVisible();
  const drag = new FileDrag(page, [new NewData(workbench).write('dropped.csv', co2Lines())]);
  await drag.holdUntil(page.getByText('Drop the file to forecast what comes after it'));
  await drag.drop();
  await expect(page.getByRole('heading', { name: 'After the last row of dropped.csv' })).toBeVisible();
  await expect(view.dialog).toHaveCount(0);
});

// Electron hands over a path, not the file.
test('a file that takes a long time can be cancelled', async ({ page, workbench }) => {
  const { view } = await openTrained(page);
  const data = new NewData(workbench);
  await view.runTab('New data');
  // Never answered, as by a machine that is far away.
  await page.route('**/uploads?*', () => {});
  await data.choose('lately.csv', co2Lines());
  await expect(page.getByText('Sending the file to the engine')).toBeVisible();
  await view.button('Cancel').click();
  await expect(page.getByText('Sending the file to the engine')).toHaveCount(0);
  await expect(data.complaint).toHaveCount(0);
  await page.unroute('**/uploads?*');
  await data.choose('lately.csv', co2Lines());
  await expect(data.table).toBeVisible();
});

test('an exported model is opened with its card and forecasts as its run does', {
  tag: '@both-shells',
}, async ({ page, client, workbench }) => {
  const { view } = await openTrained(page);
  const data = new NewData(workbench);
  const [header = '', ...rows] = co2Lines();
  await view.runTab('New data');
  await data.choose('lately.csv', [header, ...rows.slice(-40)]);
  const ours = await data.table.getByRole('row').nth(1).textContent();

  await view.palette('Export: Model');
  const model = await savedBy(workbench, () =>
    view.dialog.getByRole('button', { name: 'Export', exact: true }).click(),
  );
  await view.button('Done').click();
  await expect(view.dialog).toHaveCount(0);
  await client.runs.delete({ run: 'one' });
  await view.open('Runs');
  await chooseFile(workbench, model.path, () => view.button('Open exported model').first().click());
  await expect(view.heading('one')).toBeVisible();
  const { training } = JSON.parse(model.files.get('card.json')!.toString());
  await expect(page.getByText(training.dataHash.slice(0, 16))).toBeVisible();
  await expect(page.getByText('12 rows', { exact: true })).toBeVisible();
  await data.choose('lately.csv', [header, ...rows.slice(-40)]);
  await expect(data.table.getByRole('row').nth(1)).toHaveText(ours ?? '');

  await page.reload();
  await expect(view.heading('one')).toBeVisible();
});

test('an exported model with intervals shows the same ones as its run', async ({
  page,
  client,
  workbench,
}) => {
  const task = { ...SMALL.task, loss: 'pinball', intervals: 'conformal' };
  const run = await trainSmall(client, 'sure', 1, { task });
  const view = new WorkbenchPage(page);
  const data = new NewData(workbench);
  await view.open('Runs');
  await new RunList(page).row('sure').getByRole('link').click();
  await view.runTab('New data');
  await data.choose('lately.csv', co2Lines());
  const heads = ['Steps ahead', 'Time (UTC)', 'CO2', '5 %', '95 %'];
  await expect(data.table.getByRole('columnheader')).toHaveText(heads);
  await expect(data.table).toContainText('90 % of the true values are to lie from 5 % to 95 %');
  const ours = await data.table.getByRole('row').nth(1).textContent();
  const { files } = await client.runs.export({ run, format: 'tfjs' });
  const paths = await Promise.all(
    files.map(async ({ name, content }) => data.write(name, new Uint8Array(await content.arrayBuffer()))),
  );
  await view.open('Runs');
  await chooseFile(workbench, paths, () => view.button('Open exported model').first().click());
  await expect(page.getByText('90, 80, 60, 40, 20 %: its own, moved by split-conformal')).toBeVisible();
  await data.choose('lately.csv', co2Lines());
  await expect(data.table.getByRole('columnheader')).toHaveText(heads);
  await expect(data.table.getByRole('row').nth(1)).toHaveText(ours ?? '');
});

// Electron opens the folder itself, the browser a copy of it each time.
test('a model opened before still forecasts after going back to it', async ({ page, client, workbench }) => {
  const view = new WorkbenchPage(page);
  const data = new NewData(workbench);
  const { files } = await client.runs.export({ run: 'one', format: 'tfjs' });
  const paths = await Promise.all(
    files.map(async ({ name, content }) => data.write(name, new Uint8Array(await content.arrayBuffer()))),
  );
  await view.open('Runs');
  await chooseFile(workbench, paths, () => view.button('Open exported model').first().click());
  await expect(view.heading('one')).toBeVisible();
  const first = page.url();
  await chooseFile(workbench, paths, () => view.button('Open another').click());
  await expect.poll(() => page.url()).not.toBe(first);
  await expect(view.heading('one')).toBeVisible();
  await page.goBack();
  await expect.poll(() => page.url()).toBe(first);
  await data.choose('lately.csv', co2Lines());
  await expect(data.table).toBeVisible();
});

test('what is no exported model is refused, and the way to another stays', { tag: '@both-shells' }, async ({
  page,
  workbench,
}) => {
  const view = new WorkbenchPage(page);
  const data = new NewData(workbench);
  const card = data.write('card.json', ['{ "format": "something else" }']);
  for (const name of ['model.json', 'weights.bin']) data.write(name, ['x']);
  await view.open('Runs');
  const open = () => view.button('Open exported model').first().click();
  const folder = dirname(card);
  const chosen = ['card.json', 'model.json', 'weights.bin'].map((name) => join(folder, name));
  await chooseFile(workbench, workbench.app ? folder : chosen, open);
  await expect(page.getByRole('alert')).toContainText('is no card of an exported model');
  await expect(view.button('Open exported model')).toBeEnabled();
});

/** Opens the page of the run `one`. */
async function openTrained(page: Page) {
  const view = new WorkbenchPage(page);
  await view.open('Runs');
  await new RunList(page).row('one').getByRole('link').click();
  return { view };
}

/** `2020-12-01` -> `2021-01-01`. */
function monthAfter(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + 1);
  return at.toISOString().slice(0, 10);
}
