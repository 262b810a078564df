// What `npm run screenshots` takes: every screen, and what is done on it before its picture.
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { LAB_NAMES } from '../../engine/contract/labs.ts';
import { TUNE_BEGINS } from './made-data.ts';

/** Made before the pictures, in the folder of the workspace. */
export const folder = mkdtempSync(join(tmpdir(), 'hindcast-shots-'));
export const NEW_DATA = join(folder, 'spring 2015.csv');
export const TOO_SHORT = join(folder, 'last week.csv');
export const MODEL = join(folder, 'weather model');

export interface Shot {
  readonly name: string;
  readonly hash: string;
  /** In the small window too. */
  readonly small?: boolean;
  prepare?(page: Page): Promise<void>;
}

/** The numbers of the runs are those of study.ts, in order. */
export const SHOTS: readonly Shot[] = [
  { name: 'runs', hash: 'runs' },
  { name: 'run-result', hash: 'runs/1/result', small: true },
  { name: 'run-curves', hash: 'runs/3/curves' },
  { name: 'run-forecast', hash: 'runs/1/forecast', prepare: (page) => pressOften(page, 'ArrowRight', 12) },
  { name: 'run-new-data-empty', hash: 'runs/6/new-data' },
  {
    name: 'run-new-data',
    hash: 'runs/4/new-data',
    small: true,
    prepare: (page) => forecastFile(page, NEW_DATA),
  },
  {
    name: 'run-new-data-refused',
    hash: 'runs/4/new-data',
    prepare: async (page) => {
      await chooseTable(page, TOO_SHORT);
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'run-export', hash: 'runs/4', small: true, prepare: openExportDialog },
  {
    name: 'run-exported',
    hash: 'runs/4',
    prepare: async (page) => {
      await openExportDialog(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click();
      await page.getByText('Saved:').waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'exported-model',
    hash: 'runs',
    small: true,
    prepare: async (page) => {
      await openModel(page);
      await forecastFile(page, NEW_DATA);
    },
  },
  { name: 'run-inside', hash: 'runs/4/inside?origin=5', small: true, prepare: seeInside },
  { name: 'run-inside-gates', hash: 'runs/4/inside?view=gates', prepare: seeInside },
  { name: 'run-inside-gradients', hash: 'runs/4/inside?view=gradients', prepare: seeInside },
  { name: 'run-inside-weights', hash: 'runs/4/inside?view=weights', prepare: seeInside },
  { name: 'run-inside-attention', hash: 'runs/8/inside?view=attention', prepare: seeInside },
  { name: 'run-inside-play', hash: 'runs/4/inside?view=play', prepare: (page) => seeText(page, /^Forecast/) },
  { name: 'run-residuals', hash: 'runs/4/residuals' },
  { name: 'run-intervals', hash: 'runs/8/intervals', small: true },
  { name: 'run-classes', hash: 'runs/9/result', small: true, prepare: seeMatrix },
  { name: 'run-window-classes', hash: 'runs/10/result', prepare: seeMatrix },
  { name: 'run-texts', hash: 'runs/11/texts' },
  { name: 'run-generate', hash: 'runs/11/generate', prepare: (page) => write(page, 'The ') },
  {
    name: 'run-tune',
    hash: 'runs/16/generate',
    small: true,
    prepare: async (page) => {
      await write(page, TUNE_BEGINS);
      await page.getByRole('slider', { name: /^Piano roll/ }).press('ArrowRight');
    },
  },
  { name: 'run-translation', hash: 'runs/12/result', small: true, prepare: translate },
  { name: 'run-translation-learning', hash: 'runs/12/texts' },
  { name: 'run-captions', hash: 'runs/15/result', small: true, prepare: openCaption },
  { name: 'run-captions-learning', hash: 'runs/15/texts', prepare: (page) => seeText(page, /^Right$/) },
  { name: 'run-labels', hash: 'runs/13/result', prepare: seeMatrix },
  { name: 'run-video', hash: 'runs/14/result', small: true },
  { name: 'run-video-frames', hash: 'runs/14/frames' },
  { name: 'run-inside-class', hash: 'runs/9/inside', prepare: seeInside },
  { name: 'run-inside-text', hash: 'runs/11/inside', prepare: seeInside },
  { name: 'run-inside-translation', hash: 'runs/12/inside', prepare: seeInside },
  { name: 'run-inside-labels', hash: 'runs/13/inside', prepare: seeInside },
  { name: 'run-inside-captions', hash: 'runs/15/inside', prepare: seePixels },
  { name: 'run-inside-video', hash: 'runs/14/inside', prepare: seePixels },
  { name: 'run-scores', hash: 'runs/1/scores' },
  { name: 'run-configuration', hash: 'runs/3/configuration' },
  { name: 'run-log', hash: 'runs/1/log' },
  { name: 'compare', hash: 'compare?runs=1,2,5' },
  { name: 'compare-classes', hash: 'compare?runs=9,10' },
  { name: 'sweep', hash: 'runs/s1', small: true },
  { name: 'sweep-trials', hash: 'runs/s1', prepare: (page) => scrollTo(page, 'Trials') },
  { name: 'sweep-new', hash: 'design?run=3', prepare: newSweep },
  { name: 'duel', hash: 'compare?runs=s2', prepare: (page) => seeText(page, /evidence|better than/) },
  { name: 'data', hash: 'data' },
  { name: 'dataset', hash: 'data/seattle-weather' },
  { name: 'dataset-samples', hash: 'data/movies', small: true, prepare: seeSamples },
  { name: 'explore-stl', hash: 'data/co2', prepare: (page) => explore(page, 'Trend, season and residual') },
  { name: 'explore-correlogram', hash: 'data/co2', prepare: (page) => explore(page, 'Autocorrelation') },
  { name: 'explore-scatter', hash: 'data/seattle-weather', prepare: (page) => explore(page, 'Scatter') },
  { name: 'explore-profiles', hash: 'data/seattle-weather', prepare: (page) => explore(page, 'Profiles') },
  { name: 'dataset-rows', hash: 'data/seattle-weather', prepare: showRows },
  { name: 'import', hash: 'data', prepare: openImportPreview },
  { name: 'design', hash: 'design?run=3', small: true, prepare: foldAll },
  {
    name: 'design-model',
    hash: 'design?run=4',
    small: true,
    prepare: (page) => openFold(page, 'Model options'),
  },
  { name: 'design-classes', hash: 'design?run=9', prepare: foldAll },
  { name: 'design-texts', hash: 'design?run=11', prepare: foldAll },
  { name: 'design-translation', hash: 'design?run=12', prepare: foldAll },
  { name: 'design-labels', hash: 'design?run=13', prepare: foldAll },
  { name: 'design-video', hash: 'design?run=14', prepare: foldAll },
  { name: 'design-captions', hash: 'design?run=15', prepare: foldAll },
  { name: 'dataset-captions', hash: 'data/shapes', prepare: seeSamples },
  { name: 'dataset-video', hash: 'data/digits', prepare: seeSamples },
  { name: 'design-training', hash: 'design?run=4', prepare: (page) => openFold(page, 'Training') },
  { name: 'learn', hash: 'learn' },
  ...LAB_NAMES.map((lab) => ({ name: `lab-${lab}`, hash: `learn/${lab}`, prepare: showLab })),
  { name: 'settings', hash: 'settings', prepare: (page) => page.getByText('tfjs').first().waitFor() },
  {
    name: 'settings-workers',
    hash: 'settings',
    prepare: (page) => scrollTo(page, 'Workers'),
  },
  { name: 'palette', hash: 'runs', prepare: (page) => page.keyboard.press('Control+k') },
];

async function pressOften(page: Page, key: string, times: number): Promise<void> {
  await page.getByText('origin 1 of').waitFor();
  for (let count = 0; count < times; count++) await page.keyboard.press(key);
}

async function seeInside(page: Page): Promise<void> {
  await page
    .getByRole('group', { name: /heat map|by lag, chart/ })
    .first()
    .waitFor();
}

async function openImportPreview(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByRole('button', { name: /Seattle weather/ }).click();
  await page.getByRole('cell', { name: '2012-01-01' }).waitFor();
}

async function chooseTable(page: Page, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^Choose a/ }).click();
  await (await chooser).setFiles(path);
}

async function forecastFile(page: Page, path: string): Promise<void> {
  await chooseTable(page, path);
  await page.getByRole('region', { name: 'Forecast values' }).waitFor();
}

/** The browser opens a copy of the files, since a page may name no folder. */
async function openModel(page: Page): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open exported model' }).first().click();
  await (await chooser).setFiles(readdirSync(MODEL).map((name) => join(MODEL, name)));
  await page.getByRole('heading', { name: 'Where it comes from' }).waitFor();
}

async function openExportDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('radio', { name: 'Model (TensorFlow.js)' }).click();
}

/** That fold alone; the window remembers which were open. */
async function openFold(page: Page, title: string): Promise<void> {
  await foldAll(page);
  const head = page
    .getByRole('button', { name: new RegExp(`^${title}`) })
    .and(page.locator('[aria-expanded]'));
  await head.click();
  await head.evaluate((element) => element.scrollIntoView({ block: 'start' }));
}

async function foldAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Unfold all' }).click();
  await page.getByRole('button', { name: 'Fold all' }).click();
}

function seeMatrix(page: Page): Promise<void> {
  return seeText(page, /^Confusion matrix/);
}

async function seeText(page: Page, text: RegExp): Promise<void> {
  await page.getByText(text).first().waitFor({ timeout: 60_000 });
}

async function scrollTo(page: Page, title: string): Promise<void> {
  const heading = page.getByRole('heading', { name: title }).first();
  await heading.waitFor();
  await heading.evaluate((element) => element.scrollIntoView({ block: 'start' }));
}

async function explore(page: Page, analysis: string): Promise<void> {
  // A list closes when the page scrolls under it.
  await scrollTo(page, 'Explore');
  await page.getByRole('combobox', { name: 'Analysis' }).click();
  await page.getByRole('option', { name: analysis }).first().click();
  await scrollTo(page, 'Explore');
}

async function write(page: Page, prompt: string): Promise<void> {
  await page.getByLabel('Prompt').fill(prompt);
  await page.getByRole('button', { name: 'Write', exact: true }).click();
  await page.getByRole('region', { name: 'Written text' }).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'hidden' });
}

async function openCaption(page: Page): Promise<void> {
  const captions = page.getByRole('region', { name: 'Captions' });
  await captions.getByRole('button').first().click();
  await captions.getByText(/, colour$/).waitFor();
}

async function seePixels(page: Page): Promise<void> {
  await page.getByText(/^Orange pixels raise/).waitFor();
}

function seeSamples(page: Page): Promise<void> {
  return seeText(page, /^1 to \d+ of/);
}

async function showRows(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show rows' }).click();
  await page.getByRole('cell', { name: '2012-01-01' }).waitFor();
  await scrollTo(page, 'Rows');
}

async function newSweep(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New sweep' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start the sweep' }).waitFor();
}

/** With the result that is kept. */
async function showLab(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^\d+, \d{4}-/ }).click();
  await page
    .getByRole('group', { name: /chart$/ })
    .first()
    .waitFor();
}

async function translate(page: Page): Promise<void> {
  await page.getByLabel('A text to translate').fill('forecast');
  await page.getByRole('table', { name: /^Alignment/ }).waitFor();
}
