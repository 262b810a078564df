// Whether a screen fits into its window.
import type { Locator, Page } from '@playwright/test';

/** The main content of the screen is never cut; the panels beside it may be. */
export function titleFits(page: Page): Promise<boolean> {
  return page
    .getByRole('heading', { level: 1 })
    .evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth);
}

/** Buttons whose words are cut off without an ellipsis. */
export function cutButtons(page: Page): Promise<string[]> {
  return page.getByRole('button').evaluateAll((buttons) =>
    buttons.flatMap((button) =>
      [...button.querySelectorAll('span')]
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
        .filter((words) => getComputedStyle(words).textOverflow !== 'ellipsis')
        .map(({ textContent }) => textContent ?? ''),
    ),
  );
}

/** Texts that end in an ellipsis. */
export function shortened(within: Locator): Promise<string[]> {
  return within.evaluate((element) =>
    [...element.querySelectorAll<HTMLElement>('*')]
      .filter((one) => getComputedStyle(one).textOverflow === 'ellipsis' && one.scrollWidth > one.clientWidth)
      .map(({ textContent }) => textContent ?? ''),
  );
}

/** What scrolls sideways, and what hides the end of something without saying so by an ellipsis. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
      const { overflowX, textOverflow, clipPath } = getComputedStyle(element);
      if (overflowX === 'visible' || textOverflow === 'ellipsis' || clipPath !== 'none') return [];
      const over = element.scrollWidth - element.clientWidth;
      // The knob of a switch stands out by its border; what is drawn in a chart ends with it on purpose.
      if (over <= 2 || element.clientWidth === 0) return [];
      if (element.matches('input, textarea') || element.closest('figure')) return [];
      const name = element.getAttribute('aria-label') ?? element.className;
      return [`${element.tagName} ${name} is ${over} px too wide: ${element.textContent?.slice(0, 60)}`];
    }),
  );
}
