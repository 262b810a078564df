import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pngOf } from '../data/samples/picture-files.ts';
import { expect, test } from '../workbench/fixture.ts';
import { chooseFile, chooseInPage } from './pages/choose-file.ts';
import { dropFiles } from './pages/file-drag.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

test('the first start offers sample data, and imports it after a look at it', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await expect(workbench.heading('Forecast what you already know')).toBeVisible();
  await workbench.button(/Seattle weather/).click();
  await expect(workbench.dialog.getByRole('cell', { name: '2012-01-01' })).toBeVisible();
  await expect(workbench.dialog.getByRole('columnheader', { name: 'temp_max' })).toBeVisible();
  await workbench.button('Import 1,461 rows').click();
  await expect(workbench.heading('seattle-weather')).toBeVisible();
  await expect(page.getByText('1,461 rows · 2012-01-01 – 2015-12-31')).toBeVisible();
  await expect(page.getByRole('group', { name: 'seattle-weather, chart' })).toBeVisible();
  await expect(page.getByRole('heading', { name: /temp_max/ })).toBeVisible();
});

test('a dialog stands still while it comes and fills: a press is not lost', async ({ page }) => {
  const view = new WorkbenchPage(page);
  await view.open('Data');
  const tops = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const tops: number[] = [];
        const watch = () => {
          const button = [...document.querySelectorAll('button')].find(
            (one) => one.textContent === 'Record samples',
          );
          if (button) tops.push(Math.round(button.getBoundingClientRect().top));
          // The list of packages is the last to come.
          if (document.querySelector('[role=dialog]')?.textContent?.includes('from the network'))
            resolve([...new Set(tops)]);
          else requestAnimationFrame(watch);
        };
        watch();
      }),
  );
  await view.button('Import').first().click();
  expect(await tops).toHaveLength(1);
});

test('a file with rows that cannot be read shows them before anything is kept', {
  tag: '@both-shells',
}, async ({ workbench, page, client }) => {
  const file = join(dirname(workbench.workspacePath), 'loads.csv');
  const rows = Array.from({ length: 60 }, (_, hour) => {
    const at = new Date(Date.UTC(2024, 0, 1, hour)).toISOString().slice(0, 19).replace('T', ' ');
    return hour === 20 ? `not a time;${hour}` : `${at};${40 + (hour % 24)}`;
  });
  writeFileSync(file, `time;load\n${rows.join('\n')}\n`);
  const view = new WorkbenchPage(page);
  await view.open('Data');
  await view.button('Import').first().click();
  await chooseFile(workbench, file, () => view.button('Choose a file').click());
  await expect(view.dialog.getByText('1 row set aside')).toBeVisible();
  await expect(view.dialog.getByRole('cell', { name: 'not a time;20' })).toBeVisible();
  await expect(view.dialog.getByText('semicolon')).toBeVisible();
  expect(await client.datasets.list()).toEqual([]);

  await view.dialog.getByRole('textbox', { name: 'Name' }).fill('town');
  await view.button('Import 59 rows').click();
  await expect(view.heading('town')).toBeVisible();
  await expect(page.getByText('1 row set aside')).toBeVisible();
  // Read again: a window has the path of the file, and a page asks for it.
  writeFileSync(file, `time;load\n${rows.join('\n')}\n2024-01-03 12:00:00;41\n`);
  await chooseFile(workbench, file, async () => {
    await view.button('More actions').click();
    await page.getByRole('menuitem', { name: 'Refresh from file' }).click();
  });
  await expect(page.getByText(/^town is version 2 now: 1 row behind the last time is new/)).toBeVisible();
});

test('times that are not found can be named, and the series say what names them', async ({
  workbench,
  page,
}) => {
  const file = join(dirname(workbench.workspacePath), 'mixed.csv');
  const rows = Array.from({ length: 8 }, (_, row) =>
    row < 5 ? `2024-01-0${row + 1},${row}` : `about then,${row}`,
  );
  writeFileSync(file, `when,level\n${rows.join('\n')}\n`);
  const view = new WorkbenchPage(page);
  await view.open('Data');
  await view.button('Import').first().click();
  await chooseFile(workbench, file, () => view.button('Choose a file').click());
  await expect(view.dialog.getByRole('alert')).toContainText('no readable times');
  await view.dialog.getByRole('combobox', { name: 'Time column' }).click();
  await page.getByRole('option', { name: 'when' }).click();
  await expect(view.dialog.getByText('3 rows set aside')).toBeVisible();
  await view.button('Import 5 rows').click();
  await expect(view.heading('mixed')).toBeVisible();

  const towns = join(dirname(workbench.workspacePath), 'towns.csv');
  writeFileSync(
    towns,
    `day,town,level\n${['Bonn', 'Ulm'].flatMap((town) => rows.slice(0, 5).map((row) => row.replace(',', `,${town},`))).join('\n')}\n`,
  );
  await view.open('Data');
  await view.button('Import').first().click();
  await chooseFile(workbench, towns, () => view.button('Choose a file').click());
  await expect(view.dialog.getByText('Series by town: Bonn, Ulm.')).toBeVisible();
  // A column that is pointed at is left out, and comes back.
  const two = join(dirname(workbench.workspacePath), 'two.csv');
  writeFileSync(
    two,
    `day,level,wind\n${rows
      .slice(0, 5)
      .map((row) => `${row},3`)
      .join('\n')}\n`,
  );
  await dropFiles(page, two);
  const header = (name: string) => view.dialog.getByRole('columnheader', { name, exact: true });
  await header('wind').getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Leave it out' }).click();
  await expect(header('wind')).toHaveCount(0);
  await view.button('Bring wind back').click();
  await expect(header('wind')).toBeVisible();
});

test('a station file: lines above the table, times in two columns, and a number for what is missing', async ({
  workbench,
  page,
}) => {
  const file = join(dirname(workbench.workspacePath), 'station.csv');
  const rows = Array.from({ length: 60 }, (_, hour) => {
    const [day, clock] = new Date(Date.UTC(2024, 0, 1, hour)).toISOString().slice(0, 16).split('T');
    return `${day},${clock},${hour % 12 === 5 ? -999 : 10 + hour / 8}`;
  });
  writeFileSync(file, `Station Bonn\nHeight: 62 m\n\nDate,Time,temp\n${rows.join('\n')}\n`);
  const view = new WorkbenchPage(page);
  await view.open('Data');
  await view.button('Import').first().click();
  await chooseFile(workbench, file, () => view.button('Choose a file').click());
  await expect(view.dialog.getByText('2 lines above the table were skipped.')).toBeVisible();
  await expect(view.dialog.getByText('from "Date" and "Time" together')).toBeVisible();
  const far = view.dialog.getByText('-999 occurs in "temp" (5 rows)');
  await expect(far).toBeVisible();
  const missing = view.dialog.getByRole('textbox', { name: 'Missing values' });
  const remedy = view.dialog.getByRole('checkbox', { name: 'read -999 as missing' });
  // The rows below are those that the remedy leaves.
  const cell = view.dialog.getByRole('cell', { name: '-999', exact: true });
  await expect(cell).toHaveCount(1);
  await remedy.check();
  await expect(cell).toHaveCount(0);
  await expect(view.dialog.getByRole('cell', { name: 'missing', exact: true })).toHaveCount(1);
  await expect(remedy).toBeChecked();
  await remedy.uncheck();
  await expect(far).toBeVisible();
  // A line that is pointed at is the header.
  await view.dialog.getByText('First lines of the file').click();
  await view.dialog.getByRole('button', { name: /^Line 1:/ }).click();
  await page.getByRole('menuitem', { name: 'Line 1 is the header' }).click();
  await expect(view.dialog.getByRole('alert')).toBeVisible();
  await view.dialog.getByRole('button', { name: /^Line 4: Date,Time,temp/ }).click();
  await page.getByRole('menuitem', { name: 'Line 4 is the header' }).click();
  await expect(view.dialog.getByText('3 lines above the table were skipped.')).toBeVisible();
  await view.dialog.getByRole('button', { name: 'Detect the header' }).click();
  await expect(view.dialog.getByText('2 lines above the table were skipped.')).toBeVisible();
  // Enter takes what was typed, and does not import before it is seen.
  await missing.fill('-999');
  await page.keyboard.press('Enter');
  await expect(far).toHaveCount(0);
  // What is still being typed counts too when the import is pressed.
  await missing.fill('-999, 10');
  await view.button('Import 60 rows').click();
  await expect(view.heading('station')).toBeVisible();
  await expect(page.getByText('Date + Time (detected, UTC)')).toBeVisible();
  await expect(page.getByText('-999, 10', { exact: true })).toBeVisible();
});

test('pairs of words without a header lose none; the header can be corrected', async ({
  workbench,
  page,
}) => {
  const file = join(dirname(workbench.workspacePath), 'words.tsv');
  const words = ['hond dog', 'kat cat', 'huis house', 'boom tree', 'brood bread', 'melk milk'];
  writeFileSync(file, `${words.join('\n').replaceAll(' ', '\t')}\n`);
  const view = new WorkbenchPage(page);
  await view.open('Data');
  await dropFiles(page, file);
  await expect(view.button('Import 6 samples')).toBeVisible();
  const choose = async (name: string) => {
    await view.dialog.getByRole('combobox', { name: 'Header' }).click();
    await page.getByRole('option', { name, exact: true }).click();
  };
  const written = view.dialog.getByRole('combobox', { name: 'Column of what is to be written' });
  await written.fill('column1');
  await choose('Line 1');
  await expect(view.button('Import 5 samples')).toBeVisible();
  // The names of columns are others now.
  await expect(written).toHaveValue('');
  await expect(written).toHaveAttribute('placeholder', 'dog');
  await choose('None: the first line is a sample');
  await view.button('Import 6 samples').click();
  await expect(view.heading('words')).toBeVisible();
});

test('a file that is no table is refused in one sentence', async ({ workbench, page }) => {
  const file = join(dirname(workbench.workspacePath), 'empty.csv');
  writeFileSync(file, '');
  const view = new WorkbenchPage(page);
  await view.open('Data');
  await view.button('Import').first().click();
  await chooseFile(workbench, file, () => view.button('Choose a file').click());
  await expect(view.dialog.getByRole('alert')).toContainText('empty');
  await expect(view.button('Import').last()).toBeDisabled();
});

test('a new version that lacks columns of the one before says so before it is imported', async ({
  workbench,
  page,
  client,
}) => {
  const folder = dirname(workbench.workspacePath);
  const write = (name: string, header: string, row: (day: number) => string): string => {
    const rows = Array.from(
      { length: 30 },
      (_, day) => `2024-01-${String(day + 1).padStart(2, '0')},${row(day)}`,
    );
    writeFileSync(join(folder, name), `date,${header}\n${rows.join('\n')}\n`);
    return join(folder, name);
  };
  const path = write('first.csv', 'temp,rain,wind', (day) => `${day},${day % 7},${day % 5}`);
  for await (const update of await client.datasets.import({ source: { kind: 'file', path }, name: 'town' }))
    void update;
  const changed = write('second.csv', 'rain,wind', (day) => `${day % 7},${day % 2 ? 'calm' : 'strong'}`);

  const view = new WorkbenchPage(page);
  await view.open('Data');
  await view.button('Import').first().click();
  await chooseFile(workbench, changed, () => view.button('Choose a file').click());
  const name = view.dialog.getByRole('textbox', { name: 'Name' });
  await expect(name).toHaveValue('second');
  await expect(view.dialog.getByText(/is here already/)).toHaveCount(0);
  await name.fill('town');
  await expect(view.dialog.getByText('this becomes its version 2.')).toBeVisible();
  await expect(
    view.dialog.getByText('temp is missing; runs that use it cannot be repeated with this version.'),
  ).toBeVisible();
  await expect(view.dialog.getByText(/^wind held numbers and holds words now;/)).toBeVisible();
  await name.fill('another town');
  await expect(view.dialog.getByText(/is missing/)).toHaveCount(0);
  await name.fill('town');
  await view.button('Import 30 rows').click();
  await expect(view.heading('town')).toBeVisible();
  expect(await client.datasets.list()).toMatchObject([{ name: 'town', version: 2 }]);
});

test('a log of events is read as samples, which says so; its lists are shown item by item; another column may say whose they are', async ({
  workbench,
  page,
}) => {
  const file = join(dirname(workbench.workspacePath), 'visits.csv');
  const rows = Array.from({ length: 60 }, (_, row) => {
    const at = new Date(Date.UTC(2024, 0, 1, 8, row * 7 + (row % 5) ** 2)).toISOString().slice(0, 19);
    const visitor = row % 12;
    return `v${visitor},${at},${['log in', '"search, again"', 'pay'][(row % 7) % 3]},${visitor % 2 ? 'sold' : 'left'},p${row % 6}`;
  });
  writeFileSync(file, `visitor,time,page,outcome,place\n${rows.join('\n')}\n`);
  const view = new WorkbenchPage(page);
  await view.open('Data');
  await view.button('Import').first().click();
  await chooseFile(workbench, file, () => view.button('Choose a file').click());
  const { dialog } = view;
  await expect(
    dialog.getByText(
      'The rows of each visitor are the events of a sample, in order of time: 12 samples from 60 rows.',
    ),
  ).toBeVisible();
  const sample = dialog.getByRole('combobox', { name: /^Sample column/ });
  await expect(sample).toHaveAttribute('placeholder', 'visitor');
  await sample.fill('place');
  await sample.press('Enter');
  await expect(
    dialog.getByText(/The rows of each place are the events of a sample.*6 samples/),
  ).toBeVisible();
  await sample.fill('');
  await sample.press('Enter');
  await expect(dialog.getByText(/12 samples from 60 rows/)).toBeVisible();
  const input = dialog.getByRole('combobox', { name: 'Input column' });
  await input.fill('page');
  await input.press('Enter');
  await dialog.getByRole('button', { name: 'v1', exact: true }).click();
  await expect(
    dialog.getByRole('list', { name: '5 items' }).getByText('search, again').first(),
  ).toBeVisible();
  await view.button('Import 12 samples').click();
  await expect(view.heading('visits')).toBeVisible();
  await page.getByRole('button', { name: 'v2', exact: true }).click();
  await expect(page.getByRole('list', { name: '5 items' }).getByText('log in').first()).toBeVisible();
  // Read again, now with its events, all but one of its columns are here.
  await view.open('Data');
  await view.button('Import').first().click();
  await chooseFile(workbench, file, () => view.button('Choose a file').click());
  await expect(dialog.getByText('this becomes its version 2.')).toBeVisible();
  await expect(
    dialog.getByText('place is missing; runs that use it cannot be repeated with this version.'),
  ).toBeVisible();
});

test('a folder of images with their captions is chosen by keys alone', { tag: '@both-shells' }, async ({
  workbench,
  page,
}) => {
  // A key arrives sooner than the wish to answer the chooser in the place of the browser, unless that is there before.
  page.on('filechooser', () => {});
  const folder = join(dirname(workbench.workspacePath), 'lines');
  mkdirSync(folder);
  const captions = ['image,caption'];
  for (let index = 0; index < 12; index++) {
    writeFileSync(
      join(folder, `${index}.png`),
      pngOf(8, 8, (x) => (x === index % 8 ? [230, 230, index] : [90, 90, 90])),
    );
    captions.push(`${index}.png,a line in column ${index % 8}`);
  }
  writeFileSync(join(folder, 'captions.csv'), captions.join('\n'));
  writeFileSync(join(folder, '.hidden'), 'of the system');
  const view = new WorkbenchPage(page);
  await view.open('Data');
  await page.keyboard.press('i');
  await expect(view.button('Choose a file')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(view.button('Choose a folder')).toBeFocused();
  await chooseInPage(page, folder, () => view.button('Choose a folder').press('Enter'));
  await expect(view.button('Import 12 samples')).toBeEnabled();
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(view.heading('lines')).toBeVisible();
});
