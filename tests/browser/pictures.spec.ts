// Pictures in the window: frames of video files that the browser decodes; a forecaster of frames with its scrubber; captions of images.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ImportSource } from '../../engine/contract/datasets/dataset.ts';
import { pngOf } from '../data/samples/picture-files.ts';
import { expect, test, type Workbench } from '../workbench/fixture.ts';
import { findings } from './pages/axe.ts';
import { chooseFile, chooseInPage } from './pages/choose-file.ts';
import { dropFiles } from './pages/file-drag.ts';
import { cutButtons, tooWide } from './pages/fits.ts';
import { recordedVideo } from './pages/recorded-video.ts';
import { ended } from './pages/seed.ts';
import { WorkbenchPage } from './pages/workbench-page.ts';

function written({ workspacePath }: Workbench, name: string, content: string | Buffer): string {
  const path = join(dirname(workspacePath), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

test('frames of video files are read in a chosen size and rate, and what cannot be decoded says its codec', {
  tag: '@both-shells',
}, async ({ page, client, workbench }) => {
  const view = new WorkbenchPage(page);
  const moving = await recordedVideo(workbench, 'moving.webm');
  const unknown = written(
    workbench,
    'other.mp4',
    Buffer.from('\0\0\0\x18ftypisom....moov....hvc1', 'latin1'),
  );
  await view.open('Data');
  await view.button('Import').first().click();
  await expect(view.button('Choose videos')).toBeVisible();
  await dropFiles(page, moving, unknown);
  await expect(
    view.dialog.getByText('other.mp4 is a video (MP4, H.265) whose pictures this browser cannot decode'),
  ).toBeVisible();
  await expect(view.dialog.getByText(/64 x 48/)).toBeVisible();
  await view.dialog.getByLabel('Frames a second').fill('4');
  await view.dialog.getByRole('combobox', { name: 'Size of frames' }).click();
  await page.getByRole('option', { name: '16 pixels' }).click();
  const few = view.dialog.getByRole('img', { name: 'The first frames as they will be read' });
  await expect(few.locator('img').nth(3)).toBeVisible();
  expect(await findings(page)).toEqual([]);

  await view.button('Read the frames of 1 video').click();
  await expect(view.dialog.getByRole('heading', { name: /^Import moving\.zip/ })).toBeVisible();
  await view.button('Import 1 sample').click();
  await expect(view.heading('moving')).toBeVisible();
  const [dataset] = await client.datasets.list();
  const [column] = dataset!.samples!.columns;
  expect(column).toMatchObject({ kind: 'frames', picture: { width: 16, height: 16, channels: 3 } });
  // About two seconds; how long a recording becomes is the browser's affair.
  expect(column!.max).toBeGreaterThanOrEqual(6);
  expect(column!.max).toBeLessThanOrEqual(12);
});

test('a folder of videos with a sub-folder for each class is chosen by keys alone', {
  tag: '@both-shells',
}, async ({ page, client, workbench }) => {
  // A key arrives sooner than the wish to answer the chooser in the place of the browser, unless that is there before.
  page.on('filechooser', () => {});
  const view = new WorkbenchPage(page);
  const video = await recordedVideo(workbench, 'moving.webm');
  for (const path of ['clips/left/1.webm', 'clips/left/2.webm', 'clips/right/1.webm'])
    written(workbench, path, readFileSync(video));
  const folder = dirname(written(workbench, 'clips/notes.txt', 'Recorded in one afternoon.'));
  await view.open('Data');
  await page.keyboard.press('i');
  await expect(view.button('Choose a file')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(view.button('Choose a folder')).toBeFocused();
  await chooseInPage(page, folder, () => page.keyboard.press('Enter'));
  const videos = view.dialog.getByRole('list', { name: 'Videos' });
  await expect(videos.getByRole('listitem')).toHaveCount(3);
  await expect(videos).toContainText('left/2.webm');
  expect(await findings(page)).toEqual([]);
  await view.button('Read the frames of 3 videos').press('Enter');
  await view.button('Import 3 samples').press('Enter');
  await expect(view.heading('videos')).toBeVisible();
  const [dataset] = await client.datasets.list();
  expect(dataset!.samples!.columns.map(({ kind }) => kind)).toContain('frames');
  await expect(page.getByText('right', { exact: true }).first()).toBeVisible();
});

const FRAMES = {
  name: 'digits',
  dataset: { name: 'digits' },
  task: { kind: 'video', given: 4, ahead: 3 },
  model: { kind: 'gru', units: 8 },
  training: { epochs: 1 },
};
/** How the names of the images of lines begin. */
const LINE = 'one-line-in-an-image-of-eight-by-eight-pixels-';

const CAPTIONS = {
  name: 'lines',
  dataset: { name: 'lines' },
  task: { kind: 'caption', beam: 1 },
  model: { kind: 'encoder-decoder', cell: 'gru', units: 8 },
  training: { epochs: 2 },
};

test('frames are forecast beside the true ones, and captions are written for images', async ({
  page,
  client,
  workbench,
}) => {
  const view = new WorkbenchPage(page);
  const trained = async (configuration: object) => {
    const { id } = await client.runs.start({ configuration });
    await ended(client, id);
    await page.evaluate((run) => {
      window.location.hash = `#/runs/${run}/result`;
    }, id);
    return id;
  };
  const imported = async (name: string, source: ImportSource) => {
    for await (const update of await client.datasets.import({ source, name })) void update;
  };
  await imported('digits', { kind: 'sample', name: 'moving-digits-40.npy' });
  const digits = await trained(FRAMES);
  for (const name of ['True', 'Forecast', 'Last frame'])
    await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('group', { name: /^MSE by the frames ahead/ })).toBeVisible();
  expect(await findings(page)).toEqual([]);

  const slider = page.getByRole('slider', { name: 'Frame' });
  await expect(slider).toHaveAttribute('aria-valuetext', 'frame 1 of 3 ahead');
  await slider.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', 'frame 4 of 4 that are read');

  // One epoch, below the true frames and the last one that is read: three steps of three windows.
  await page.getByRole('tab', { name: 'Learning to forecast' }).click();
  const learned = page.getByRole('region', { name: 'Forecast after each epoch' });
  await expect(learned.getByRole('row')).toHaveCount(2 + 2 + 1);
  await expect(learned.getByRole('img', { name: /^Epoch 1, video \d+, 3 ahead$/ })).toHaveCount(3);
  expect(await findings(page)).toEqual([]);

  await page.getByRole('tab', { name: 'Inside' }).click();
  const said = page.getByRole('region', { name: 'Forecast' });
  await said.getByRole('button', { name: 'frame 6' }).click();
  await expect(page.getByText('the forecast of frame 6 has a PSNR of')).toBeVisible();
  await expect(
    page.getByRole('heading', { name: 'Pixels that the PSNR of frame 6 stands on' }),
  ).toBeVisible();
  await expect(page.getByRole('region', { name: 'Read' }).getByRole('img')).toHaveCount(4);
  // A chart of the forecast alone begins where that begins, and has one cursor with those of all frames.
  const quality = page.getByRole('group', { name: /^PSNR, in dB, of each frame.*chart$/ });
  const evidence = page.getByRole('group', { name: /^Evidence for "PSNR".*chart$/ });
  const pointed = (chart: typeof quality) =>
    page
      .locator('figure')
      .filter({ has: chart })
      .getByText(/^at step/);
  for (let press = 0; press < 5; press++) await quality.press('ArrowLeft');
  for (const chart of [quality, evidence]) await expect(pointed(chart)).toHaveText('at step 4 "frame 5"');
  await evidence.press('ArrowLeft');
  await expect(pointed(evidence)).toHaveText('at step 3 "frame 4"');
  await expect(pointed(quality)).toHaveCount(0);
  // In half a window its controls go on in a second line; the charts follow a moment later.
  await page.setViewportSize({ width: 533, height: 600 });
  await expect.poll(() => tooWide(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('combobox', { name: 'What is explained' }).click();
  await page.getByRole('option', { name: 'brightness in row 1, column 2 of 4 x 4' }).click();
  await expect(page.getByText(/^Orange pixels raise the brightness in row 1, column 2/)).toBeVisible();
  expect(await findings(page)).toEqual([]);

  const rows = ['image,caption'];
  for (let index = 0; index < 40; index++) {
    const [isLight, x] = [index % 2 === 0, index % 8];
    const level = isLight ? 230 : 20;
    const png = pngOf(8, 8, (at) => (at === x ? [level, level, index] : [128, 128, 128]));
    written(workbench, `lines/${LINE}${index}.png`, png);
    rows.push(`${LINE}${index}.png,a ${isLight ? 'light' : 'dark'} line`);
  }
  const folder = dirname(written(workbench, 'lines/captions.csv', rows.join('\n')));
  await imported('lines', { kind: 'file', path: folder });
  const lines = await trained(CAPTIONS);
  const captions = page.getByRole('table').filter({ hasText: 'Of the nearest pixels' });
  // Each row has its image, small; its button shows it in full.
  await expect(captions.getByRole('button').first()).toBeVisible();
  const files = await captions.getByRole('button').count();
  expect(files).toBeGreaterThan(2);
  await expect(captions.getByRole('img')).toHaveCount(files);
  // A name that is longer than its column ends with a sign that there is more.
  const name = captions.getByText(LINE).first();
  expect(await name.evaluate((label) => label.scrollWidth > label.clientWidth)).toBe(true);
  await expect(name).toHaveCSS('text-overflow', 'ellipsis');
  await expect(name).toHaveCSS('display', 'block');
  await captions.getByRole('button').first().click();
  await expect(captions.getByRole('img')).toHaveCount(files + 1);
  await chooseFile(workbench, join(dirname(workbench.workspacePath), `lines/${LINE}3.png`), () =>
    view.button('Choose a picture').click(),
  );
  await expect(page.getByRole('status', { name: 'Written caption' })).not.toBeEmpty();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('tab', { name: 'Learning to write' }).click();
  await expect(page.getByRole('rowheader')).toHaveText(['Right', '1', '2']);
  // Each image stands above what was written for it.
  for (const image of await page.getByRole('columnheader').getByRole('img').all())
    await expect(image).toHaveAccessibleName(new RegExp(`^${LINE}\\d+\\.png$`));
  await expect(page.getByRole('columnheader').getByRole('img')).toHaveCount(3);
  expect(await findings(page)).toEqual([]);

  await page.getByRole('tab', { name: 'Inside' }).click();
  await expect(page.getByRole('img', { name: /^Where it looks while it writes/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^What speaks for/ })).toBeVisible();
  expect(await findings(page)).toEqual([]);

  // Two runs on the same images, or videos, stand side by side.
  const compare = (...runs: readonly number[]) =>
    page.evaluate((ids) => {
      window.location.hash = `#/compare?runs=${ids}`;
    }, runs.join(','));
  const others = await trained({ ...CAPTIONS, name: 'other lines', model: { ...CAPTIONS.model, units: 6 } });
  await compare(lines, others);
  const sideBySide = page
    .getByRole('table')
    .filter({ hasText: `${others} other lines` })
    .last();
  await expect(sideBySide.getByRole('img')).toHaveCount(files);
  await sideBySide.getByRole('button').first().click();
  await expect(sideBySide.getByRole('img')).toHaveCount(files + 1);
  await expect(sideBySide.getByText(/edits?$|✓$/).first()).toBeVisible();
  expect(await findings(page)).toEqual([]);
  // In a small window no button is cut: neither the names of the files, nor those that start the training.
  await page.setViewportSize({ width: 800, height: 600 });
  expect(await cutButtons(page)).toEqual([]);
  await page.evaluate((run) => {
    window.location.hash = `#/design?run=${run}`;
  }, lines);
  await expect(view.button('New sweep')).toBeEnabled();
  expect(await cutButtons(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  const shorter = await trained({ ...FRAMES, name: 'other digits', model: { kind: 'rnn', units: 4 } });
  await compare(digits, shorter);
  await expect(page.getByRole('heading', { name: /^Frames of video \d+/ })).toBeVisible();
  // It begins with the first frame that is forecast, which is the fifth.
  for (const name of ['True', 'Last frame'])
    await expect(page.getByRole('img', { name: `${name}, frame 5` })).toBeVisible();
  await expect(page.getByText('Frame 1 ahead of the last one that is read.')).toBeVisible();
  await page.getByRole('slider', { name: 'Frame' }).press('End');
  for (const name of ['True', `${digits} digits`, `${shorter} other digits`, 'Last frame'])
    await expect(page.getByRole('img', { name: new RegExp(`^${name}.*, frame 7$`) })).toBeVisible();
  expect(await findings(page)).toEqual([]);
});
