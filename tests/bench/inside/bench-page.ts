// Play's answer by the resident process against the same answer by the kernels in a page, on one thread each: what the window would
// save if the model were computed in it, and what it would have to load.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { servePage } from '../../workbench/page-of.ts';
import { findChromium, rootSwitches } from '../../workbench/programs.ts';
import { type Answered, answered } from './played.ts';
import { medianOf, p95Among, sayPlain } from './say.ts';

/** In turns, so that what else the machine does falls on both. */
const TURNS = 12;
const REPEATS = 25;
const PAGE = fileURLToPath(new URL('./play.page.ts', import.meta.url));
const NO_HASH = fileURLToPath(new URL('./no-hash.ts', import.meta.url));

export async function benchPage(): Promise<void> {
  const program = findChromium();
  if ('missing' in program) {
    console.log(`inside  kernels in a page: skipped: ${program.missing}`);
    return;
  }
  const served = await servePage(PAGE, { 'node:crypto': NO_HASH });
  const browser = await chromium.launch({ executablePath: program.path, args: rootSwitches() });
  try {
    const page = await browser.newPage();
    await page.goto(served.plain);
    await page.waitForFunction(() => 'answered' in globalThis);
    const inPage = () =>
      page.evaluate(
        (repeats) =>
          (globalThis as unknown as { answered: (count: number) => Promise<Answered> }).answered(repeats),
        REPEATS,
      );
    const found: { readonly process: Answered[]; readonly page: Answered[] } = { process: [], page: [] };
    for (let turn = 0; turn < TURNS; turn++) {
      found.process.push(await answered(REPEATS));
      found.page.push(await inPage());
    }
    sayAnswers('in a process', found.process);
    sayAnswers('in the page', found.page);
    const kilobytes = served.scripts.reduce((sum, text) => sum + gzipSync(text).length, 0) / 1_000;
    sayPlain('code that the page loads for it', kilobytes, 'kB, compressed');
  } finally {
    await browser.close();
    served.close();
  }
}

/** The first turn runs code for the first time. */
function sayAnswers(where: string, [first, ...turns]: readonly Answered[]): void {
  const times = turns.flatMap(({ answerMs }) => answerMs);
  sayPlain(`a moved value answered ${where}, the fastest`, Math.min(...times), 'ms');
  sayPlain(`a moved value answered ${where}, median`, medianOf(times), 'ms');
  sayPlain(`a moved value answered ${where}, 95 % within`, p95Among(times), 'ms');
  sayPlain(`opening the model ${where}, the first time`, first!.openMs, 'ms');
}
