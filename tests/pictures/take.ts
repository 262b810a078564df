// `npm run screenshots`: every screen with real data, in both themes, into the folder `screenshots`. Build first.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { openEngine } from '../../engine/hosts/engine/open-engine.ts';
import { startServer } from '../workbench/open-in-browser.ts';
import { findChromium, rootSwitches } from '../workbench/programs.ts';
import { fillStudy } from './study.ts';

const OUT = join(import.meta.dirname, '..', '..', 'screenshots');
const SIZE = { width: 1440, height: 900 };

interface Shot {
  readonly name: string;
  readonly hash: string;
  prepare?(page: Page): Promise<void>;
}

/** The numbers of the runs are those of study.ts, in order. */
const SHOTS: readonly Shot[] = [
  { name: 'runs', hash: 'runs' },
  { name: 'run-curves', hash: 'runs/3' },
  { name: 'run-forecast', hash: 'runs/1/forecast', prepare: (page) => pressOften(page, 'ArrowRight', 12) },
  { name: 'run-scores', hash: 'runs/1/scores' },
  { name: 'run-configuration', hash: 'runs/3/configuration' },
  { name: 'run-log', hash: 'runs/1/log' },
  { name: 'compare', hash: 'compare?runs=1,2,5' },
  { name: 'data', hash: 'data' },
  { name: 'dataset', hash: 'data/seattle-weather' },
  { name: 'import', hash: 'data', prepare: openImportPreview },
  { name: 'design', hash: 'design?run=3' },
  { name: 'settings', hash: 'settings', prepare: (page) => page.getByText('tfjs').first().waitFor() },
  { name: 'palette', hash: 'runs', prepare: (page) => page.keyboard.press('Control+k') },
];

async function pressOften(page: Page, key: string, times: number): Promise<void> {
  await page.getByText('origin 1 of').waitFor();
  for (let count = 0; count < times; count++) await page.keyboard.press(key);
}

async function openImportPreview(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByRole('button', { name: /Seattle weather/ }).click();
  await page.getByRole('cell', { name: '2012-01-01' }).waitFor();
}

async function shoot(page: Page, shot: Shot, scheme: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = `#/${hash}`;
  }, shot.hash);
  await page.waitForLoadState('networkidle');
  await shot.prepare?.(page);
  // Charts draw after their data; the last of it has no event of its own.
  await page.waitForTimeout(1_200);
  await page.screenshot({ path: join(OUT, `${shot.name}-${scheme}.png`) });
  await page.keyboard.press('Escape');
}

async function shootAll(browser: Browser, address: string, scheme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({ viewport: SIZE, colorScheme: scheme, deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByText('Engine ready').waitFor();
  for (const shot of SHOTS) await shoot(page, shot, scheme);
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
const folder = mkdtempSync(join(tmpdir(), 'hindcast-shots-'));
const workspacePath = join(folder, 'study.hindcast');
mkdirSync(OUT, { recursive: true });
const server = await startServer(workspacePath);
const browser = await chromium.launch({ executablePath: program.path, args: rootSwitches() });
try {
  await shootWelcome(browser, server.address);
  const engine = await openEngine({ workspacePath, log: () => {} });
  await fillStudy(engine.client);
  for (const scheme of ['light', 'dark'] as const) await shootAll(browser, server.address, scheme);
  await engine.close();
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${2 * (SHOTS.length + 1)} pictures in ${OUT}\n`);
