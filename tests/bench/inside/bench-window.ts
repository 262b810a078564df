// What the workbench makes of the views in a browser: origins and epochs a second in playback, a dragged value, and the drawing of a
// large heat map.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { openEngine } from '../../../engine/hosts/engine/open-engine.ts';
import { colorTable } from '../../../engine/words/color-tables.ts';
import { heatImage } from '../../../renderer/charts/heat-image.ts';
import { ended, importSample } from '../../browser/pages/seed.ts';
import { startServer } from '../../workbench/open-in-browser.ts';
import { findChromium, rootSwitches } from '../../workbench/programs.ts';
import { benchDrag, watchTraffic } from './bench-drag.ts';
import { p95Of, say, sayAtLeast } from './say.ts';

const LINES = 400;
const PIXELS = 1_200;
const WATCH_MS = 5_000;
const WARM_DRAWINGS = 10;

/** An LSTM of 64 units over 168 steps, trained for some epochs. */
const CONFIGURATION = {
  name: 'played with',
  dataset: { name: 'waves' },
  task: { kind: 'forecast', targets: ['CO2'], lookback: 168, horizon: 24 },
  pipeline: [{ step: 'fill' }, { step: 'standardize' }],
  model: { kind: 'lstm', units: 64 },
  training: { epochs: 12, batchSize: 64, earlyStopping: null },
};

export async function benchWindow(): Promise<void> {
  const program = findChromium();
  if ('missing' in program) {
    console.log(`inside  in a browser: skipped: ${program.missing}`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-bench-inside-'));
  const workspacePath = join(folder, 'inside.hindcast');
  const run = await trainIn(workspacePath);
  const server = await startServer(workspacePath);
  const browser = await chromium.launch({ executablePath: program.path, args: rootSwitches() });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(watchTraffic);
    await page.goto(server.address);
    await page.getByText('Engine ready').waitFor();
    await benchHeatMap(page);
    await benchPlayback(page, run);
    await open(page, run, 'play&what=f', /^forget gate f, heat map/);
    await benchDrag(page);
    await benchEpochs(page, run);
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function trainIn(workspacePath: string): Promise<number> {
  const engine = await openEngine({ workspacePath, log: () => {} });
  try {
    await importSample(engine.client, 'co2-concentration.csv', 'waves');
    const { id } = await engine.client.runs.start({ configuration: CONFIGURATION });
    await ended(engine.client, id);
    return id;
  } finally {
    await engine.close();
  }
}

/** Cells to pixels as the chart does it, in this process on the same JavaScript engine, and the pixels onto a canvas in the page. */
async function benchHeatMap(page: Page): Promise<void> {
  const values = Array.from({ length: LINES }, (_, line) =>
    Float32Array.from({ length: PIXELS }, (_cell, at) => Math.sin(line + at / 40)),
  );
  const cells = Int32Array.from({ length: PIXELS }, (_, pixel) => pixel);
  const table = colorTable('diverging', 'light');
  const draw = () => heatImage(values, cells, { low: -1, high: 1 }, table);
  // As a map that follows a playback is drawn: the code was run before.
  await p95Of(draw, WARM_DRAWINGS);
  const toPixels = await p95Of(draw, 40);
  const onto = await page.evaluate(
    ({ lines, pixels }) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: pixels, height: lines });
      const context = canvas.getContext('2d')!;
      const image = new ImageData(new Uint8ClampedArray(4 * lines * pixels), pixels, lines);
      const times: number[] = [];
      for (let repeat = 0; repeat < 40; repeat++) {
        const startedAt = performance.now();
        context.putImageData(image, 0, 0);
        times.push(performance.now() - startedAt);
      }
      return times.toSorted((a, b) => a - b)[37]!;
    },
    { lines: LINES, pixels: PIXELS },
  );
  say(`heat map of ${LINES * PIXELS} cells, drawn`, toPixels + onto, 8);
}

/** Numbers that the text in the page passes through in some seconds, each the next. */
function countSteps(page: Page, pattern: string): Promise<number> {
  return page.evaluate(
    async ({ source, duration }) => {
      const text = () => Number(new RegExp(source).exec(document.body.textContent)?.[1]);
      const startedAt = performance.now();
      const first = text();
      let last = first;
      let at = startedAt;
      while (performance.now() - startedAt < duration) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const now = text();
        if (now === last) continue;
        last = now;
        at = performance.now();
      }
      return (1_000 * (last - first)) / Math.max(1, at - startedAt);
    },
    { source: pattern, duration: WATCH_MS },
  );
}

async function open(page: Page, run: number, view: string, shown = /^Hidden state h/): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, `#/runs/${run}/inside?view=${view}`);
  await page.getByRole('group', { name: shown }).waitFor();
}

async function benchPlayback(page: Page, run: number): Promise<void> {
  await open(page, run, 'unrolled');
  await page.getByRole('button', { name: 'Play through the origins' }).click();
  const perSecond = await countSteps(page, 'origin (\\d+) of');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  sayAtLeast('playback over origins', perSecond, 10);
}

async function benchEpochs(page: Page, run: number): Promise<void> {
  await open(page, run, 'unrolled');
  await page.getByRole('button', { name: /^Replay its epochs/ }).click();
  await page.getByRole('button', { name: 'Play through the epochs' }).waitFor({ timeout: 300_000 });
  await page.getByRole('button', { name: 'Play through the epochs' }).click();
  const perSecond = await countSteps(page, 'epoch (\\d+)\\s*same weights');
  sayAtLeast('playback over epochs', perSecond, 10);
}
