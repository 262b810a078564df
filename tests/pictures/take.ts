// `npm run screenshots`: every screen with real data, in both themes, into the folder `screenshots`; `-- design compare`: these alone.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { openEngine } from '../../engine/hosts/engine/open-engine.ts';
import { startServer } from '../workbench/open-in-browser.ts';
import { findChromium, rootSwitches } from '../workbench/programs.ts';
import { fillStudy, makeFiles } from './study.ts';

const OUT = join(import.meta.dirname, '..', '..', 'screenshots');
const SIZE = { width: 1440, height: 900 };
const SMALL = { width: 1024, height: 700 };

/** Made before the pictures, in the folder of the workspace. */
const folder = mkdtempSync(join(tmpdir(), 'hindcast-shots-'));
const NEW_DATA = join(folder, 'spring 2015.csv');
const TOO_SHORT = join(folder, 'last week.csv');
const MODEL = join(folder, 'weather model');

interface Shot {
  readonly name: string;
  readonly hash: string;
  /** In the small window too. */
  readonly small?: boolean;
  prepare?(page: Page): Promise<void>;
}

/** The numbers of the runs are those of study.ts, in order. */
const SHOTS: readonly Shot[] = [
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
  { name: 'run-scores', hash: 'runs/1/scores' },
  { name: 'run-configuration', hash: 'runs/3/configuration' },
  { name: 'run-log', hash: 'runs/1/log' },
  { name: 'compare', hash: 'compare?runs=1,2,5' },
  { name: 'data', hash: 'data' },
  { name: 'dataset', hash: 'data/seattle-weather' },
  { name: 'import', hash: 'data', prepare: openImportPreview },
  { name: 'design', hash: 'design?run=3', small: true, prepare: foldAll },
  {
    name: 'design-model',
    hash: 'design?run=4',
    small: true,
    prepare: (page) => openFold(page, 'Model options'),
  },
  { name: 'design-training', hash: 'design?run=4', prepare: (page) => openFold(page, 'Training') },
  { name: 'settings', hash: 'settings', prepare: (page) => page.getByText('tfjs').first().waitFor() },
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

const STILL = /^(Checking|Computing|Loading|Reading)\b.*…$/;

async function shoot(page: Page, shot: Shot, scheme: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = `#/${hash}`;
  }, shot.hash);
  await page.waitForLoadState('networkidle');
  await shot.prepare?.(page);
  // What is still computed says so.
  await page.getByText(STILL).first().waitFor({ state: 'hidden', timeout: 60_000 });
  // Charts draw after their data; the last of it has no event of its own.
  await page.waitForTimeout(1_200);
  await page.screenshot({ path: join(OUT, `${shot.name}-${scheme}.png`) });
  await page.keyboard.press('Escape');
}

interface Series {
  readonly name: string;
  readonly scheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
  readonly shots: readonly Shot[];
}

/** Names given as arguments: these alone. */
const asked = process.argv.slice(2);
const isAsked = ({ name }: { readonly name: string }) => asked.length === 0 || asked.includes(name);

const SERIES: readonly Series[] = [
  { name: 'light', scheme: 'light', viewport: SIZE, shots: SHOTS },
  { name: 'dark', scheme: 'dark', viewport: SIZE, shots: SHOTS },
  { name: 'small', scheme: 'light', viewport: SMALL, shots: SHOTS.filter(({ small }) => small) },
];

async function shootAll(browser: Browser, address: string, series: Series): Promise<void> {
  const { name, scheme, viewport, shots } = series;
  const context = await browser.newContext({ viewport, colorScheme: scheme, deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByText('Engine ready').waitFor();
  for (const shot of shots.filter(isAsked)) await shoot(page, shot, name);
  await context.close();
}

async function shootWelcome(browser: Browser, address: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: SIZE, colorScheme: scheme });
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.screenshot({ path: join(OUT, `welcome-${scheme}.png`) });
    await page.close();
  }
}

const program = findChromium();
if ('missing' in program) throw new Error(program.missing);
const workspacePath = join(folder, 'study.hindcast');
mkdirSync(OUT, { recursive: true });
const server = await startServer(workspacePath);
const browser = await chromium.launch({ executablePath: program.path, args: rootSwitches() });
try {
  if (isAsked({ name: 'welcome' })) await shootWelcome(browser, server.address);
  const engine = await openEngine({ workspacePath, log: () => {} });
  await fillStudy(engine.client);
  await makeFiles(engine.client, { model: MODEL, newData: NEW_DATA, tooShort: TOO_SHORT });
  for (const series of SERIES) await shootAll(browser, server.address, series);
  await engine.close();
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`The pictures are in ${OUT}\n`);
