// `npm run bench -- ui`: first paint of each screen, frame rate while 10,000 runs scroll, frame rate and memory while four runs
// train.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { openEngine } from '../../../engine/hosts/engine/open-engine.ts';
import { openWorkspace } from '../../../engine/store/workspace.ts';
import { importSample, LONG } from '../../browser/pages/seed.ts';
import { startServer } from '../../workbench/open-in-browser.ts';
import { findChromium, rootSwitches } from '../../workbench/programs.ts';
import { readOptions } from '../options.ts';
import { fillWorkspace, RUNS } from '../store/large-workspace.ts';

const PAGES = ['data', 'runs', 'runs/1', 'design', 'compare?runs=1,2', 'settings', 'data/1'];
const WATCH_MS = 6_000;

const USAGE = `usage: npm run bench -- ui

Times the workbench in the browser: first paints, scrolling through 10,000 runs, frames while runs train. It has no options.`;

export async function bench(args: readonly string[]): Promise<void> {
  readOptions(args, {}, USAGE);
  const program = findChromium();
  if ('missing' in program) {
    console.log(`ui  skipped: ${program.missing}`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-bench-ui-'));
  const workspacePath = join(folder, 'large.hindcast');
  const workspace = openWorkspace(workspacePath, { create: true, now: Date.now });
  fillWorkspace(workspace);
  workspace.close();
  const server = await startServer(workspacePath);
  const browser = await chromium.launch({ executablePath: program.path, args: rootSwitches() });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await benchStart(page, server.address);
    for (const path of PAGES) await benchPlace(page, path);
    await benchScroll(page);
    await benchTraining(page, workspacePath);
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const say = (name: string, text: string): void => console.log(`ui  ${name.padEnd(44)} ${text}`);

async function benchStart(page: Page, address: string): Promise<void> {
  const startedAt = performance.now();
  await page.goto(address);
  await page.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(5).waitFor();
  say(`start with ${RUNS} runs`, `${(performance.now() - startedAt).toFixed(0)} ms to the list`);
}

/** From the change of the address to the frame after the heading is there. */
async function benchPlace(page: Page, path: string): Promise<void> {
  const times: number[] = [];
  for (let repeat = 0; repeat < 3; repeat++) {
    await goTo(page, 'nowhere');
    times.push(await goTo(page, path));
  }
  say(`first paint of ${path}`, `${Math.min(...times).toFixed(0)} ms`);
}

function goTo(page: Page, path: string): Promise<number> {
  return page.evaluate(async (hash) => {
    const startedAt = performance.now();
    window.location.hash = `#/${hash}`;
    const wanted =
      hash === 'nowhere' ? () => !document.querySelector('h1') : () => document.querySelector('h1');
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    do await frame();
    while (!wanted() && performance.now() - startedAt < 10_000);
    await frame();
    return performance.now() - startedAt;
  }, path);
}

async function benchScroll(page: Page): Promise<void> {
  await goTo(page, 'runs');
  const grid = page.getByRole('grid', { name: 'Runs' });
  await grid.getByRole('row').nth(5).waitFor();
  const frames = await grid.evaluate(async (element) => {
    const times: number[] = [];
    let last = performance.now();
    // Ten rows a frame: as fast as a hand turns a wheel.
    for (let step = 0; step < 240; step++) {
      element.scrollTop = 320 * step;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      times.push(now - last);
      last = now;
    }
    return times;
  });
  say(`scrolling through ${RUNS} runs`, describeFrames(frames));
}

async function benchTraining(page: Page, workspacePath: string): Promise<void> {
  const engine = await openEngine({ workspacePath, log: () => {} });
  try {
    await importSample(engine.client, 'co2-concentration.csv', 'co2');
    await engine.client.queue.setLimit({ limit: 4 });
    const runs = [];
    for (let seed = 1; seed <= 4; seed++) {
      runs.push(await engine.client.runs.start({ configuration: { ...LONG, seed } }));
    }
    await page.getByText('4 training').first().waitFor();
    say('the list while four runs train', describeFrames(await watchFrames(page)));
    await goTo(page, `runs/${runs[0]?.id}`);
    say('a run while four runs train', describeFrames(await watchFrames(page)));
    say('memory of the page', `${await heapMegabytes(page)} MB of JavaScript`);
    for (const { id } of runs) await engine.client.runs.stop({ run: id });
  } finally {
    await engine.close();
  }
}

function watchFrames(page: Page): Promise<number[]> {
  return page.evaluate(async (duration) => {
    const times: number[] = [];
    const startedAt = performance.now();
    let last = startedAt;
    while (last - startedAt < duration) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      times.push(now - last);
      last = now;
    }
    return times;
  }, WATCH_MS);
}

async function heapMegabytes(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return (usedSize / 1e6).toFixed(0);
}

function describeFrames(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (fraction: number) => (sorted[Math.floor((sorted.length - 1) * fraction)] ?? 0).toFixed(1);
  const late = times.filter((time) => time > 50).length;
  return `median ${at(0.5)} ms, 95 % ${at(0.95)} ms, worst ${at(1)} ms; ${late} of ${times.length} frames over 50 ms`;
}
