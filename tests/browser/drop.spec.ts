// Files dropped on the window: uploaded in the browser, read by path in Electron.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test, type Workbench } from '../workbench/fixture.ts';
import { dropFiles, FileDrag } from './pages/file-drag.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

/** Daily values from 2024-01-01. @returns its path. */
function writeTable({ workspacePath }: Workbench, name: string, rows: number): string {
  const day = (row: number): string => new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
  const lines = Array.from({ length: rows }, (_, row) => `${day(row)},${row / 4}`);
  return write(workspacePath, name, `day,level\n${lines.join('\n')}\n`);
}

function write(workspacePath: string, name: string, content: string | Uint8Array): string {
  const path = join(dirname(workspacePath), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

test('a file dropped on the window is looked at, then imported', { tag: '@both-shells' }, async ({
  page,
  client,
  workbench,
}) => {
  const view = new WorkbenchPage(page);
  const drag = new FileDrag(page, [writeTable(workbench, 'river level.csv', 40)]);
  await view.open('Runs');
  await drag.holdUntil(page.getByText('Drop the file to import it'));
  await expect(view.dialog).toHaveCount(0);

  await drag.drop();
  await expect(page.getByText('Drop the file to import it')).toHaveCount(0);
  await expect(
    view.dialog.getByRole('heading', { name: /^Import river level\.csv \(\d+ B\)$/ }),
  ).toBeVisible();
  await expect(view.dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await expect(view.dialog.getByRole('columnheader', { name: 'level' })).toBeVisible();
  await expect(view.dialog.getByRole('cell', { name: '2024-01-01' })).toBeVisible();
  expect(await client.datasets.list()).toEqual([]);

  await view.button('Import 40 rows').click();
  await expect(view.heading('river level')).toBeVisible();
  expect(await client.datasets.list()).toMatchObject([{ name: 'river level', rows: 40 }]);
});

/** Long before the words go by themselves. */
const AT_ONCE = { timeout: 6_000 };

test('no word of dropping stays when the drag ends where nobody hears of it', async ({ page, workbench }) => {
  const view = new WorkbenchPage(page);
  const words = page.getByText('Drop the file to import it');
  const drag = new FileDrag(page, [writeTable(workbench, 'lost.csv', 20)]);
  await view.open('Runs');
  await drag.holdUntil(words);
  await page.keyboard.press('Escape');
  await expect(words).toHaveCount(0, AT_ONCE);
  // Held on a dialog that has gone when the file falls: the pointer moves again, or it is long ago.
  await drag.holdUntil(words);
  await page.mouse.move(300, 300);
  await expect(words).toHaveCount(0, AT_ONCE);
  await drag.holdUntil(words);
  await expect(words).toHaveCount(0);
  // A leave that comes late says nothing of a file that is held.
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['a'], 'a.csv'));
    const init = { bubbles: true, dataTransfer, relatedTarget: document.body };
    document.body.dispatchEvent(new DragEvent('dragleave', init));
  });
  // One frame later it would be there.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(words).toHaveCount(0);
});

test('another file dropped on the preview replaces the first, name included', async ({
  page,
  client,
  workbench,
}) => {
  const view = new WorkbenchPage(page);
  await view.open('Data');
  await dropFiles(page, writeTable(workbench, 'first.csv', 30));
  await expect(view.button('Import 30 rows')).toBeVisible();
  await dropFiles(page, writeTable(workbench, 'second.csv', 25));
  await expect(view.dialog.getByRole('heading', { name: /^Import second\.csv/ })).toBeVisible();
  await expect(view.dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('second');
  await view.button('Import 25 rows').click();
  await expect(view.heading('second')).toBeVisible();
  expect((await client.datasets.list()).map(({ name }) => name)).toEqual(['second']);
});

test('several files at once are one table, and a folder of classes is looked at', {
  tag: '@both-shells',
}, async ({ page, workbench }) => {
  const view = new WorkbenchPage(page);
  const folder = join(dirname(workbench.workspacePath), 'logs');
  for (const [name, text] of [
    ['calm/one.txt', 'no wind today'],
    ['calm/two.txt', 'still water all day'],
    ['storm/one.txt', 'waves over the wall'],
    ['storm/two.txt', 'the wind broke a mast'],
  ] as const) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const one = writeTable(workbench, 'one.csv', 30);
  const march = (row: number): string => new Date(Date.UTC(2024, 2, 1 + row)).toISOString().slice(0, 10);
  const later = Array.from({ length: 30 }, (_, row) => `${march(row)},${row}`);
  const two = write(workbench.workspacePath, 'two.csv', `day,level\n${later.join('\n')}\n`);
  await view.open('Data');
  await dropFiles(page, two, one);
  await expect(
    view.dialog.getByRole('heading', { name: /^Import one\.csv .* and 1 more file$/ }),
  ).toBeVisible();
  await expect(view.button('Import 60 rows')).toBeEnabled();

  await dropFiles(page, one);
  await expect(view.button('Import 30 rows')).toBeVisible();
  await dropFiles(page, folder);
  await expect(view.button('Import 4 samples')).toBeEnabled();
});

test('a file that is no table is refused beside its name', async ({ page, client, workbench }) => {
  const view = new WorkbenchPage(page);
  const { workspacePath } = workbench;
  const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  await view.open('Data');
  for (const [name, content, sentence] of [
    ['scan.csv', picture, 'is no text table: it seems to be a PNG image'],
    ['empty.csv', '', 'is empty'],
    ['letter.csv', 'Dear Sir or Madam\nwith kind regards\n', 'no readable times'],
  ] as const) {
    await dropFiles(page, write(workspacePath, name, content));
    await expect(view.dialog.getByRole('heading', { name: new RegExp(`^Import ${name}`) })).toBeVisible();
    await expect(view.dialog.getByRole('alert')).toContainText(sentence);
    await expect(view.dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  }
  expect(await client.datasets.list()).toEqual([]);
});

test('a dropped text is read whole or line by line, and tunes of a folder as texts or as melodies with chords', async ({
  page,
  client,
  workbench,
}) => {
  const view = new WorkbenchPage(page);
  await view.open('Data');
  await expect(page.getByText(/^Drop a file or a folder on this window.* texts, pairs/)).toBeVisible();
  const line = 'The whale swims far out in the cold sea where nobody has seen it.\n';
  await dropFiles(page, write(workbench.workspacePath, 'sea.txt', `${line.repeat(30)}\n\n${line}`));
  await expect(view.button('Import 1 sample')).toBeVisible();
  await view.dialog.getByRole('combobox', { name: 'Read as' }).click();
  await page.getByRole('option', { name: 'Texts: one in each line' }).click();
  await expect(view.button('Import 31 samples')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(view.dialog).toHaveCount(0);
  // Taken for a table, it is a text if the user says so.
  await dropFiles(page, write(workbench.workspacePath, 'list.txt', 'tall,oak\nold,elm\nthin,birch\n'));
  await view.dialog.getByRole('combobox', { name: 'Read as' }).click();
  await page.getByRole('option', { name: 'Texts: one in each line' }).click();
  await expect(view.button('Import 3 samples')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(view.dialog).toHaveCount(0);

  const tune = (number: number) =>
    `X:${number}\nT:Tune ${number}\nM:4/4\nL:1/4\nK:D\n"D"dA FA|"G"Bd "A7"ce|\n`;
  write(workbench.workspacePath, 'tunes/a.abc', tune(1));
  const second = write(workbench.workspacePath, 'tunes/b.abc', tune(1) + tune(2));
  await dropFiles(page, dirname(second));
  await expect(view.button('Import 3 samples')).toBeVisible();
  // Each tune stands there once, its file beside its title.
  await expect(view.dialog.getByRole('columnheader')).toHaveText(['Sample', 'tune', 'Sample', 'file']);
  await view.dialog.getByRole('combobox', { name: 'Samples' }).click();
  await page.getByRole('option', { name: 'Phrases: melody to chords' }).click();
  await expect(view.dialog.getByRole('columnheader', { name: 'chords' })).toHaveCount(1);
  await expect(view.dialog.getByText('To be written', { exact: true })).toBeVisible();
  await expect(view.dialog.getByText('Label', { exact: true })).toHaveCount(0);
  await view.button('Import 3 samples').click();
  await expect(view.heading('tunes')).toBeVisible();
  const [dataset] = await client.datasets.list();
  expect(dataset?.samples?.pairs?.target).toBe('chords');
});
