// What axe finds on the page. Its text is put into the page once and stays while only the address behind # changes.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

interface Axe {
  run(context: Document, options: object): Promise<{ readonly violations: readonly Violation[] }>;
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

const ofPlaywright = createRequire(import.meta.resolve('@axe-core/playwright'));
const TEXT = readFileSync(ofPlaywright.resolve('axe-core/axe.min.js'), 'utf8');

/** Tries all rules, or these alone. @returns a sentence for each element that breaks a rule. */
export async function findings(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(TEXT);
  return page.evaluate(async (rules) => {
    const { axe } = window as unknown as { axe: Axe };
    const options = {
      resultTypes: ['violations'],
      ...(rules && { runOnly: { type: 'rule', values: rules } }),
    };
    const { violations } = await axe.run(document, options);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
    );
  }, rules);
}
