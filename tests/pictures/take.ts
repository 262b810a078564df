// `npm run screenshots`: every screen with real data, in both themes, into the folder `screenshots`; `-- design compare`: these alone.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { openEngine } from '../../engine/hosts/engine/open-engine.ts';
import { startServer } from '../workbench/open-in-browser.ts';
import { findChromium, rootSwitches } from '../workbench/programs.ts';
import { folder, MODEL, NEW_DATA, SHOTS, type Shot, TOO_SHORT } from './shots.ts';
import { fillStudy, makeFiles } from './study.ts';

const OUT = join(import.meta.dirname, '..', '..', 'screenshots');
const SIZE = { width: 1440, height: 900 };
const SMALL = { width: 1024, height: 700 };

const tell = (what: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)}  ${what}\n`);

const STILL = /^\p{Lu}.* …$/u;

async function shoot(page: Page, shot: Shot, scheme: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = `#/${hash}`;
  }, shot.hash);
  await page.waitForLoadState('networkidle');
  await shot.prepare?.(page);
  // What is still computed says so, though not at once; charts draw after their data, and the last of it has no event of its own.
  for (let look = 0; look < 2; look++) {
    await page.waitForTimeout(600);
    await page
      .getByText(STILL)
      .filter({ visible: true })
      .first()
      .waitFor({ state: 'hidden', timeout: 60_000 });
  }
  await page.waitForTimeout(600);
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
  page.setDefaultTimeout(120_000);
  for (const shot of shots.filter(isAsked)) {
    try {
      await shoot(page, shot, name);
    } catch (cause) {
      // The other screens are still worth a look.
      process.exitCode = 1;
      process.stderr.write(`${shot.name}-${name} failed: ${String(cause).split('\n')[0]}\n`);
      await page.goto('about:blank');
      await page.goto(address);
    }
  }
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
  await fillStudy(engine.client, folder, tell);
  await makeFiles(engine.client, { model: MODEL, newData: NEW_DATA, tooShort: TOO_SHORT });
  for (const series of SERIES) {
    tell(`Taking the pictures: ${series.name}`);
    await shootAll(browser, server.address, series);
  }
  await engine.close();
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`The pictures are in ${OUT}\n`);
