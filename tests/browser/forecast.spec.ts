// The forecasts of a run: of its test and validation parts, and of the future.
import { ForecastFrame } from '../../engine/contract/results/forecast.ts';
import { expect, test } from '../workbench/fixture.ts';
import { NewData } from './pages/new-data.ts';
import { RunList } from './pages/run-list.ts';
import { savedBy } from './pages/saved-files.ts';
import { ended, ONE_RUN, SMALL } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

test.use({ beginning: ONE_RUN });

test('what comes after the last row is drawn, listed and saved', async ({ page, client, workbench }) => {
  const view = new WorkbenchPage(page);
  const { table, chart } = new NewData(workbench);
  await view.open('Runs');
  await new RunList(page).row('one').getByRole('link').click();
  await view.runTab('Forecast');
  await expect(page.getByText('origin 1 of')).toBeVisible();
  const part = page.getByRole('radiogroup', { name: 'Part of the data' });
  await part.getByText('Future').click();
  await expect(view.heading('one')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'After the last row of co2, version 1' })).toBeVisible();
  const { rows, endUs } = await client.datasets.get({ dataset: 'co2' });
  const day = (us: number) => new Date(us / 1000).toISOString().slice(0, 10);
  await expect(page.getByText(`${rows} rows; the last one is of ${day(endUs ?? 0)}.`)).toBeVisible();
  await expect(chart.getByText('last row')).toBeVisible();
  await expect(page.getByText('origin 1 of')).toHaveCount(0);

  // The same as on the command line.
  const { columns } = await ForecastFrame.fromAnswer(
    await client.runs.forecast({ run: 'one', part: 'future' }),
  );
  const { time, forecast } = columns;
  await expect(table.getByRole('row')).toHaveCount(1 + forecast.length);
  for (const [row, value] of forecast.entries()) {
    await expect(table.getByRole('row').nth(row + 1)).toContainText(day(Number(time[row])));
    await expect(table.getByRole('row').nth(row + 1)).toContainText(value.toFixed(3));
  }
  const saved = await savedBy(workbench, () => view.button('Save as CSV').click());
  expect(saved.path).toMatch(/one forecast\.csv$/);
  expect([...saved.files.values()][0]?.toString().trimEnd().split('\n')).toHaveLength(1 + forecast.length);

  await part.getByText('Test').click();
  await expect(page.getByText('origin 1 of')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('heading', { name: /^After the last row/ })).toHaveCount(0);
});

test('a series too short for it is named, and the others are forecast', async ({
  page,
  client,
  workbench,
}) => {
  // One series is long, the other has fewer rows than the look-back.
  const lines = ['town', 'village'].flatMap((name, series) =>
    Array.from({ length: series === 0 ? 200 : 5 }, (_, row) => {
      const at = new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
      return `${at},${name},${Math.sin(row / 3)}`;
    }),
  );
  const path = new NewData(workbench).write('places.csv', ['date,place,level', ...lines]);
  const source = { kind: 'file', path } as const;
  for await (const update of await client.datasets.import({ source, name: 'places' })) void update;
  const task = { ...SMALL.task, targets: ['level'] };
  const configuration = { ...SMALL, name: 'places', dataset: { name: 'places' }, task };
  const { id } = await client.runs.start({ configuration });
  await ended(client, id);

  await page.evaluate((run) => {
    window.location.hash = `#/runs/${run}/forecast`;
  }, id);
  await expect(page.getByText('origin 1 of')).toBeVisible();
  const part = page.getByRole('radiogroup', { name: 'Part of the data' });
  await part.getByText('Future').click();
  await expect(page.getByRole('heading', { name: 'After the last row of places, version 1' })).toBeVisible();
  await expect(
    page.getByText('Series "village" has 5 rows, and 12 are needed: no forecast for it.'),
  ).toBeVisible();
  await expect(new NewData(workbench).table.getByRole('row')).toHaveCount(1 + 6);
  await expect(page.getByText('the last one is of 2024-07-18')).toBeVisible();
  await part.getByText('Validation').click();
  await expect(page.getByText('origin 1 of')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
