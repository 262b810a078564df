// The golden hashes of golden-weights.test.ts again inside Chromium: with threads where the page is isolated, on one thread in
// plain memory where it is not, and with vectors joined by the browser's V8, which is newer than Node's (a V8 without that flag
// ignores it and runs the 256-bit tiles in 128 bits). Skipped where there is no Chromium (CHROMIUM_PATH names one).
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedPage, servePage } from '../workbench/page-of.ts';

const candidates = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'];
const executablePath = candidates.find((path) => path && existsSync(path));

interface Trained {
  readonly weights: Readonly<Record<string, string>>;
  readonly threads: number;
  readonly sharedMemory: boolean;
}

interface TrainingPage {
  train(threads: number, wideVectors: boolean): Promise<Trained>;
}

describe.skipIf(!executablePath)('trained weights in Chromium', () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage(fileURLToPath(new URL('./golden-weights.page.ts', import.meta.url)));
  });
  afterAll(() => served?.close());

  it.each([
    { path: 'isolated', threads: 1, wide: false, expected: { threads: 1, sharedMemory: true } },
    { path: 'isolated', threads: 2, wide: false, expected: { threads: 2, sharedMemory: true } },
    { path: 'isolated', threads: 2, wide: true, expected: { threads: 2, sharedMemory: true } },
    { path: 'plain', threads: 2, wide: false, expected: { threads: 1, sharedMemory: false } },
  ] as const)(
    'have the golden hashes: $path, $threads threads asked for, joined vectors $wide',
    async (what) => {
      const { path, threads, wide, expected } = what;
      const flags = wide ? ['--js-flags=--wasm-revectorize --no-liftoff'] : [];
      const args = process.getuid?.() === 0 ? [...flags, '--no-sandbox'] : flags;
      await using browser = await chromium.launch({ executablePath: executablePath!, args, timeout: 0 });
      const page = await browser.newPage();
      // The limit of the test itself is enough.
      page.setDefaultTimeout(0);
      await page.goto(served[path]);
      await page.waitForFunction(() => 'train' in globalThis);
      const trained = await page.evaluate(
        ([count, wideVectors]) => (globalThis as unknown as TrainingPage).train(count, wideVectors),
        [threads, wide] as const,
      );
      expect(trained).toMatchObject(expected);
      const hashes = Object.entries(trained.weights).map(([cell, text]) => [
        cell,
        createHash('sha256').update(Buffer.from(text, 'base64')).digest('hex'),
      ]);
      const golden = readFileSync(new URL('../golden/ops/weights.json', import.meta.url), 'utf8');
      expect(Object.fromEntries(hashes)).toEqual(JSON.parse(golden));
    },
  );
});
