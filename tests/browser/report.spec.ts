// The exported report as a browser draws and prints it: it loads nothing, fits the width of A4, and no page break cuts a chart or
// a row.
import type { Browser, Page } from '@playwright/test';
import { exportReport } from '../../engine/export/report/report.ts';
import { made } from '../export/made-run.ts';
import { expect, test } from '../workbench/fixture.ts';

/** A4 less the report's margins, in CSS pixels. */
const TEXT_WIDTH = Math.floor((210 - 2 * 15) * (96 / 25.4));
const TEXT_HEIGHT = Math.floor((297 - 16 - 18) * (96 / 25.4));

let browser: Browser;
test.beforeEach(async ({ oneBrowser }) => {
  browser = await oneBrowser();
});
test.afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
});

async function openReport(width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: TEXT_HEIGHT }, colorScheme: 'dark' });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => asked.push(message.text()));
  const name = 'A name that says what was tried and why, at some length, with_a_word_that_has_no_end_'.padEnd(
    160,
    'x',
  );
  await page.setContent(await exportReport(made({ name })).content.text());
  expect(asked, 'requests and messages').toEqual([]);
  return page;
}

/** What sticks out of the page's width. */
const overflowing = (page: Page, width: number) =>
  page.evaluate(
    (limit) =>
      [...document.querySelectorAll('body *')]
        .filter((element) => element.getBoundingClientRect().right > limit + 0.5)
        .map((element) => `${element.tagName}: ${element.textContent?.slice(0, 40)}`),
    width,
  );

test('prints on A4: nothing sticks out, short words stay whole, light paper', async () => {
  const page = await openReport(TEXT_WIDTH);
  await page.emulateMedia({ media: 'print' });
  expect(await overflowing(page, TEXT_WIDTH)).toEqual([]);
  const squeezed = await page.evaluate(() =>
    [...document.querySelectorAll('td, th')]
      .filter(({ textContent }) => (textContent?.length ?? 0) < 25)
      .filter((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom / 8))).size > 1;
      })
      .map(({ textContent }) => textContent),
  );
  expect(squeezed).toEqual([]);
  const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(paper).toBe('rgb(255, 255, 255)');
});

test('no chart, score table or row may be cut by a page, and each fits on one', async () => {
  const page = await openReport(TEXT_WIDTH);
  await page.emulateMedia({ media: 'print' });
  const blocks = await page.evaluate(() =>
    [...document.querySelectorAll('figure, .whole, tr')].map((element) => ({
      what: element.tagName + element.className,
      breaks: getComputedStyle(element).breakInside,
      height: element.getBoundingClientRect().height,
    })),
  );
  expect(blocks.length).toBeGreaterThan(40);
  expect(blocks.filter(({ breaks }) => breaks !== 'avoid')).toEqual([]);
  expect(blocks.filter(({ height }) => height > TEXT_HEIGHT)).toEqual([]);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const sizes = [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
  expect(sizes.length).toBeGreaterThan(2);
  for (const [, width, height] of sizes) {
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
  }
});

test('reads on a narrow screen', async () => {
  const page = await openReport(480);
  expect(await overflowing(page, 480)).toEqual([]);
});
