// Runs once before all tests of the workbench and finds the programs they need. If one is missing, its tests are skipped with the
// reason, or fail if HINDCAST_UI_REQUIRED is set.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FullConfig } from '@playwright/test';
import { type Found, findChromium, findDisplay, findElectron } from './programs.ts';

export default async function setup(config: FullConfig): Promise<() => void> {
  const root = join(import.meta.dirname, '..', '..');
  if (!existsSync(join(root, 'out', 'renderer', 'browser.html'))) {
    throw new Error('The workbench is not built; run `npm run build`.');
  }
  const wanted = new Set(config.projects.map(({ name }) => name));
  // Workers inherit the environment.
  if (wanted.has('browser')) hand('BROWSER', findChromium());
  const display = wanted.has('desktop') ? await findDisplay() : null;
  if (display) {
    hand('DESKTOP', 'missing' in display ? display : findElectron());
    if (!('missing' in display) && display.name) process.env.DISPLAY = display.name;
  }
  return () => {
    if (display && !('missing' in display)) display.end();
  };
}

function hand(shell: 'BROWSER' | 'DESKTOP', found: Found): void {
  if ('path' in found) process.env[`HINDCAST_TEST_${shell}`] = found.path;
  else process.env[`HINDCAST_TEST_${shell}_MISSING`] = found.missing;
}
