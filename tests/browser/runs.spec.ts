import { expect, test } from '../workbench/fixture.ts';
import { shortened } from './pages/fits.ts';
import { NewData } from './pages/new-data.ts';
import { RunList } from './pages/run-list.ts';
import { CHANGES, CO2, ended, LONG, SMALL, trainSmall } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

/** The logistic map: a small network learns it at once, and no linear method can. */
function logisticRows(count: number): string[] {
  let level = 0.3;
  return Array.from({ length: count }, (_, row) => {
    const line = `${new Date(Date.UTC(2020, 0, 1 + row)).toISOString().slice(0, 10)},${level.toFixed(9)}`;
    level = 3.8 * level * (1 - level);
    return line;
  });
}

const LEARNS_CHAOS = {
  name: 'chaos',
  dataset: { name: 'chaos' },
  task: { kind: 'forecast', targets: ['level'], lookback: 4, horizon: 1 },
  pipeline: [{ step: 'standardize' }],
  model: { kind: 'lstm', units: 16 },
  training: {
    epochs: 40,
    batchSize: 16,
    optimizer: { kind: 'adam', learningRate: 0.01 },
    schedule: { kind: 'constant' },
  },
};

test.use({ beginning: CO2 });

test('a run is watched live, stopped and resumed', { tag: '@both-shells' }, async ({ page, client }) => {
  const view = new WorkbenchPage(page);
  const list = new RunList(page);
  const { id } = await client.runs.start({ configuration: LONG });
  await view.open('Runs');
  await expect(list.row('long')).toContainText('running');
  await expect(list.row('long')).toContainText(/epoch [1-9]\d*\/5,000/);
  await list.row('long').getByRole('link').click();

  const step = page.getByText('Step', { exact: true }).locator('..');
  const before = await step.textContent();
  await expect(step).not.toHaveText(before ?? '');
  await view.button('Stop').click();
  await expect(view.button('Resume')).toBeVisible();
  await expect(page.getByText('stopped', { exact: true })).toBeVisible();
  await view.button('Resume').click();
  await expect(page.getByText('running', { exact: true })).toBeVisible();
  await client.runs.stop({ run: id });
});

test('in the list tags and the states of a study are read whole', async ({ page, client }) => {
  const configuration = { ...LONG, training: { ...LONG.training, epochs: 50_000 } };
  const { id } = await client.runs.start({ configuration });
  await client.runs.label({ run: id, tags: ['baseline', 'submission'], note: '' });
  const { runs } = await client.studies.start({
    configuration: { ...SMALL, name: 'seeds' },
    plan: { kind: 'seeds', seeds: [1, 2, 3] },
  });
  await client.runs.stop({ run: runs[0]! });
  await page.setViewportSize({ width: 1440, height: 900 });
  await new WorkbenchPage(page).open('Runs');
  const list = new RunList(page);
  const [run, study] = [list.row('long'), list.study('seeds')];
  for (const tag of ['baseline', 'submission']) await expect(run.getByText(tag)).toBeVisible();
  await expect(study.getByText('1 of 3 done')).toBeVisible();
  await expect(study.getByText('1 not completed')).toBeVisible();
  for (const row of [run, study]) expect(await shortened(row)).toEqual([]);
  await client.runs.stop({ run: id });
});

test('the forecast can be looked at while the run still trains', async ({ page, client }) => {
  const { id } = await client.runs.start({ configuration: LONG });
  const view = new WorkbenchPage(page);
  await view.open('Runs');
  await new RunList(page).row('long').getByRole('link').click();
  await view.runTab('Forecast');
  await expect(page.getByText(/It is still training/)).toBeVisible();
  await expect(page.getByText('origin 1 of')).toBeVisible();
  await client.runs.stop({ run: id });
});

test('the list is filtered, sorted, renamed, labelled and emptied by keys', async ({ page, client }) => {
  for (const [name, seed] of [
    ['apple', 1],
    ['pear', 2],
    ['plum', 3],
  ] as const)
    await trainSmall(client, name, seed);
  const view = new WorkbenchPage(page);
  const list = new RunList(page);
  await view.open('Runs');
  await expect(list.names).toHaveText(['plum', 'pear', 'apple']);
  await list.sortBy('Name');
  await expect(list.names).toHaveText(['apple', 'pear', 'plum']);

  await page.keyboard.press('/');
  await page.keyboard.type('name:p seed:2');
  await expect(list.names).toHaveText(['pear']);
  await page.keyboard.press('Escape');
  await expect(list.names).toHaveCount(3);

  await list.grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('j');
  await page.keyboard.press('F2');
  await view.dialog.getByRole('textbox', { name: 'Name' }).fill('quince');
  await page.keyboard.press('Enter');
  await expect(list.names).toHaveText(['apple', 'plum', 'quince']);

  await list.row('quince').getByRole('link').click();
  await view.runTab('Configuration');
  await page.getByRole('combobox', { name: 'Tags' }).fill('keep');
  await page.keyboard.press('Enter');
  await view.open('Runs');
  await expect(list.row('quince')).toContainText('keep');

  await list.grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Delete');
  await expect(view.dialog).toContainText('Delete apple?');
  await view.button('Delete run').click();
  await expect(list.names).toHaveText(['plum', 'quince']);
});

test('the list marks a run that is worse than its best baseline, and finds it', async ({
  page,
  client,
  workbench,
}) => {
  // Levels beyond those it was trained on, and hardly trained.
  await trainSmall(client, 'levels');
  const path = new NewData(workbench).write('chaos.csv', ['date,level', ...logisticRows(600)]);
  for await (const update of await client.datasets.import({ source: { kind: 'file', path }, name: 'chaos' }))
    void update;
  const { id } = await client.runs.start({ configuration: LEARNS_CHAOS });
  await ended(client, id);
  const view = new WorkbenchPage(page);
  const list = new RunList(page);
  await view.open('Runs');
  const mark = { name: /^Worse than the baseline [a-z-]+: [\d.]+ against [\d.]+ on the test part\.$/ };
  await expect(list.row('levels').getByRole('img', mark)).toBeVisible();
  await expect(list.row('levels').getByTitle(mark.name)).toBeVisible();
  await expect(list.row('chaos')).toContainText('completed');
  await expect(list.row('chaos').getByRole('img')).toHaveCount(0);
  await list.filter.fill('baseline:worse');
  await expect(list.names).toHaveText(['levels']);
  await list.filter.fill('baseline:better');
  await expect(list.names).toHaveText(['chaos']);
});

test('runs are compared: curves, scores of one protocol, what differs, one origin', {
  tag: '@both-shells',
}, async ({ page, client }) => {
  await trainSmall(client, 'one', 1, CHANGES);
  // More than the seed differs: a lead is not taken for its spread.
  await trainSmall(client, 'two', 2, { ...CHANGES, training: { ...SMALL.training, epochs: 4 } });
  const view = new WorkbenchPage(page);
  const list = new RunList(page);
  await view.open('Runs');
  await list.select('one');
  await list.select('two');
  await page.keyboard.press('c');
  await expect(view.heading('Compare')).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Test scores of .*, protocol / })).toHaveCount(1);
  await expect(page.getByRole('row', { name: /^seed/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^model\.units/ })).toHaveCount(0);
  await expect(page.getByText('(best)').first()).toBeAttached();
  await expect(page.getByText('Forecasts of CO2')).toBeVisible();
  const curves = page.getByRole('group', { name: 'Validation loss, chart' });
  await expect(curves.getByText('epoch', { exact: true })).toBeVisible();
  // Three epochs, each once.
  for (const epoch of ['1', '2', '3']) await expect(curves.getByText(epoch, { exact: true })).toHaveCount(1);

  await page.getByRole('button', { name: 'Put the forecasts together' }).click();
  await expect(
    page.getByText(/^Test MAE of the ensemble: .* its best member, run \d .* the best baseline, /),
  ).toBeVisible();
  const together = page.getByRole('region', { name: 'Scores of the ensemble' });
  await expect(together.getByRole('row', { name: /^ensemble / })).toBeVisible();
  await expect(together.getByRole('row', { name: /^1 one .* 50\.0 %$/ })).toBeVisible();
  await page.getByText('Median', { exact: true }).click();
  await expect(together.getByRole('row', { name: /^1 one .* %$/ })).toHaveCount(0);

  await page.getByRole('button', { name: 'Duel' }).click();
  const duel = page.getByRole('dialog', { name: 'Start a duel?' });
  await duel.getByLabel('Seeds').fill('1');
  await expect(duel.getByText('With one seed a difference may be luck')).toBeVisible();
  await expect(duel.getByRole('button', { name: 'Train', exact: true })).toBeDisabled();
  await duel.getByLabel('Seeds').fill('4');
  await expect(duel.getByRole('button', { name: 'Train 8 runs' })).toBeEnabled();
  await duel.getByRole('button', { name: 'Cancel' }).click();

  await page.evaluate(() => {
    location.hash = '#/compare?runs=1,2,99';
  });
  await expect(page.getByText('Run 99 is not in this workspace: it is left out.')).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Test scores of .*, protocol / })).toHaveCount(1);
});

test('a study is compared with a run: one row of mean and deviation, its runs below it', async ({
  page,
  client,
}) => {
  const alone = await trainSmall(client, 'alone', 9, { ...CHANGES, model: { kind: 'gru', units: 4 } });
  const plan = { kind: 'seeds', seeds: [1, 2] };
  const { runs } = await client.studies.start({
    configuration: { ...SMALL, ...CHANGES, name: 'both' },
    plan,
  });
  for (const id of runs) await ended(client, id);
  const view = new WorkbenchPage(page);
  const list = new RunList(page);
  await view.open('Runs');
  await list.select('alone');
  await list.select('study both');
  await page.keyboard.press('c');
  await expect(view.heading('Compare')).toBeVisible();
  const scores = page.getByRole('region', { name: /^Test scores of / }).first();
  const study = scores.getByRole('row', { name: /s1 both, 2 runs/ });
  await expect(study).toContainText(/\d ± \d/);
  await expect(scores.getByRole('link', { name: `${alone} alone, gru` })).toBeVisible();
  await expect(scores.getByRole('link', { name: /both seed/ })).toHaveCount(0);
  await expect(page.getByText('s1 both, 2 runs, mean')).toBeVisible();
  await expect(page.getByRole('row', { name: /^seed/ })).toContainText('1 · 2');
  await study.getByRole('button').click();
  await expect(scores.getByRole('link', { name: /both seed/ })).toHaveCount(2);
  await expect(page.getByText('s1 both, 2 runs, mean')).toHaveCount(0);
});

test('the mark follows the verdict of a duel; the folds of backtests are put together', async ({
  page,
  client,
}) => {
  const studyOf = async (name: string, plan: object, changes: object = CHANGES): Promise<void> => {
    const configuration = { ...SMALL, ...changes, name };
    const { runs } = await client.studies.start({ configuration, plan: plan as { kind: string } });
    for (const id of runs) await ended(client, id);
  };
  // A series that grows: levels of the test part were never seen in training, changes were.
  const levels = (await client.experiments.check({ configuration: { ...SMALL, name: 'levels' } })).experiment;
  await studyOf('duel', { kind: 'duel', labels: ['changes', 'levels'], others: [levels], seeds: [1, 2] });
  const backtest = { kind: 'backtest', folds: 2, train: 500, validation: 60, test: 40 };
  await studyOf('first', backtest);
  await studyOf('second', backtest, { ...CHANGES, model: { kind: 'gru', units: 8 } });

  await page.evaluate(() => {
    location.hash = '#/compare?runs=s1';
  });
  await expect(page.getByText(/^changes is better than levels: mean absolute error /)).toBeVisible();
  await expect(page.getByRole('row', { name: /^changes .* ★/ })).toBeVisible();
  await expect(page.getByText(/The mark follows duel s1: changes is better than each other/)).toBeVisible();
  await expect(page.getByRole('row', { name: /duel: levels/ }).getByText('(best)')).toHaveCount(0);

  await page.evaluate(() => {
    location.hash = '#/compare?runs=s2,s3';
  });
  await page.getByRole('button', { name: 'Put the backtests together' }).click();
  const folds = page.getByRole('region', { name: 'Test MAE of each fold' });
  await expect(folds.getByRole('columnheader', { name: 'MAE, together' })).toBeVisible();
  await expect(folds.getByRole('row', { name: /^fold 1 .* – –$/ })).toBeVisible();
  await expect(folds.getByRole('row', { name: /^fold 2 .* \d+\.\d % / })).toBeVisible();
  await expect(
    page.getByText(/^Intervals of 90 %, calibrated by the errors of the folds before, /),
  ).toBeVisible();
});

test('a study is one row that sums up its runs and shows them, by pointer and by key', async ({
  page,
  client,
}) => {
  await trainSmall(client, 'alone', 9, CHANGES);
  const plan = { kind: 'seeds', seeds: [1, 2] };
  const { runs } = await client.studies.start({
    configuration: { ...SMALL, ...CHANGES, name: 'both' },
    plan,
  });
  for (const id of runs) await ended(client, id);
  const view = new WorkbenchPage(page);
  const list = new RunList(page);
  await view.open('Runs');
  const study = list.study('both');
  await expect(study).toContainText('2 completed');
  await expect(study).toContainText(/\d ± [\d.]+\s*MAE of CO2/);
  await expect(list.names).toHaveText(['alone']);

  await study.click();
  await expect(list.names).toHaveText(['both seed 2', 'both seed 1', 'alone']);
  await study.click();
  await expect(list.names).toHaveText(['alone']);
  await page.keyboard.press('ArrowRight');
  await expect(list.names).toHaveCount(3);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(list.names).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(list.names).toHaveCount(3);
  await list.filter.fill('seed:2');
  await expect(list.names).toHaveText(['both seed 2']);
  await list.filter.fill('');

  await list.grid.focus();
  await page.keyboard.press('F2');
  await view.dialog.getByRole('textbox', { name: 'Name' }).fill('twins');
  await page.keyboard.press('Enter');
  await expect(list.study('twins')).toBeVisible();
  await expect(list.names).toHaveText(['twins seed 2', 'twins seed 1', 'alone']);
});

test('the queue is reordered by menu and by keys', async ({ page, client }) => {
  const { id } = await client.runs.start({ configuration: LONG });
  await client.runs.start({ configuration: LONG, name: 'second' });
  await client.runs.start({ configuration: LONG, name: 'third' });
  const view = new WorkbenchPage(page);
  const list = new RunList(page);
  await view.open('Runs');
  await expect(list.row('third')).toContainText('queued, 2');
  await list.grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(list.row('third')).toContainText('queued, 1');
  await expect(list.row('second')).toContainText('queued, 2');
  await list.menuOf('second').click();
  await page.getByRole('menuitem', { name: 'Move up in the queue' }).click();
  await expect(list.row('second')).toContainText('queued, 1');
  await list.menuOf('second').click();
  await expect(page.getByRole('menuitem', { name: 'Move up in the queue' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await client.runs.stop({ run: 'second' });
  await client.runs.stop({ run: 'third' });
  await client.runs.stop({ run: id });
});

test('a killed engine leaves a run that can be resumed', { tag: '@both-shells' }, async ({
  page,
  client,
  workbench,
}) => {
  workbench.expectConsole(/WebSocket|ERR_CONNECTION|Failed to load resource/);
  const view = new WorkbenchPage(page);
  const list = new RunList(page);
  await client.runs.start({ configuration: LONG });
  await view.open('Runs');
  await expect(list.row('long')).toContainText(/epoch [1-9]/);
  await workbench.killEngine();
  await expect(list.row('long')).toContainText('interrupted');
  await list.row('long').getByRole('link').click();
  await view.button('Resume').click();
  await expect(page.getByText('running', { exact: true })).toBeVisible();
  await view.button('Stop').click();
  await expect(page.getByText('stopped', { exact: true })).toBeVisible();
});

test('a queue that a killed engine left is worked off when the user says so', async ({
  page,
  client,
  workbench,
}) => {
  workbench.expectConsole(/WebSocket|ERR_CONNECTION|Failed to load resource/);
  const view = new WorkbenchPage(page);
  const list = new RunList(page);
  await client.runs.start({ configuration: LONG });
  await client.runs.start({ configuration: SMALL, name: 'next' });
  await view.open('Runs');
  await expect(list.row('long')).toContainText(/epoch [1-9]/);
  await workbench.killEngine();
  await expect(list.row('long')).toContainText('interrupted');
  await expect(list.row('next')).toContainText('queued');
  // Both are said, and each can be answered without the other.
  await expect(page.getByText(/long was interrupted.* next still waits in the queue/)).toBeVisible();
  await expect(view.button('Start the queue')).toBeVisible();
  await list.select('long');
  await list.grid.focus();
  await page.keyboard.press('Delete');
  await view.button('Delete run').click();
  await expect(page.getByText('next still waits in the queue, and nothing trains.')).toBeVisible();
  await view.button('Start the queue').click();
  await expect(list.row('next')).toContainText('completed');
  await expect(page.getByText('still waits in the queue')).toBeHidden();
});
